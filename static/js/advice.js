/**
 * Asks now and then what is to be thought of in the form, and shows it above the buttons. The same stands in the
 * preview; nothing waits for it.
 */

import { fieldsOf } from "./form_fields.js";
import { idle } from "./unfelt_work.js";

const SECOND = 1000;
const AFTER_TYPING = 3 * SECOND;
const AT_MOST_EVERY = 10 * SECOND;

const form = document.querySelector("form[data-edit]");
const panel = form?.querySelector("[data-advice]");
const said = form?.querySelector("[data-advice-status]");

let changes = 1; // counted; what the form comes with is one
let asked = 0; // so many of them were in the form when the server was asked
let askedAt = -Infinity;
let isAsking = false;
let isPressed = false; // a pointer: what it is about to click must not move
let shown = ""; // how many, in words
let timer;

/** Begin. */
function start() {
  form.addEventListener("input", noteChange);
  form.querySelector(".edit-form__save").addEventListener("focusin", askNow);
  form.addEventListener("formdata", ({ formData }) => formData.set("advised", "1"));
  document.addEventListener("pointerdown", () => { isPressed = true; }, true);
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => { isPressed = false; }, true);
  }
  document.addEventListener("click", lead);
}

function noteChange() {
  changes += 1;
  askIn(AFTER_TYPING);
}

function askNow() {
  if (asked < changes) askIn(0);
}

/** Ask after so many milliseconds, and not too soon after the last time. */
function askIn(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(ask, Math.max(milliseconds, askedAt + AT_MOST_EVERY - performance.now()));
}

async function ask() {
  if (isAsking) {
    askIn(SECOND);
    return;
  }
  isAsking = true;
  await idle();
  const upTo = changes;
  askedAt = performance.now();
  try {
    const answer = await send();
    if (answer !== null) {
      await untilQuiet();
      show(answer);
      asked = upTo;
    }
  } finally {
    isAsking = false;
  }
}

/** The server's answer; null when none came, which is no trouble to anybody. */
async function send() {
  const body = new URLSearchParams(fieldsOf(form));
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  try {
    const answer = await fetch(panel.dataset.advice, { method: "POST", body, headers });
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch {
    return null;
  }
}

/** When nothing is being clicked, and nobody reads the panel by keyboard. */
async function untilQuiet() {
  while (isPressed || panel.contains(document.activeElement)) {
    await new Promise((done) => { setTimeout(done, SECOND / 4); });
  }
}

/** Replace what the panel says; what the writer is at stays where it is on the screen. */
function show(html) {
  const wasFolded = panel.querySelector("details:not([open])");
  const at = keptStill();
  const before = at.getBoundingClientRect().top;
  panel.innerHTML = html;
  const details = panel.querySelector("details");
  if (wasFolded && details) details.open = false;
  const isInSight = before >= 0 && before <= window.innerHeight;
  if (isInSight) window.scrollBy({ top: at.getBoundingClientRect().top - before, behavior: "instant" });
  announce(details?.dataset.adviceSaid ?? "");
}

function keptStill() {
  const buttons = form.querySelector(".edit-form__save .actions");
  const isWriting = form.contains(document.activeElement) && !buttons.matches(":hover");
  return isWriting ? document.activeElement : buttons;
}

function announce(words) {
  if (words === shown) return;
  said.textContent = words || panel.dataset.none;
  shown = words;
}

/** Lead into the field itself. An editor that stands in the place of one leads there by itself. */
function lead(event) {
  const link = event.target.closest?.("[data-advice-field]");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field?.matches("input, textarea") || field.hidden) return;
  event.preventDefault();
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: "nearest" });
}

if (panel) start();

/**
 * Offers what the browser has kept and the server does not have, above the form that it belongs to:
 * templates/wiki/_autosave.html has the words.
 */

import { isOfThisForm } from "./autosave.js";
import { sendDraft } from "./draft_sending.js";
import { copiesOf, forget, putBack } from "./kept.js";

const form = document.querySelector("form[data-edit]");
const NOT_RESTORED = new Set(["tab", "seq"]); // of the window that is gone

/** Offer all that is there for this form; what was on its way when its window was left may have arrived. */
export async function offerKept() {
  const { user } = form.dataset;
  for (const copy of copiesOf(user)) {
    if (isOfThisForm(copy)) continue; // it stands in the form
    const answer = copy.isSending ? await sendDraft(copy.path, copy.fields, user) : { kind: "failed" };
    if (answer.kind === "saved" || answer.kind === "sent") forget(copy.key);
    if (copy.path !== location.pathname || answer.kind === "sent") continue;
    if (answer.kind === "saved") offerDraft(copy, String(answer.draft));
    else offer(copy);
  }
}

/** What was on its way is a draft by now; unless the screen says so already, it is offered. */
function offerDraft(copy, draft) {
  const isShown = form.elements.draft.value === draft || document.querySelector(`a[href$="utkast=${draft}"]`);
  if (isShown) return;
  const section = show("draft", copy);
  section.querySelector("[data-open]").href = `${location.pathname}?utkast=${draft}`;
}

function offer(copy) {
  const section = show("kept", copy);
  const deeds = {
    restore: () => post(copy, "show"),
    download: () => post(copy, "download"),
    remove: () => {
      forget(copy.key);
      change(section, true);
    },
    undo: () => {
      putBack(copy);
      change(section, false);
    },
  };
  section.addEventListener("click", (event) => {
    const button = event.target.closest("[data-deed]");
    if (button) deeds[button.dataset.deed]();
  });
}

function show(kind, copy) {
  const model = document.querySelector(`template[data-offer="${kind}"]`);
  const section = model.content.firstElementChild.cloneNode(true);
  for (const at of section.querySelectorAll("[data-at]")) at.textContent = clock(copy.at);
  for (const title of section.querySelectorAll("[data-title]")) title.textContent = copy.title;
  form.before(section);
  return section;
}

/** Show that it is gone, with the way back; or that it is there again. The focus stays here. */
function change(section, isGone) {
  section.querySelector("[data-there]").hidden = isGone;
  section.querySelector("[data-gone]").hidden = !isGone;
  section.querySelector(isGone ? "[data-deed='undo']" : "[data-deed='remove']").focus();
}

/** 14.32, or with its day when that is not today. */
function clock(milliseconds) {
  const time = new Date(milliseconds);
  const hours = `${time.getHours()}.${String(time.getMinutes()).padStart(2, "0")}`.padStart(5, "0");
  if (time.toDateString() === new Date().toDateString()) return hours;
  return `${time.toLocaleDateString("sv", { day: "numeric", month: "long" })} ${hours}`;
}

/** Send a copy to the form's own address, which draws the form with it, or makes a file of it. */
function post(copy, deed) {
  const sending = document.createElement("form");
  sending.method = "post";
  sending.action = location.pathname;
  sending.hidden = true;
  const token = form.elements.csrfmiddlewaretoken.value;
  const fields = copy.fields.filter(([name]) => !NOT_RESTORED.has(name));
  for (const [name, value] of [...fields, ["csrfmiddlewaretoken", token], ["do", deed]]) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    sending.append(field);
  }
  document.body.append(sending);
  sending.submit();
  sending.remove();
}

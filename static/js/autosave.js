/**
 * Saves the form of a page as a draft while somebody writes; what the server cannot take is kept in the browser.
 * Without this there is the button "Spara utkast".
 */

import { whenAsked } from "./asking_windows.js";
import { sendDraft, sendOnLeaving } from "./draft_sending.js";
import { showForked, showStatus } from "./draft_status.js";
import { fieldsOf } from "./form_fields.js";
import { beginWindow, isReloaded, noteDraft, randomId, standsInForm } from "./form_window.js";
import { copiesOf, forget, keep, keyOf } from "./kept.js";
import { idle, measured } from "./unfelt_work.js";

const SECOND = 1000;
const AFTER_TYPING = 2 * SECOND;
const AT_LEAST_EVERY = 10 * SECOND;
const FIRST_RETRY = 2 * SECOND;
const LAST_RETRY = 30 * SECOND;
const KEEP_AFTER = SECOND / 2;
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "do"]);

const form = document.querySelector("form[data-edit]");
const hidden = form?.elements;

let changes = 0; // what has been typed, counted
let saved = 0; // so many of the changes are on the server
let sending = null; // so many are on their way; null: none
let typedAt = 0; // when the first of those that are not saved was typed
let handedIn = -1; // so many were in the form when one of its buttons sent it
let isLeaving = false; // one has just done so
let trouble = ""; // of what kind, when the last saving failed
let reason = ""; // why, in the server's words
let canKeep = true; // the browser has taken the last copy
let lastSaved = null; // the server's last answer
let retryIn = FIRST_RETRY;
let newest = null; // the version that is newer than the text's
let passed = Number(form?.dataset.told); // the newest version that the writer has been told of
let handedBack = []; // keys of copies that hold what this form has come with
let underWay; // the saving that was begun last
let saveTimer;
let keepTimer;

/** Begin. What the form has brought with it from a failed sending counts as typed. */
export function startAutosave() {
  beginWindow();
  handedBack = copiesOf(form.dataset.user).filter(standsInForm).map((copy) => copy.key);
  if (form.hasAttribute("data-changed") && !isReloaded) noteChange();
  form.addEventListener("input", noteChange);
  form.addEventListener("submit", handIn);
  document.addEventListener("newer-version", (event) => noteVersion(event.detail));
  document.querySelector("[data-continue]").addEventListener("click", goOn);
  document.addEventListener("visibilitychange", lookUp);
  window.addEventListener("focus", tryAgain);
  window.addEventListener("online", tryAgain);
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", comeBack);
  whenAsked(form.dataset.user, saveAll);
}

/** Whether all that was typed is on the server, or just being sent there. */
export function isSafe() {
  return isAllSaved() || sending === changes;
}

function isAllSaved() {
  return saved === changes;
}

function isPaused() {
  return newest !== null && newest.number > passed;
}

/** Called at every key: it counts, and sets a clock. */
function noteChange() {
  if (isAllSaved()) typedAt = Date.now();
  changes += 1;
  isLeaving = false; // somebody who still types has not left: the sending failed
  if (trouble || isPaused()) keepSoon();
  else saveSoon();
  if (changes === 1) report();
}

/** Show how things stand. */
function report() {
  if (trouble) showStatus(trouble, { error: reason, isKept: canKeep });
  else if (isPaused() && changes) showStatus("paused", { ...newest, isKept: canKeep });
  else if (lastSaved) showStatus("saved", lastSaved);
  else showStatus("");
}

/** Save when the writer rests, and now and then when not. */
function saveSoon() {
  if (sending !== null) return; // its answer leads here again
  saveIn(Math.max(0, Math.min(AFTER_TYPING, typedAt + AT_LEAST_EVERY - Date.now())));
}

function saveIn(milliseconds) {
  clearTimeout(saveTimer);
  saveTimer = setTimeout(save, milliseconds);
}

/** Save, one at a time: when the browser has nothing better to do, or at once when the window may go. */
function save(how) {
  clearTimeout(saveTimer);
  if (sending === null) underWay = saveOnce(how);
  return underWay;
}

async function saveOnce({ isUrgent = false } = {}) {
  if (isAllSaved() || isLeaving) return;
  sending = saved;
  if (!isUrgent) await idle();
  if (isLeaving) {
    sending = null;
    return;
  }
  const upTo = changes;
  sending = upTo;
  const isDoubtful = trouble === "signed-out" || trouble === "other-user";
  const { user } = form.dataset;
  const answer = await measured("send", () => sendDraft(form.action, fieldsNow(), user, { isDoubtful }));
  sending = null;
  measured("receive", () => receive(answer, upTo));
}

/**
 * What stands in the form, under a number of its own: to the server, what comes late replaces nothing newer.
 * What was handed in keeps the number that it was handed in under, by which the server knows it again.
 */
function fieldsNow() {
  if (changes !== handedIn) hidden.seq.value = Number(hidden.seq.value) + 1;
  return fieldsOf(form).filter(([name]) => !NOT_KEPT.has(name));
}

function receive(answer, upTo) {
  if (answer.kind === "saved") takeSaved(answer, upTo);
  else if (answer.kind === "sent") takeSent(answer, upTo);
  else takeTrouble(answer);
}

function takeSaved(answer, upTo) {
  endTrouble();
  saved = upTo;
  typedAt = Date.now();
  hidden.draft.value = answer.draft;
  hidden.counter.value = answer.counter;
  lastSaved = answer;
  noteDraft(answer.draft);
  forgetCopies();
  if (answer.is_forked) showForked();
  if (answer.newest) noteVersion(answer.newest);
  report();
  if (isAllSaved()) return;
  if (isPaused()) keepSoon();
  else saveSoon();
}

/** It was published, or proposed, from this window. What is typed afterwards becomes a draft of its own. */
function takeSent(answer, upTo) {
  endTrouble();
  saved = upTo;
  typedAt = Date.now();
  lastSaved = null;
  forgetCopies();
  showStatus("sent", answer);
  if (!isAllSaved()) saveSoon();
}

function takeTrouble({ kind, error }) {
  trouble = kind;
  reason = error;
  keepNow();
  report();
  saveIn(retryIn);
  retryIn = Math.min(2 * retryIn, LAST_RETRY);
}

function endTrouble() {
  trouble = "";
  retryIn = FIRST_RETRY;
}

/** Somebody is about to sign out: save all, also in a pause, and leave a copy of what does not arrive. */
async function saveAll() {
  if (isAllSaved() || isLeaving) return;
  keepNow({ isSending: !trouble });
  await underWay;
  await save({ isUrgent: true });
}

/** There may be a reason to hope. */
function tryAgain() {
  if (trouble) save();
}

/** The page has a newer version: the writer shall know of it before going on. */
function noteVersion(version) {
  if (version.number <= Math.max(passed, newest?.number ?? 0)) return;
  newest = version;
  if (changes === 0 || trouble) return;
  clearTimeout(saveTimer);
  keepSoon();
  report();
}

/** The writer knows, and goes on. */
function goOn() {
  passed = newest.number;
  report();
  save();
}

/** Keep a copy in the browser soon: not at every key, for that would be felt. */
function keepSoon() {
  keepTimer ??= setTimeout(async () => {
    await idle();
    keepNow();
    report();
  }, KEEP_AFTER);
}

function keepNow({ isSending = false, fields = fieldsNow() } = {}) {
  clearTimeout(keepTimer);
  keepTimer = undefined;
  if (isAllSaved()) return;
  canKeep = measured("keep", () => keep(key(), { fields, title: hidden.title.value, isSending }));
}

function key() {
  return keyOf(form.dataset.user, location.pathname, hidden.tab.value);
}

function forgetCopies() {
  clearTimeout(keepTimer);
  keepTimer = undefined;
  for (const each of [key(), ...handedBack]) forget(each);
  handedBack = [];
}

/** One of the form's buttons sends it. Should that fail, the copy is there. */
function handIn(event) {
  if (event.defaultPrevented || event.submitter?.value === "download") return;
  clearTimeout(saveTimer);
  isLeaving = true;
  handedIn = -1;
  const fields = fieldsNow();
  handedIn = changes;
  keepNow({ isSending: true, fields });
  // Whoever is still here then has stopped it.
  saveTimer = setTimeout(stay, LAST_RETRY);
}

function stay() {
  isLeaving = false;
  save();
}

/** The window is put aside: it may never come back. */
function lookUp() {
  if (!document.hidden) {
    tryAgain();
  } else if (!isAllSaved() && !isLeaving) {
    keepNow({ isSending: !trouble });
    save({ isUrgent: true });
  }
}

function leave() {
  if (isAllSaved() || isLeaving) return;
  const fields = fieldsNow();
  keepNow({ isSending: !trouble, fields });
  sendOnLeaving(form.action, fields);
}

/** The browser had put the window away, and has brought it back as it was. */
function comeBack(event) {
  if (!event.persisted) return;
  isLeaving = false;
  // Only in the old window's name does the server say whether what was handed in has arrived.
  if (isAllSaved()) hidden.tab.value = randomId();
  else save();
}

/**
 * Others may use this browser after somebody has signed out: what it has kept of theirs goes to the server first,
 * and then from here. What the server does not take is told of before anything happens.
 */

import { sendDraft } from "./draft_sending.js";
import { copiesOf, forget } from "./kept.js";

const forms = [...document.querySelectorAll("form[data-sign-out]")];
const notice = document.querySelector("[data-left]");

let isBusy = false;

/** Send what there is; gives what is left. */
async function sendAll(user) {
  await Promise.all(copiesOf(user).map(async (copy) => {
    const { kind } = await sendDraft(copy.path, copy.fields, user);
    if (kind === "saved" || kind === "sent") forget(copy.key);
  }));
  return copiesOf(user);
}

async function signOut(event) {
  const form = event.currentTarget;
  if (event.submitter?.hasAttribute("data-leave-it")) return;
  if (!isBusy && !copiesOf(form.dataset.signOut).length) return;
  event.preventDefault();
  if (isBusy) return;
  isBusy = true;
  const left = await sendAll(form.dataset.signOut);
  isBusy = false;
  if (!left.length) form.submit();
  else if (notice) tell(left);
  else location.assign(form.action); // the page that asks: it tells
}

/** Say what is left, and let the person choose. */
function tell(copies) {
  const list = notice.querySelector("ul");
  list.replaceChildren(...copies.map((copy) => {
    const row = document.createElement("li");
    const link = document.createElement("a");
    link.href = copy.path;
    link.textContent = copy.title || copy.path;
    row.append(link);
    return row;
  }));
  for (const part of document.querySelectorAll("[data-when-left]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-when-none]")) part.hidden = true;
  notice.focus();
}

for (const form of forms) form.addEventListener("submit", signOut);

if (notice) {
  const left = await sendAll(forms[0].dataset.signOut);
  if (left.length) tell(left);
}

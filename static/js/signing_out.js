/**
 * Others may use this browser after somebody has signed out: what is typed in its windows, and what it has kept,
 * goes to the server first, and then from here. What the server does not take is told of before anything happens.
 */

import { askAll } from "./asking_windows.js";
import { copiesOf } from "./kept.js";
import { listCopies } from "./kept_list.js";
import { sendCopies } from "./kept_sending.js";

const forms = [...document.querySelectorAll("form[data-sign-out]")];
const notice = document.querySelector("[data-left]");

let isBusy = false;

/** Send what there is; gives what is left. */
async function sendAll(user) {
  await askAll(user);
  await sendCopies(copiesOf(user), user);
  return copiesOf(user);
}

async function signOut(event) {
  const form = event.currentTarget;
  if (event.submitter?.hasAttribute("data-leave-it")) return;
  event.preventDefault();
  if (isBusy) return;
  isBusy = true;
  const left = await sendAll(form.dataset.signOut);
  isBusy = false;
  if (!left.length) form.submit();
  else if (notice) tell(left, form.dataset.signOut);
  else location.assign(form.action); // the page that asks: it tells
}

/** Say what is left, and let the person choose. */
function tell(copies, user) {
  const choose = () => {
    const isLeft = copiesOf(user).length > 0;
    for (const part of document.querySelectorAll("[data-when-left]")) part.hidden = !isLeft;
    for (const part of document.querySelectorAll("[data-when-none]")) part.hidden = isLeft;
  };
  listCopies(notice, copies, choose);
  choose();
  notice.focus();
}

for (const form of forms) form.addEventListener("submit", signOut);

if (notice) {
  const user = forms[0].dataset.signOut;
  const left = await sendAll(user);
  if (left.length) tell(left, user);
}

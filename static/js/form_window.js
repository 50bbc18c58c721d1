/**
 * Which window the form of a page stands in, and how it has come there. The server knows a window by its tab,
 * and a form by its once.
 */

import { copiesOf, valueOf } from "./kept.js";

const form = document.querySelector("form[data-edit]");
const how = performance.getEntriesByType("navigation")[0]?.type;

/** Whether the form was sent and then loaded again: what was typed on it since lies elsewhere. */
export const isReloaded = how === "reload" && Boolean(form?.hasAttribute("data-changed"))
  && Boolean(history.state?.draft || copiesOf(form.dataset.user).some(isOfThisForm));

/**
 * To the server, a form that comes back with its mistakes stands in the window that it was sent from. One that
 * the browser had put away, or has doubled, stands in another.
 */
export function beginWindow() {
  form.elements.tab.value = (how === "navigate" && form.dataset.tab) || randomId();
  // On going back, browsers put old text on what is now the newest base: that would undo what others have
  // published. The draft, or the browser's copy, is offered instead.
  form.autocomplete = "off";
}

/** By chance, also where crypto.randomUUID is missing: on plain http. */
export function randomId() {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("-");
}

/** Remember the draft of the form beyond loading it again. */
export function noteDraft(draft) {
  history.replaceState({ ...history.state, draft }, "");
}

/** Whether a copy holds what this very form was sent with, and has come back with. */
export function standsInForm(copy) {
  return !isReloaded && isOfThisForm(copy);
}

function isOfThisForm(copy) {
  const { once } = form.elements;
  return once.value !== "" && valueOf(copy, "once") === once.value;
}

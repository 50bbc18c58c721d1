/** What the form of a tag can do more with a script, wherever it is shown. */

import { searchFactors } from "./factor_picker.js";

/** Ask before a tab with unsent words is closed. */
function warnBeforeLoss(form) {
  let isChanged = form.querySelector(".error-summary") !== null;
  form.addEventListener("input", () => { isChanged = true; });
  form.addEventListener("submit", () => { isChanged = false; });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged && form.isConnected) event.preventDefault();
  });
}

export function enhance(root) {
  searchFactors(root);
  root.querySelectorAll("form").forEach(warnBeforeLoss);
}

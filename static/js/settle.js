/**
 * Choosing between two texts: writing own words chooses them, and what is left to choose is counted.
 * Everything here is a help: without it the form works by its fields and buttons alone.
 */

const root = document.querySelector("[data-settle]");
const status = document.querySelector("[data-left-status]");
const setAside = new Map();

/** What the field for own words began with. */
function offered(field) {
  return field.dataset.offered ?? field.defaultValue;
}

/** Somebody who chooses another text has no use for their own words; they come back if they are chosen again. */
function chooseAnother(radio) {
  const field = radio.closest("[data-change]")?.querySelector("[data-own]");
  if (!field) return;
  if (radio.value === "own") {
    if (setAside.has(field)) field.value = setAside.get(field);
    setAside.delete(field);
  } else if (field.value !== offered(field)) {
    setAside.set(field, field.value);
    field.value = offered(field);
  }
}

/** Say how many places are left. */
function countLeft() {
  const groups = [...root.querySelectorAll("fieldset:has([type='radio'])")];
  if (!groups.length) return;
  const left = groups.filter((group) => !group.querySelector("[type='radio']:checked")).length;
  const { leftOne, left: many, noneLeft } = root.dataset;
  const sentence = left === 1 ? leftOne : many.replace("[n]", left);
  const text = left ? sentence : noneLeft;
  if (status.textContent !== text) status.textContent = text;
}

root.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-own]")) return;
  setAside.delete(target);
  target.closest("[data-change]").querySelector("[data-own-choice]").checked = true;
  countLeft();
});
root.addEventListener("change", ({ target }) => {
  if (target.matches("[type='radio']")) chooseAnother(target);
  countLeft();
});
countLeft();

/**
 * Passages on the page: the wish not to see them is remembered, and a passage and its entry in the list point
 * at each other. Without this, as for those who have not signed in, the switch and the links work.
 */

const KEY = "mittkoping.hide-passages";
const text = document.getElementById("sidtext");
const toggle = document.getElementById("visa-avsnitt");

/** What the browser keeps; nothing where that is not allowed. */
function recall() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(isHidden) {
  try {
    if (isHidden) localStorage.setItem(KEY, "1");
    else localStorage.removeItem(KEY);
  } catch {
    // It holds for this page then.
  }
}

/** Mark a passage and its entry while one points at either. */
function point(keys, isPointedAt) {
  for (const key of keys) {
    for (const element of document.querySelectorAll(`[data-passage~="${key}"], [data-entry="${key}"]`)) {
      element.classList.toggle("is-pointed-at", isPointedAt);
    }
  }
}

function pointFrom(event, isPointedAt) {
  const element = event.target.closest?.("[data-passage], [data-entry]");
  if (element) point((element.dataset.passage ?? element.dataset.entry).split(" "), isPointedAt);
}

if (text && toggle) {
  toggle.checked = recall() === null;
  toggle.addEventListener("change", () => remember(!toggle.checked));
  for (const root of [text, document.getElementById("avsnitt")]) {
    root.addEventListener("pointerover", (event) => pointFrom(event, true));
    root.addEventListener("pointerout", (event) => pointFrom(event, false));
    root.addEventListener("focusin", (event) => pointFrom(event, true));
    root.addEventListener("focusout", (event) => pointFrom(event, false));
  }
}

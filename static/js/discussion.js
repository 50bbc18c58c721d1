/**
 * Talk about a page: a passage that is selected leads to its discussion, and a tab with unsent words warns.
 * Everything here is a help: without it one pastes the passage, and the forms work by their buttons.
 */

const MAX_QUOTE = 1000; // characters, as on the server
const LINGER = 300; // milliseconds; a finger that reaches for the link lets go of the selection first

/** Offer to discuss what is selected in the page's text. */
function offerToDiscuss(text, tab) {
  const link = document.createElement("a");
  link.className = "ds-button discuss-passage";
  link.textContent = tab.dataset.discuss;
  link.hidden = true;
  text.after(link);
  let leaving;
  // Pressing a mouse button elsewhere would empty the selection before the click.
  link.addEventListener("mousedown", (event) => event.preventDefault());
  document.addEventListener("selectionchange", () => {
    const passage = selected(text);
    clearTimeout(leaving);
    if (!passage) {
      leaving = setTimeout(() => { link.hidden = true; }, LINGER);
      return;
    }
    link.href = `${tab.getAttribute("href")}?citat=${encodeURIComponent(passage)}#nytt-amne`;
    link.hidden = false;
  });
}

/** What is selected, if all of it stands in the text. */
function selected(text) {
  const selection = document.getSelection();
  const isInside = text.contains(selection.anchorNode) && text.contains(selection.focusNode);
  if (!isInside) return "";
  const characters = [...selection.toString().trim()];
  const isLong = characters.length > MAX_QUOTE;
  return characters.slice(0, MAX_QUOTE).join("") + (isLong ? "…" : "");
}

/** Ask before a tab with unsent words is closed. */
function warnBeforeLoss(form) {
  let isChanged = form.hasAttribute("data-changed");
  form.addEventListener("input", () => { isChanged = true; });
  form.addEventListener("submit", () => { isChanged = false; });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });
}

const text = document.getElementById("sidtext");
const tab = document.querySelector("[data-discuss]");
if (text && tab) offerToDiscuss(text, tab);
document.querySelectorAll("form[data-comment]").forEach(warnBeforeLoss);
document.getElementById("fel")?.focus();

/**
 * Says beside the buttons what has become of the draft: templates/wiki/_autosave.html has the words.
 * Screen readers are told when that changes in kind, not every time that the clock does.
 */

const box = document.querySelector("[data-autosave]");
const said = box?.querySelector("[data-said]");

let shown = "";

/** Show one kind of state, with its facts filled in; "" shows none. */
export function showStatus(kind, facts = {}) {
  for (const state of box.querySelectorAll("[data-kind]")) {
    state.hidden = state.dataset.kind !== kind;
    if (!state.hidden) fill(state, facts);
  }
  if (kind !== shown) said.textContent = spoken(box.querySelector(`[data-kind="${kind}"]`));
  shown = kind;
}

/** Say that another window has a draft of its own; it stays on the screen. */
export function showForked() {
  const note = box.querySelector("[data-forked]");
  if (!note.hidden) return;
  note.hidden = false;
  said.textContent = spoken(note);
}

function fill(state, facts) {
  for (const part of state.querySelectorAll("[data-fill]")) {
    part.textContent = facts[part.dataset.fill] ?? "";
  }
  for (const link of state.querySelectorAll("[data-href]")) link.href = facts[link.dataset.href];
  for (const part of state.querySelectorAll("[data-if]")) part.hidden = !facts[part.dataset.if];
  for (const part of state.querySelectorAll("[data-unless]")) part.hidden = Boolean(facts[part.dataset.unless]);
}

/** What a screen reader is told: what is seen, without the links and buttons, which it meets where they are. */
function spoken(state) {
  const words = [...(state?.querySelectorAll("[data-words]") ?? [])].filter((part) => !part.closest("[hidden]"));
  return words.map((part) => part.textContent.trim()).join(" ");
}

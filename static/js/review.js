/**
 * The review screens: moving between changes by key, and views that change without losing what is chosen.
 * Everything here is a help: without it the screens work by their links and buttons alone.
 */

const form = document.querySelector("form[data-review]");
const status = form.querySelector("[data-status]");
const help = document.getElementById("kortkommandon");
let isChanged = form.hasAttribute("data-changed");

/** Ask before a tab with choices that nobody has sent is closed. */
function warnBeforeLoss() {
  let isLeaving = false;
  const change = () => { isChanged = true; isLeaving = false; };
  form.addEventListener("input", change);
  form.addEventListener("change", change);
  form.addEventListener("submit", () => { isLeaving = true; });
  window.addEventListener("pageshow", () => { isLeaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged && !isLeaving) event.preventDefault();
  });
}

/** Writing own words chooses them; a reason that is chosen is written out, so that it can be changed. */
function chooseByWriting() {
  form.addEventListener("input", (event) => {
    if (!event.target.matches("[data-own]")) return;
    const change = event.target.closest("[data-change]");
    const choice = change.querySelector("[data-own-choice], input[type='checkbox']");
    choice.checked = true;
  });
  form.elements.saved_reason?.addEventListener("change", ({ target }) => {
    if (!target.value) return;
    const reason = form.elements.reason;
    const chosen = target.selectedOptions[0].textContent;
    reason.value = reason.value.trim() ? `${reason.value.trim()}\n\n${chosen}` : chosen;
    target.value = "";
    reason.focus();
  });
}

/** Go to the change so many steps from the one where the focus is; from elsewhere to the first, or the last. */
function step(by) {
  const changes = [...form.querySelectorAll("[data-panel]:not([hidden]) [data-change]")];
  if (!changes.length) return;
  const here = changes.indexOf(document.activeElement.closest("[data-change]"));
  const from = here < 0 && by < 0 ? changes.length : here;
  const change = changes[Math.min(Math.max(from + by, 0), changes.length - 1)];
  (change.querySelector("[data-first]") ?? change).focus();
  change.scrollIntoView({ block: "nearest" });
}

const DEEDS = {
  next: () => step(1),
  previous: () => step(-1),
  accept: () => form.querySelector("[data-accept]")?.focus(),
  reason: () => form.elements.reason?.focus(),
  help: () => help.showModal(),
};
const KEYS = { j: "next", k: "previous", a: "accept", r: "reason", "?": "help" };

/** Single keys count only inside the form, and not where one writes: nobody presses them by mistake. */
function listenToKeys() {
  form.addEventListener("keydown", (event) => {
    const isWriting = event.target.matches("textarea, select, input:not([type='checkbox'], [type='radio'])");
    const deed = DEEDS[KEYS[event.key]];
    if (!deed || isWriting || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    deed();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-go]");
    if (button) DEEDS[button.dataset.go]();
  });
  help.querySelector("[data-close]").addEventListener("click", () => help.close());
  revealShortcuts(form);
}

/** The buttons for what only works here. */
function revealShortcuts(root) {
  for (const shortcuts of root.querySelectorAll("[data-shortcuts]")) shortcuts.hidden = false;
}

/** The panel of a view: the one that is here, or one that is fetched. */
async function panelOf(link) {
  const { view } = link.dataset;
  const here = form.querySelector(`[data-panel="${view}"]`);
  if (here) return here;
  const answer = await fetch(link.href, { headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok) throw new Error(answer.statusText);
  const fetched = new DOMParser().parseFromString(await answer.text(), "text/html");
  const panel = document.importNode(fetched.querySelector(`[data-panel="${view}"]`), true);
  revealShortcuts(panel);
  form.querySelector("[data-panel]").before(panel);
  return panel;
}

/** Show one panel. The one with the choices stays, hidden; of the others there is one at a time. */
function showPanel(panel) {
  for (const each of form.querySelectorAll("[data-panel]")) {
    if (each !== panel && each.dataset.panel !== "andringar") each.remove();
    else each.hidden = each !== panel;
  }
  // A view without the choices has them as hidden fields, until they are here themselves.
  if (panel.dataset.panel === "andringar") form.querySelector("[data-choices]")?.remove();
}

/** Show another view without leaving the form. */
function changeViewsHere() {
  const links = [...document.querySelectorAll("[data-views] [data-view]")];
  for (const link of links) {
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      try {
        showPanel(await panelOf(link));
        for (const each of links) each.removeAttribute("aria-current");
        link.setAttribute("aria-current", "page");
        status.classList.add("ds-sr-only");
        status.textContent = link.textContent;
      } catch {
        status.textContent = form.dataset.failed;
        status.classList.remove("ds-sr-only");
      }
    });
  }
}

warnBeforeLoss();
chooseByWriting();
listenToKeys();
changeViewsHere();

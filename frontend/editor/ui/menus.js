/** A button that opens a menu: after the menu button of the ARIA Authoring Practices. */
import { keysHere } from "./shortcuts.js";

const GAP = 4; // pixels

export class Menu {
  /** look: called for each item before it is shown; pick: takes the deed that is chosen. */
  constructor(button, menu, { look, pick }) {
    Object.assign(this, { button, menu, look, pick });
    this.listening = new AbortController();
    const on = (element, kind, deed) => element.addEventListener(kind, deed, { signal: this.listening.signal });
    on(button, "click", () => this.toggle());
    on(button, "keydown", (event) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      this.open(event.key === "ArrowUp" ? -1 : 0);
    });
    on(menu, "keydown", (event) => this.press(event));
    on(menu, "click", ({ target }) => this.choose(target.closest("[data-do]")));
    on(menu, "focusout", ({ relatedTarget }) => { if (!menu.contains(relatedTarget)) this.close(); });
    on(window, "resize", () => this.close());
    for (const item of menu.querySelectorAll("[data-keys]")) this.addKeys(item);
  }

  addKeys(item) {
    if (item.querySelector("kbd")) return;
    const keys = document.createElement("kbd");
    keys.textContent = keysHere(item.dataset);
    item.append(keys);
  }

  get items() {
    return [...this.menu.querySelectorAll("[data-do]:not([hidden])")];
  }

  get isOpen() {
    return this.menu.matches(":popover-open");
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.open(0);
  }

  open(place) {
    for (const item of this.menu.querySelectorAll("[data-do]")) this.look(item);
    this.menu.showPopover();
    this.button.ariaExpanded = "true";
    const { left, bottom } = this.button.getBoundingClientRect();
    this.menu.style.left = `${Math.max(GAP, Math.min(left, innerWidth - this.menu.offsetWidth - GAP))}px`;
    this.menu.style.top = `${Math.max(GAP, Math.min(bottom + GAP, innerHeight - this.menu.offsetHeight - GAP))}px`;
    const { items } = this;
    const chosen = items.find((item) => item.getAttribute("role") === "menuitemradio" && item.ariaChecked === "true");
    (place === 0 && chosen ? chosen : items.at(place)).focus();
  }

  close() {
    if (!this.isOpen) return;
    this.menu.hidePopover();
    this.button.ariaExpanded = "false";
  }

  press(event) {
    const { items } = this;
    const here = items.indexOf(document.activeElement);
    const steps = { ArrowDown: here + 1, ArrowUp: here - 1 + items.length, Home: 0, End: items.length - 1 };
    const letter = event.key.length === 1 ? event.key.toLowerCase() : "";
    if (event.key in steps) items[steps[event.key] % items.length].focus();
    else if (event.key === "Escape") this.back();
    else if (event.key === "Tab") this.back();
    else if (letter && letter !== " ") this.seek(letter, here);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  seek(letter, here) {
    const { items } = this;
    const after = [...items.slice(here + 1), ...items.slice(0, here + 1)];
    after.find((item) => item.textContent.trim().toLowerCase().startsWith(letter))?.focus();
  }

  back() {
    this.close();
    this.button.focus();
  }

  choose(item) {
    if (!item || item.ariaDisabled === "true") return;
    this.close();
    this.pick(item.dataset.do);
  }

  end() {
    this.close();
    this.listening.abort();
  }
}

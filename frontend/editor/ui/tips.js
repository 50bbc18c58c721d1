/** What a button is called, and its keys: shown below it while the pointer or the focus is on it. */
import { keysHere } from "./shortcuts.js";

const GAP = 6; // pixels
const REST = 350; // milliseconds that a pointer rests
const LINGER = 120; // for a pointer on its way to the words

export class Tips {
  constructor(bar, tip) {
    this.tip = tip;
    this.listening = new AbortController();
    const on = (element, kind, deed) => element.addEventListener(kind, deed, { signal: this.listening.signal });
    on(bar, "pointerover", ({ target, pointerType }) => { if (pointerType !== "touch") this.come(target, REST); });
    on(bar, "pointerout", () => this.leave(LINGER));
    on(tip, "pointerover", () => clearTimeout(this.timer));
    on(tip, "pointerout", () => this.leave(LINGER));
    on(bar, "focusin", ({ target }) => { if (target.matches(":focus-visible")) this.come(target, 0); });
    on(bar, "focusout", () => this.leave(0));
    on(bar, "click", () => this.leave(0));
    on(document, "keydown", ({ key }) => { if (key === "Escape") this.leave(0); });
  }

  come(target, delay) {
    const button = target.closest("[data-do]");
    clearTimeout(this.timer);
    if (button) this.timer = setTimeout(() => this.show(button), delay);
  }

  show(button) {
    this.tip.querySelector("[data-label]").textContent = button.ariaLabel;
    const keys = this.tip.querySelector("[data-keys]");
    keys.textContent = keysHere(button.dataset);
    keys.hidden = !keys.textContent;
    if (!this.tip.matches(":popover-open")) this.tip.showPopover();
    const { left, bottom, width } = button.getBoundingClientRect();
    const middle = left + width / 2 - this.tip.offsetWidth / 2;
    this.tip.style.left = `${Math.max(GAP, Math.min(middle, innerWidth - this.tip.offsetWidth - GAP))}px`;
    this.tip.style.top = `${bottom + GAP}px`;
  }

  leave(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { if (this.tip.matches(":popover-open")) this.tip.hidePopover(); }, delay);
  }

  end() {
    this.leave(0);
    this.listening.abort();
  }
}

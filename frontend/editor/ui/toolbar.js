/**
 * The toolbar: one stop for Tab, arrows go between its buttons, and each says whether it is on.
 */
import { Menu } from "./menus.js";
import { keysHere } from "./shortcuts.js";
import { Tips } from "./tips.js";

export class Toolbar {
  constructor(surface) {
    this.surface = surface;
    this.bar = surface.root.querySelector("[data-bar]");
    this.tools = [...this.bar.querySelectorAll("button")];
    this.current = this.bar.querySelector("[data-current]");
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.menus = this.tools.filter(({ dataset }) => dataset.menu).map((button) => this.menuOf(button));
    this.tips = new Tips(this.bar, surface.shared.querySelector("[data-tip]"));
    this.bar.addEventListener("keydown", (event) => this.press(event), { signal });
    this.bar.addEventListener("focusin", ({ target }) => this.stopAt(target.closest("button")), { signal });
    // The selection in the text stays when a pointer presses a button.
    this.bar.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
    this.bar.addEventListener("click", ({ target }) => this.click(target.closest("[data-do]")), { signal });
    this.nameKeys();
    this.stopAt(this.tools[0]);
    this.refresh();
  }

  menuOf(button) {
    const menu = this.surface.shared.querySelector(`[data-for="${button.dataset.menu}"]`);
    return new Menu(button, menu, {
      look: (item) => this.look(item),
      pick: (deed) => {
        this.surface.focus();
        this.surface.do(deed);
      },
    });
  }

  /** Which of the buttons Tab stops at. */
  stopAt(tool) {
    for (const each of this.tools) each.tabIndex = each === tool ? 0 : -1;
  }

  focus() {
    this.tools.find(({ tabIndex }) => tabIndex === 0).focus();
  }

  press(event) {
    const here = this.tools.indexOf(event.target.closest("button"));
    const { length } = this.tools;
    const steps = { ArrowRight: here + 1, ArrowLeft: here - 1 + length, Home: 0, End: length - 1 };
    if (event.key in steps) this.tools[steps[event.key] % length].focus();
    else if (event.key === "Escape") this.surface.focus();
    else return;
    event.preventDefault();
  }

  click(tool) {
    if (!tool || tool.ariaDisabled === "true") return;
    this.surface.do(tool.dataset.do);
    this.refresh();
  }

  refreshSoon() {
    this.frame ??= requestAnimationFrame(() => this.refresh());
  }

  refresh() {
    cancelAnimationFrame(this.frame);
    this.frame = undefined;
    for (const tool of this.tools) if (tool.dataset.do) this.look(tool);
    this.nameStyle();
  }

  /** Show how things stand for one button, or one item of a menu. */
  look(tool) {
    const deed = this.surface.deeds[tool.dataset.do];
    const isOn = String(Boolean(deed.isOn?.()));
    if (tool.hasAttribute("aria-pressed")) set(tool, "aria-pressed", isOn);
    if (tool.hasAttribute("aria-checked")) set(tool, "aria-checked", isOn);
    set(tool, "aria-disabled", String(Boolean(deed.isOff?.())));
    tool.hidden = Boolean(deed.isHidden?.());
  }

  /** The style of the paragraph is written on the button that changes it. */
  nameStyle() {
    const items = [...this.surface.shared.querySelectorAll("[data-for='style'] [data-do]")];
    const on = items.find(({ dataset }) => this.surface.deeds[dataset.do].isOn()) ?? items[0];
    const { level } = this.surface.editor.getAttributes("heading");
    const nameOf = (item) => item.querySelector("[data-name]").textContent;
    // Levels that the menu does not offer are there in older texts.
    const said = level && on === items[0] ? nameOf(items[1]).replace("2", level) : nameOf(on);
    if (this.current.textContent === said) return;
    this.current.textContent = said;
    const button = this.current.closest("button");
    button.dataset.name ??= button.ariaLabel;
    button.ariaLabel = `${button.dataset.name}: ${said}`;
  }

  /** Keys are called as this machine calls them, here and in the list of them. */
  nameKeys() {
    for (const kbd of this.surface.shared.querySelectorAll("kbd[data-keys]")) {
      if (kbd.dataset.keys) kbd.textContent = keysHere(kbd.dataset);
    }
  }

  close() {
    cancelAnimationFrame(this.frame);
    this.frame = undefined;
    this.listening.abort();
    this.tips.end();
    for (const menu of this.menus) menu.end();
  }
}

function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** The field of a dialog in which one looks for what a link leads to: a combobox with a list box. */
import { Suggestions } from "./suggestions.js";
import { readLink } from "./wiki_links.js";

export class LinkChoice {
  constructor(surface, dialog) {
    this.input = dialog.querySelector("[name='page']");
    const quiet = dialog.querySelector("[data-announce]");
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.ariaExpanded = "false";
    this.suggestions = new Suggestions({
      surface,
      input: this.input,
      list: dialog.querySelector("[data-inside]"),
      tell: (sentence) => { quiet.textContent = sentence; },
      pick: (option) => this.take(option),
    });
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.input.addEventListener("input", () => this.suggestions.look(this.input.value), { signal });
    this.input.addEventListener("blur", () => this.suggestions.close(), { signal });
    this.input.addEventListener("keydown", (event) => {
      if (!this.suggestions.press(event)) return;
      event.preventDefault(); // Escape closes the list, and not yet the dialog; Enter sends nothing
      event.stopPropagation();
    }, { signal });
  }

  take({ markdown }) {
    const link = readLink(markdown);
    this.input.value = markdown.slice(2, -2).split("|")[0];
    this.taken = { typed: this.input.value, link };
  }

  /** Where the link leads: what was taken from the list, or what was typed. */
  chosen(typed) {
    if (this.taken?.typed === typed) return this.taken.link;
    const link = readLink(typed.replace(/[[\]]/g, ""));
    return link.name ? link : null;
  }

  close() {
    this.listening.abort();
    this.suggestions.end();
  }
}

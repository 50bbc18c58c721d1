/**
 * What a link may lead to: asked of the server while one types, shown in a list box, told to screen readers.
 */
const REST = 120; // milliseconds without a key before the server is asked

export class Suggestions {
  /**
   * input   has the focus all the time, and says which option is the active one
   * list    the element of the list box
   * tell    takes a sentence for screen readers
   * pick    takes the option that is chosen: { markdown }
   */
  constructor({ surface, input, list, tell, pick }) {
    Object.assign(this, { surface, input, list, tell, pick });
    this.options = [];
    this.active = -1;
    this.onDown = (event) => {
      event.preventDefault(); // the focus stays where it is
      const option = event.target.closest("[role='option']");
      if (option) this.choose([...list.children].indexOf(option));
    };
    list.addEventListener("mousedown", this.onDown);
  }

  end() {
    this.close();
    this.list.removeEventListener("mousedown", this.onDown);
  }

  /** Show what fits the words; at once what is known, then what the server says. */
  async look(words) {
    if (this.isOpen && words === this.words) return;
    this.words = words;
    this.show(this.found?.words === words ? this.found.offers : []);
    clearTimeout(this.timer);
    this.asking?.abort();
    if (!words.trim()) return;
    await new Promise((resolve) => { this.timer = setTimeout(resolve, REST); });
    const offers = await this.ask(words);
    if (!offers || !this.isOpen || words !== this.words) return;
    this.found = { words, offers };
    this.show(offers, { isFinal: true });
  }

  async ask(words) {
    this.asking = new AbortController();
    try {
      const address = `${this.surface.words.links}?${new URLSearchParams({ q: words })}`;
      const answer = await fetch(address, { signal: this.asking.signal, headers: { Accept: "application/json" } });
      return await answer.json();
    } catch {
      return null; // nothing, or not signed in any more: the words themselves can be chosen
    }
  }

  show(offers, { isFinal = false } = {}) {
    const words = this.words.trim();
    const isThere = offers.some(({ kind, name }) => kind === "page" && name.toLowerCase() === words.toLowerCase());
    const isPage = words && !/^(faktor|kommun)\s*:/i.test(words);
    this.options = isPage && !isThere ? [...offers, this.newPage(words)] : offers;
    this.list.replaceChildren(...this.options.map((option, place) => this.draw(option, place)));
    this.isOpen = true;
    const isShown = this.options.length > 0;
    this.reveal(isShown);
    this.mark(isShown ? 0 : -1);
    if (!isFinal) return;
    const { found, noneFound } = this.surface.words;
    this.tell(isShown ? found.replace("[n]", this.options.length) : noneFound);
  }

  newPage(words) {
    const { create, createHint } = this.surface.words;
    return { kind: "page", name: create.replace("[name]", words), markdown: `[[${words}]]`, hint: createHint };
  }

  reveal(isShown) {
    if (this.list.popover === null) this.list.hidden = !isShown;
    else if (this.list.matches(":popover-open") !== isShown) this.list.togglePopover(isShown);
    if (this.input.getAttribute("role") === "combobox") this.input.ariaExpanded = String(isShown);
    if (isShown) this.input.setAttribute("aria-controls", this.list.id);
    else this.input.removeAttribute("aria-controls");
  }

  draw({ name, hint }, place) {
    const option = document.createElement("div");
    option.className = "editor-list__option";
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    const [first, second] = ["name", "hint"].map((part) => {
      const span = document.createElement("span");
      span.className = `editor-list__${part}`;
      return span;
    });
    first.textContent = name;
    second.textContent = hint;
    option.append(first, " ", second);
    return option;
  }

  mark(place) {
    this.active = place;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = this.list.children[place];
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  /** Answer to a key; says whether it was for the list. */
  press(event) {
    if (!this.isOpen || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    const count = this.options.length;
    if (event.key === "Escape") this.close();
    else if (!count) return false;
    else if (event.key === "ArrowDown") this.mark((this.active + 1) % count);
    else if (event.key === "ArrowUp") this.mark((this.active + count - 1) % count);
    else if (event.key === "Enter") this.choose(this.active);
    else return false;
    return true;
  }

  choose(place) {
    const option = this.options[place];
    this.close();
    if (option) this.pick(option);
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (!this.isOpen) return;
    this.isOpen = false;
    this.reveal(false);
    this.mark(-1);
  }
}

/**
 * Choose a factor by searching: a combobox with a list box, after the pattern of the ARIA Authoring Practices.
 * Name, synonyms and definition are searched; the definition is in view. The list of the form stays what is sent.
 */

/** Fold case and accents, so that "malbild" finds "målbild". */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** What the list of the form offers, in its order. */
function offered(select) {
  return [...select.querySelectorAll("optgroup option")].map((option) => ({
    value: option.value,
    name: option.textContent.trim(),
    theme: option.parentElement.label,
    definition: option.dataset.definition ?? "",
    folded: fold(option.textContent.trim()),
    search: fold([option.textContent, option.dataset.aliases, option.dataset.definition].join(" ")),
    first: fold(`${option.textContent} ${option.dataset.aliases ?? ""}`),
  }));
}

/** How well a factor's name fits: it is that, begins so, has the words, they are in its synonyms, or elsewhere. */
function rank({ folded, first }, sought, words) {
  if (folded === sought) return 0;
  if (folded.startsWith(sought)) return 1;
  if (words.every((word) => folded.includes(word))) return 2;
  return words.every((word) => first.includes(word)) ? 3 : 4;
}

function make(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

class Picker {
  constructor(holder) {
    this.words = holder.dataset;
    this.select = holder.querySelector("select");
    this.factors = offered(this.select);
    this.build();
    this.showChosen();
  }

  build() {
    const { id } = this.select;
    const field = this.select.closest(".field");
    this.input = make("input", "ds-input");
    Object.assign(this.input, { id: `${id}-search`, type: "text", autocomplete: "off", spellcheck: false });
    const help = make("p", "field__help", this.words.help);
    help.id = `${id}-help`;
    this.list = make("div", "factor-list");
    Object.assign(this.list, { id: `${id}-list`, role: "listbox", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.words.label);
    this.chosen = make("p", "factor-chosen");
    this.chosen.id = `${id}-chosen`;
    this.status = make("p", "ds-sr-only");
    this.status.setAttribute("role", "status");
    const attributes = {
      role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list",
      "aria-describedby": [help.id, this.chosen.id, this.select.getAttribute("aria-describedby")].filter(Boolean).join(" "),
    };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    if (this.select.getAttribute("aria-invalid")) this.input.setAttribute("aria-invalid", "true");
    field.querySelector("label").htmlFor = this.input.id;
    const box = make("div", "factor-picker");
    box.append(this.input, this.list);
    this.select.before(help, box, this.chosen, this.status);
    this.select.hidden = true;
    this.select.required = false; // what is missing is told by the server; a hidden field could not tell
    // The summary of mistakes leads to the field that is seen.
    for (const link of document.querySelectorAll(`a[href="#${id}"]`)) link.setAttribute("href", `#${this.input.id}`);
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.open(this.input.value));
    this.input.addEventListener("click", () => { if (this.list.hidden) this.open(""); });
    this.input.addEventListener("blur", () => this.leave());
    this.input.addEventListener("keydown", (event) => this.press(event));
    // The field keeps the focus while one presses in the list.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option.dataset.value);
    });
  }

  press(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const isOpen = !this.list.hidden;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) {
      event.preventDefault();
      if (!isOpen) this.open("");
      this.move(moves[event.key]);
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      if (this.active) this.choose(this.active.dataset.value);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation(); // a dialog around it stays
      this.close();
    }
  }

  /** Show the factors that fit, and the themes of those, best first. */
  open(sought) {
    const words = fold(sought).split(/\s+/).filter(Boolean);
    const fits = this.factors.filter(({ search }) => words.every((word) => search.includes(word)));
    const whole = words.join(" ");
    const found = [...fits].sort((a, b) => rank(a, whole, words) - rank(b, whole, words));
    this.list.replaceChildren(...this.groups(words.length ? found : fits));
    if (!found.length) this.list.append(make("p", "factor-list__none", this.words.none));
    this.status.textContent = found.length ? this.words.count.replace("[n]", found.length) : this.words.none;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.activate(words.length ? this.options()[0] : this.options().find((option) => option.ariaSelected === "true"));
  }

  groups(found) {
    const groups = new Map();
    for (const factor of found) {
      if (!groups.has(factor.theme)) groups.set(factor.theme, this.group(factor.theme, groups.size));
      groups.get(factor.theme).append(this.option(factor));
    }
    return groups.values();
  }

  group(theme, number) {
    const group = make("div", "factor-list__theme");
    const heading = make("p", "factor-list__heading", theme);
    heading.id = `${this.list.id}-${number}`;
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", heading.id);
    heading.setAttribute("role", "presentation");
    group.append(heading);
    return group;
  }

  option(factor) {
    const option = make("div", "factor-list__factor");
    option.id = `${this.list.id}-${factor.value}`;
    option.dataset.value = factor.value;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", String(factor.value === this.select.value));
    option.append(make("span", "factor-list__name", factor.name), make("span", "factor-list__definition", factor.definition));
    return option;
  }

  options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  move(step) {
    const options = this.options();
    if (!options.length) return;
    const at = options.indexOf(this.active);
    const next = at < 0 && step < 0 ? options.length - 1 : (at + step + options.length) % options.length;
    this.activate(options[next]);
  }

  activate(option) {
    this.active?.classList.remove("is-active");
    this.active = option ?? null;
    if (option) {
      option.classList.add("is-active");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  /** A name that was typed out is chosen. */
  leave() {
    const typed = fold(this.input.value.trim());
    if (!typed) this.select.value = "";
    const named = this.factors.find(({ name }) => fold(name) === typed);
    if (named) this.select.value = named.value;
    this.close();
  }

  choose(value) {
    this.select.value = value;
    this.close();
  }

  /** Close the list; what was typed and not chosen is put back, or emptied away. */
  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(null);
    this.showChosen();
  }

  showChosen() {
    const factor = this.factors.find(({ value }) => value === this.select.value);
    this.input.value = factor?.name ?? "";
    this.chosen.textContent = factor ? `${factor.theme}. ${factor.definition}` : "";
  }
}

/** Make the list of factors inside an element searchable. */
export function searchFactors(root) {
  for (const holder of root.querySelectorAll("[data-factor-picker]")) new Picker(holder);
}

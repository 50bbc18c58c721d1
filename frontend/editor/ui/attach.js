/**
 * Puts the editor over the field of the form, and lets the writer choose between it and the field.
 */
import { Announcer } from "./announcer.js";
import { Surface } from "./surface.js";
import { prefersText, rememberText } from "./text_mode.js";

/** Build what stands around the field, and open the way that the writer has chosen in this browser. */
export function attach(form, textarea, model) {
  const parts = model.content.cloneNode(true);
  const field = textarea.closest(".field") ?? textarea.parentElement;
  const dialogs = parts.querySelectorAll("dialog, [data-tip], [data-list], .editor-menu");
  const card = parts.querySelector("[data-card]");
  card.remove();
  const shared = document.createElement("div");
  shared.append(...dialogs);
  document.body.append(shared);
  const trouble = parts.querySelector("[data-trouble]");
  const root = parts.querySelector("[data-editor]");
  const button = parts.querySelector("[data-switch]");
  field.classList.add("field--editor");
  textarea.before(parts);
  const label = form.querySelector(`label[for="${textarea.id}"]`);
  label.id ||= `${textarea.id}-etikett`;
  const words = { ...model.dataset };
  const writing = new Writing({ form, textarea, root, button, trouble, shared, card, label, words });
  writing.start();
  return writing;
}

class Writing {
  constructor(parts) {
    Object.assign(this, parts);
    this.announcer = new Announcer(this.root);
    this.surface = null; // while the text is edited visually
    this.untouched = this.form.elements.untouched ?? this.addUntouched();
    this.isWriting = false;
    this.written = this.textarea.value;
  }

  start() {
    this.listen();
    if (prefersText() || !this.show()) this.showText();
  }

  addUntouched() {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "untouched";
    this.form.append(field);
    return field;
  }

  listen() {
    this.button.addEventListener("click", () => this.switch());
    this.label.addEventListener("click", (event) => this.focusInstead(event));
    document.addEventListener("click", (event) => {
      if (event.target.closest?.(`a[href="#${this.textarea.id}"]`)) this.focusInstead(event);
    });
    // What is typed is told of by the field alone, once it has it.
    for (const kind of ["input", "change"]) this.root.addEventListener(kind, (event) => event.stopPropagation());
    this.textarea.addEventListener("input", () => this.takeOver());
    // A file that misses the text would be opened in the place of the form.
    for (const kind of ["dragover", "drop"]) {
      document.addEventListener(kind, (event) => {
        if (this.surface && !event.target.closest?.("input[type='file']")) event.preventDefault();
      });
    }
    this.form.addEventListener("click", (event) => { if (event.target.closest("button")) this.flush(); }, true);
    // What the field could not be given must not be left behind.
    for (const kind of ["submit", "pagehide", "beforeunload", "visibilitychange"]) {
      window.addEventListener(kind, (event) => {
        if (this.flush()) return;
        event.preventDefault();
        if (kind === "submit") event.stopPropagation();
      }, true);
    }
  }

  /** The label, and the list of mistakes, lead to where one writes. */
  focusInstead(event) {
    if (!this.surface) return;
    event.preventDefault();
    this.surface.focus();
  }

  /** Open the editor over the field; says whether that went well. */
  show(from = 0) {
    try {
      this.surface = new Surface(this, this.textarea.value, () => this.flushSoon());
    } catch (error) {
      console.error(error);
      this.surface = null;
      this.tellTrouble(this.words.cannotOpen);
      return false;
    }
    this.trouble.hidden = true;
    this.written = this.textarea.value;
    this.untouched.value = this.surface.untouched();
    this.textarea.hidden = true;
    this.root.hidden = false;
    this.form.dataset.writing = "visual";
    this.button.textContent = this.button.dataset.toText;
    if (from) this.surface.goTo(from);
    return true;
  }

  showText() {
    this.surface?.close();
    this.surface = null;
    this.untouched.value = "";
    this.root.hidden = true;
    this.textarea.hidden = false;
    this.form.dataset.writing = "text";
    this.button.textContent = this.button.dataset.toVisual;
  }

  tellTrouble(sentence) {
    this.trouble.textContent = sentence;
    this.trouble.hidden = false;
  }

  /** From one way to the other; the place in the text stays, roughly. */
  switch() {
    if (this.surface) {
      if (!this.flush()) return;
      const place = this.surface.placeInSource();
      this.showText();
      rememberText(true);
      this.textarea.focus();
      this.textarea.setSelectionRange(place, place);
    } else if (this.show(this.textarea.selectionStart)) {
      rememberText(false);
      this.surface.focus();
    }
  }

  flushSoon() {
    this.isDirty = true;
    this.timer ??= setTimeout(() => this.flush(), 250);
  }

  /** Write what the editor holds into the field, and tell those who listen to it. Says whether the field has it. */
  flush() {
    this.surface?.settle();
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.surface || !this.isDirty) return true;
    const text = this.surface.source();
    if (text === null) {
      this.tellTrouble(this.words.cannotSave);
      return false;
    }
    this.isDirty = false;
    this.trouble.hidden = true;
    this.untouched.value = this.surface.untouched();
    if (text === this.textarea.value) return true;
    this.isWriting = true;
    this.textarea.value = text;
    this.written = this.textarea.value;
    this.textarea.dispatchEvent(new InputEvent("input", { bubbles: true }));
    this.isWriting = false;
    return true;
  }

  /** Another script has given the field a text. What was typed since the last writing stays. */
  takeOver() {
    if (this.isWriting || !this.surface || this.isDirty || this.textarea.value === this.written) return;
    this.surface.close();
    if (!this.show()) this.showText();
  }
}

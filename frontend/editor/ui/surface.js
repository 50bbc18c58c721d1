/**
 * The editor itself while it is open: made of a source, and read back into one.
 */
import { Editor } from "@tiptap/core";
import { closeHistory } from "@tiptap/pm/history";
import { EditorState, Selection } from "@tiptap/pm/state";

import { openSource, saveSource, untouchedOf } from "../core/index.js";
import { Completion } from "./completion.js";
import { deedsOf } from "./deeds.js";
import { Drawing } from "./drawing.js";
import { extensionsOf } from "./extensions.js";
import { insertFiles } from "./pictures.js";
import { pasting } from "./pasting.js";
import { placeInDocument, placeInSource } from "./text_mode.js";
import { Toolbar } from "./toolbar.js";

const HELP = "redigerare-hjalp";
const MARGIN = 16; // pixels
const LONG = 150; // blocks

export class Surface {
  /** Raises when the source cannot be shown, or would not come back as it is. */
  constructor({ form, textarea, root, shared, card, label, words, announcer }, source, changed) {
    Object.assign(this, { form, textarea, root, shared, cardModel: card, label, words, announcer });
    this.head = root.querySelector("[data-head]");
    this.drawing = new Drawing(this);
    this.completion = new Completion(this);
    const holder = root.querySelector("[data-page]");
    this.editor = new Editor({
      element: holder,
      injectCSS: false,
      enablePasteRules: ["link"], // signs that are pasted stay signs
      extensions: extensionsOf(this),
      editorProps: { attributes: this.attributes(), ...this.scrolling(), ...pasting(this) },
    });
    try {
      this.open(source);
    } catch (error) {
      this.editor.destroy();
      throw error;
    }
    this.deeds = deedsOf(this);
    this.toolbar = new Toolbar(this);
    this.editor.on("transaction", ({ transaction }) => {
      if (transaction.docChanged) changed();
      this.toolbar.refreshSoon();
      this.completion.look();
    });
    this.editor.on("blur", () => this.completion.close());
  }

  open(source) {
    const { view, schema } = this.editor;
    const { doc, map } = openSource(source, schema);
    if (saveSource(doc, map) !== source) throw new Error("the source would not come back as it is");
    this.map = map;
    this.root.classList.toggle("editor--long", doc.childCount > LONG);
    view.updateState(EditorState.create({ doc, plugins: view.state.plugins }));
  }

  close() {
    this.toolbar.close();
    this.completion.end();
    this.editor.destroy();
  }

  attributes() {
    const described = [HELP, this.textarea.getAttribute("aria-describedby")].filter(Boolean).join(" ");
    const invalid = this.textarea.getAttribute("aria-invalid");
    return {
      class: "prose editor__text",
      id: `${this.textarea.id}-redigerare`,
      role: "textbox",
      "aria-multiline": "true",
      "aria-labelledby": this.label.id,
      "aria-describedby": described,
      ...(invalid && { "aria-invalid": invalid }),
    };
  }

  /** The cursor never goes below the toolbar, which stays at the top of the window. */
  scrolling() {
    const room = { left: 0, right: 0, bottom: MARGIN, top: 8 * MARGIN };
    return { scrollMargin: room, scrollThreshold: room };
  }

  /** At once, so that what is typed next is not lost. */
  focus() {
    const { view } = this.editor;
    view.focus();
    view.dispatch(view.state.tr.scrollIntoView());
  }

  /** Take in what was typed or selected so lately that the browser has not told of it yet. */
  settle() {
    const { domObserver } = this.editor.view;
    domObserver.forceFlush();
    domObserver.flush();
  }

  /** The text as it is now; null when it cannot be said. */
  source() {
    try {
      return saveSource(this.editor.state.doc, this.map);
    } catch (error) {
      console.error(error);
      return null;
    }
  }

  /** What the writer has left alone, for the server to check. */
  untouched() {
    return untouchedOf(this.editor.state.doc, this.map);
  }

  placeInSource() {
    const { doc, selection } = this.editor.state;
    return placeInSource(doc, this.map, selection.from);
  }

  goTo(offset) {
    const { state, view, schema } = this.editor;
    const place = Math.min(placeInDocument(this.textarea.value, offset, schema), state.doc.content.size);
    const selection = Selection.near(state.doc.resolve(place), -1);
    view.dispatch(state.tr.setSelection(selection).scrollIntoView());
  }

  /** A dialog by its name. */
  dialog(name) {
    return this.shared.querySelector(`[data-dialog="${name}"]`);
  }

  /** Do what a button, a menu or a key asks for; says whether that can be done here. */
  do(name) {
    const { view } = this.editor;
    this.settle();
    if (!view.hasFocus()) view.focus();
    const deed = this.deeds[name];
    if (deed.isOff?.()) return false;
    this.announcer.hush();
    // What was typed just before is undone by itself.
    view.dispatch(closeHistory(view.state.tr));
    deed.run();
    return true;
  }

  /** Files that were dropped or pasted. */
  takeFiles(files) {
    insertFiles(this, [...files]);
  }

  get token() {
    return this.form.elements.csrfmiddlewaretoken.value;
  }
}

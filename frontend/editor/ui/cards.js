/**
 * A block that is edited as text: shown as the server draws it, with a button that opens its source.
 */
import { Selection } from "@tiptap/pm/state";

import { readPart } from "../core/index.js";

export class CardView {
  constructor(surface, node, view, getPos) {
    Object.assign(this, { surface, node, view, getPos });
    this.dom = surface.cardModel.cloneNode(true);
    this.dom.contentEditable = "false";
    this.shown = this.dom.querySelector("[data-shown]");
    this.text = this.dom.querySelector("[data-text]");
    this.field = this.text.querySelector("textarea");
    this.openButton = this.dom.querySelector("[data-open]");
    this.doneButton = this.dom.querySelector("[data-done]");
    this.openButton.addEventListener("click", () => this.open());
    this.doneButton.addEventListener("click", () => this.done());
    this.field.addEventListener("input", () => this.keep());
    this.field.addEventListener("keydown", (event) => this.press(event));
    // What stands in a card is to be read: following a link would leave the form.
    this.shown.addEventListener("click", (event) => { if (event.target.closest("a")) event.preventDefault(); });
    this.show();
  }

  async show() {
    const { source } = this.node.attrs;
    const plain = document.createElement("pre");
    plain.textContent = source;
    this.shown.replaceChildren(plain);
    const html = await this.surface.drawing.draw(source);
    if (!html || this.node.attrs.source !== source) return;
    this.shown.innerHTML = html;
    // Ids may be there already, on the page or in another card; a card is one stop on the way, not many.
    for (const element of this.shown.querySelectorAll("[id]")) element.removeAttribute("id");
    for (const element of this.shown.querySelectorAll("a, [tabindex]")) element.tabIndex = -1;
  }

  open() {
    this.opened = this.node.attrs.source;
    this.field.value = this.opened;
    this.field.rows = Math.min(this.field.value.split("\n").length + 1, 20);
    this.turn(true);
    this.field.focus();
  }

  turn(isOpen) {
    this.text.hidden = !isOpen;
    this.shown.hidden = isOpen;
    this.openButton.hidden = isOpen;
    this.doneButton.hidden = !isOpen;
  }

  /** Every letter goes into the document: nothing is lost if the form is sent just now. */
  keep() {
    const { state, dispatch } = this.view;
    this.isKeeping = true;
    this.view.dispatch(state.tr.setNodeMarkup(this.getPos(), null, { source: this.field.value }));
    this.isKeeping = false;
  }

  press(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.done();
  }

  /** Read a text that was changed again: perhaps it can be edited visually now. */
  done() {
    const { state } = this.view;
    const place = this.getPos();
    this.turn(false);
    const nodes = this.field.value === this.opened ? [this.node] : this.blocksOf(this.field.value);
    const isSame = nodes.length === 1 && nodes[0].eq(this.node);
    if (!isSame) {
      const { tr } = state;
      if (!nodes.length && state.doc.childCount === 1) nodes.push(state.schema.nodes.paragraph.create());
      tr.replaceWith(place, place + this.node.nodeSize, nodes);
      this.view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(place))).scrollIntoView());
    }
    this.surface.focus();
  }

  blocksOf(text) {
    if (!text.trim()) return [];
    const { doc, schema } = this.view.state;
    return readPart(text, doc, this.surface.map, schema);
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    const isOther = node.attrs.source !== this.node.attrs.source;
    this.node = node;
    if (isOther && !this.isKeeping) this.field.value = node.attrs.source; // undone, or done again
    if (isOther) this.show();
    return true;
  }

  selectNode() {
    this.dom.classList.add("is-selected");
    this.openButton.tabIndex = 0;
  }

  deselectNode() {
    this.dom.classList.remove("is-selected");
    this.openButton.tabIndex = -1;
  }

  stopEvent(event) {
    return Boolean(event.target.closest?.("textarea, button"));
  }

  ignoreMutation() {
    return true;
  }
}

/**
 * Completes links while one types: [[ opens a list, and ]] ends a link by hand.
 */
import { Suggestions } from "./suggestions.js";
import { insertLink, readLink } from "./wiki_links.js";

const BEGUN = /\[\[([^[\]|\n￼]{0,100})$/;
const ENDED = /\[\[([^[\]\n￼]{1,300})\]$/;
const GAP = 6; // pixels

export class Completion {
  constructor(surface) {
    this.surface = surface;
    this.list = surface.shared.querySelector("[data-list]");
    this.dismissed = -1; // where a link begins whose list was closed with Escape
  }

  get suggestions() {
    const { surface, list } = this;
    this.made ??= new Suggestions({
      surface,
      list,
      input: surface.editor.view.dom,
      tell: (sentence) => surface.announcer.whisper(sentence),
      pick: ({ markdown }) => this.finish(readLink(markdown)),
    });
    return this.made;
  }

  /** The text before the cursor, where a link can stand. */
  textBefore() {
    const { selection } = this.surface.editor.state;
    const { $from, empty } = selection;
    const isCode = $from.parent.type.spec.code || $from.marks().some(({ type }) => type.name === "code");
    if (!empty || !$from.parent.isTextblock || isCode) return "";
    return $from.parent.textBetween(Math.max(0, $from.parentOffset - 320), $from.parentOffset, null, "￼");
  }

  /** Open the list, or close it, after a change. */
  look() {
    const found = BEGUN.exec(this.textBefore());
    const at = found ? this.surface.editor.state.selection.from - found[0].length : -1;
    if (at !== this.dismissed) this.dismissed = -1;
    if (!found || at === this.dismissed) {
      this.close();
      return;
    }
    this.from = at;
    this.suggestions.look(found[1]);
    this.place();
  }

  /** Below the beginning of the link; above it where there is no room. */
  place() {
    const { left, top, bottom } = this.surface.editor.view.coordsAtPos(this.from);
    const { style, offsetHeight, offsetWidth } = this.list;
    const isRoom = bottom + GAP + offsetHeight < innerHeight;
    style.top = `${isRoom ? bottom + GAP : Math.max(GAP, top - GAP - offsetHeight)}px`;
    style.left = `${Math.max(GAP, Math.min(left, innerWidth - offsetWidth - GAP))}px`;
  }

  press(event) {
    if (!this.made?.isOpen) return false;
    const wasFor = this.made.press(event);
    if (wasFor && event.key === "Escape") this.dismissed = this.from;
    if (this.made.isOpen) this.place();
    return wasFor;
  }

  /** A link that is written out is one as soon as its last bracket is there. */
  type(from, to, text) {
    if (text !== "]") return false;
    const found = ENDED.exec(this.textBefore());
    const link = found && readLink(found[1]);
    if (!link?.name) return false;
    this.close();
    insertLink(this.surface, link, { from: from - found[0].length, to });
    return true;
  }

  finish(link) {
    insertLink(this.surface, link, { from: this.from, to: this.surface.editor.state.selection.from });
  }

  close() {
    this.made?.close();
  }

  end() {
    this.made?.end();
    this.made = undefined;
  }
}

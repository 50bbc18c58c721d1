/**
 * Walks the pasted document and gives its blocks. What it knows of the elements around a text goes along as a state;
 * the states of open elements lie on a stack of our own, so that depth costs nothing.
 */
import { actionOf, footnoteText } from "./elements.js";
import { append } from "./fold.js";
import { isBlank, isEmoji, shifted } from "./letters.js";
import { ownPicture, realAddress } from "./links.js";
import { Sink } from "./sink.js";
import { boldness, colour, isHidden, largeness, lines, slant } from "./styles.js";

const ELEMENT = 1;
const TEXT = 3;
const PARAGRAPH = { type: "paragraph", indent: 0 };
const HTML = "http://www.w3.org/1999/xhtml";

export class Reader {
  /** styles, notes: of the document. taken: labels of footnotes that may not be given again. origin: of this site. */
  constructor({ styles, notes, taken, origin }) {
    Object.assign(this, { styles, notes, origin });
    this.taken = new Set(taken);
    this.left = {};
    this.top = new Sink();
    this.labels = new Map(); // the element of a footnote's text → its label
    this.texts = new Map(); // … → what it says
  }

  get blocks() {
    return this.top.blocks;
  }

  /** Count something that is not taken along. */
  leave(kind, isOnce = false) {
    this.left[kind] = isOnce ? 1 : (this.left[kind] ?? 0) + 1;
  }

  read(body) {
    const states = [];
    let state = {
      sink: this.top, about: PARAGRAPH, strong: false, em: false, code: false, href: "", shift: "", isLoud: false,
      isLarge: false, list: null, rows: null, row: null, isMarker: false, end: null,
    };
    let node = body.firstChild;
    while (node) {
      const inner = node.nodeType === ELEMENT ? this.enter(node, state) : null;
      if (node.nodeType === TEXT) this.write(node.data, state);
      if (inner && node.firstChild) {
        states.push(state);
        state = inner;
        node = node.firstChild;
        continue;
      }
      inner?.end?.();
      while (!node.nextSibling && node.parentNode !== body) {
        state.end?.();
        state = states.pop();
        node = node.parentNode;
      }
      node = node.nextSibling;
    }
    this.top.close();
  }

  /** Footnotes in the order of their signs: `{ label, blocks }`. */
  footnotes() {
    for (const [element, sink] of this.texts) {
      sink.close();
      if (!this.labels.has(element)) append(this.top.blocks, sink.blocks);
    }
    return [...this.labels].map(([element, label]) => ({ label, blocks: this.texts.get(element)?.blocks ?? [] }));
  }

  /** The state inside an element; null when nothing in it is read. */
  enter(element, state) {
    if (element.namespaceURI !== HTML) return this.enterForeign(element);
    const styles = this.styles.of(element);
    if (isHidden(styles) || element.hidden) return null;
    if (this.isNote(element, state)) return null;
    if (/line-through/.test(lines(styles))) return this.leaveDeletion(element);
    const inner = { ...state, end: null };
    this.readMarks(element, styles, inner);
    const act = this.notes.texts.has(element) ? footnoteText : actionOf(element, styles);
    return act ? act.call(this, element, styles, inner) : inner;
  }

  enterForeign(element) {
    if (element.localName === "svg" && element.getAttribute("aria-hidden") !== "true") this.leave("image");
    if (element.localName === "math") this.leave("embed");
    return null;
  }

  /** Signs of footnotes become ours; comments, and the way back from a footnote, are left. */
  isNote(element, state) {
    const { signs, backs, dangling, comments, commentTexts } = this.notes;
    if (signs.has(element)) this.addSign(signs.get(element), state);
    else if (dangling.has(element)) this.leave("footnote");
    else if (comments.has(element)) this.leave("comment");
    else return backs.has(element) || commentTexts.has(element);
    return true;
  }

  addSign(text, state) {
    if (!this.labels.has(text)) this.labels.set(text, this.nextLabel());
    state.sink.add({ note: this.labels.get(text) }, state.about);
  }

  nextLabel() {
    let label = this.labels.size + 1;
    while (this.taken.has(String(label))) label += 1;
    this.taken.add(String(label));
    return String(label);
  }

  leaveDeletion(element) {
    if (!isBlank(element.textContent)) this.leave("deletion");
    return null;
  }

  /** What the element's styles say about the text in it. */
  readMarks(element, styles, inner) {
    if (!styles.size) return;
    inner.strong = boldness(styles) ?? inner.strong;
    inner.em = slant(styles) ?? inner.em;
    inner.isLarge = largeness(styles) ?? inner.isLarge;
    if (!/^T[DHR]$|^TABLE$/.test(element.tagName)) inner.isLoud = colour(styles) ?? inner.isLoud;
    if (/underline/.test(lines(styles))) inner.isLoud = true;
    const shift = styles.get("vertical-align");
    if (shift === "super" || shift === "sub") inner.shift = shift === "sub" ? "sub" : "sup";
  }

  write(data, state) {
    if (state.list && isBlank(data)) return;
    if (state.isMarker) {
      if (state.about.item) state.about.item.marker += data;
      return;
    }
    const text = state.shift ? shifted(data, state.shift) : data;
    const { sink, strong, em, code, href, about } = state;
    const isLoud = state.isLoud || state.isLarge;
    if (isLoud && !href && about.type === "paragraph" && !isBlank(text)) this.leave("style", true);
    sink.add({ text, strong: strong || about.isTerm === true, em, code, href }, about);
  }

  /** Begin a block: `about` says of what kind its paragraphs are. */
  openBlock(inner, about = inner.about) {
    const { sink } = inner;
    sink.close();
    inner.about = about;
    inner.end = () => sink.close();
    return inner;
  }

  /** Collect what is inside apart from the rest; `end` is done with it at the end. */
  openSink(inner, end, list = null) {
    inner.sink.close();
    const sink = new Sink(inner.sink.depth + 1, list);
    Object.assign(inner, { sink, about: { ...PARAGRAPH }, list: null, rows: null, row: null });
    inner.end = () => {
      sink.close();
      end(sink);
    };
    return inner;
  }

  addPicture(element, styles, inner) {
    const alt = (element.getAttribute("alt") ?? "").trim();
    const src = ownPicture(element.getAttribute("src") ?? "", this.origin);
    if (src) inner.sink.add({ image: { src, alt, title: alt ? "" : "dekorativ" } }, inner.about);
    else if (isEmoji(alt)) inner.sink.add({ text: alt, strong: false, em: false, code: false, href: "" }, inner.about);
    else if (!isPixel(element, styles)) this.leave("image");
  }

  linkTo(element) {
    return realAddress(element.getAttribute("href") ?? "", this.origin);
  }
}

/** Pictures that only report who reads. */
function isPixel(element, styles) {
  return ["width", "height"].some((side) => parseFloat(element.getAttribute(side) ?? styles.get(side) ?? "") <= 2);
}

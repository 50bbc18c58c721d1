/**
 * What each element of a pasted document means. An action is called with the reader as `this`, and gives the state
 * inside the element; null when nothing in it is read.
 */
import { indent } from "./styles.js";
import { isLayout, tableBlock } from "./tables.js";

const DEEPEST = 6;
const SCREEN_READERS_ONLY = /(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader-text)(?:$|[\s_-])/;
const PERMALINK = /^[#¶§🔗\s]*$/u;
const TITLE = /(?:^|\s)(?:MsoTitle|title)(?:\s|$)/;
const HEADING = /(?:^|\s)(?:MsoHeading|Heading|Rubrik)([1-9])(?:\s|$)/;
const CONTENTS = /(?:^|\s)MsoToc(?:\d|Heading)(?:\s|$)/;
const QUOTE = /(?:^|\s)Mso(?:Intense)?Quote/;
const CONTINUED = /(?:^|\s)MsoList(?:Paragraph|Continue)/;
const COMMENT = /(?:^|\s)msocom(?:anchor|txt|off)(?:\s|$)/i;
const DELETED = /(?:^|\s)msoDel(?:\s|$)/i;
const NOT_OF_THE_TEXT = /comment|footnote-separator|^(?:header|footer)$/;

const skip = () => null;

function embed(element) {
  this.leave("embed");
  return null;
}

function mark(name) {
  return (element, styles, inner) => {
    // Google Docs wraps everything in a <b> that says it is not bold.
    const isTakenBack = name === "strong" ? styles.has("font-weight") : styles.has("font-style");
    if (name === "code" || !isTakenBack) inner[name] = true;
    return inner;
  };
}

function shift(way) {
  return (element, styles, inner) => Object.assign(inner, { shift: way });
}

function loud(element, styles, inner) {
  return Object.assign(inner, { isLoud: true });
}

function deletion(element) {
  return this.leaveDeletion(element);
}

function link(element, styles, inner) {
  if (element.getAttribute("href")?.includes("#") && PERMALINK.test(element.textContent)
    && !element.firstElementChild) return null;
  inner.href = this.linkTo(element) || inner.href;
  return inner;
}

function lineBreak(element, styles, inner) {
  if (!inner.isMarker && !inner.list) inner.sink.add({ isBreak: true }, inner.about);
  return null;
}

function picture(element, styles, inner) {
  if (!element.closest("[role=checkbox]")) this.addPicture(element, styles, inner);
  return null;
}

function input(element) {
  return element.getAttribute("type") === "hidden" ? null : embed.call(this, element);
}

/** What a form field is called says nothing without the field. */
function label(element) {
  if (element.querySelector("input, select, textarea")) this.leave("embed");
  return null;
}

function rule(element, styles, inner) {
  inner.sink.push({ type: "rule" });
  return null;
}

/** The text as it stands, with its lines; walked here, for no element in it means anything. */
function code(element, styles, inner) {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let text = "";
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) text += node.data;
    else if (/^(?:BR|DIV|P)$/.test(node.tagName) && text && !text.endsWith("\n")) text += "\n";
  }
  const lines = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").replaceAll("\u00a0", " ");
  if (lines.trim()) inner.sink.push({ type: "code", text: lines.replace(/^\n+/, "").trimEnd() });
  return null;
}

function block(element, styles, inner) {
  return this.openBlock(inner);
}

function term(element, styles, inner) {
  return this.openBlock(inner, { ...inner.about, isTerm: true });
}

/** A heading, an item as Word writes it, a quoted paragraph, or a plain one. */
function paragraph(element, styles, inner) {
  const classes = element.className;
  const level = headingLevel(element, styles);
  if (CONTENTS.test(classes)) {
    this.leave("contents", true);
    return null;
  }
  if (level !== null) return heading.call(this, element, styles, inner, level);
  const item = wordItem(styles, this.styles);
  if (item) return this.openBlock(inner, { type: "paragraph", item, indent: 0 });
  const { type, item: around, isTerm } = inner.about;
  if (type === "heading" || around || isTerm) return this.openBlock(inner);
  return this.openBlock(inner, {
    type: "paragraph",
    indent: Math.max(0, Math.round(indent(styles))),
    goesOn: CONTINUED.test(classes),
    isQuote: QUOTE.test(classes),
  });
}

/** Word's lists: "mso-list: l0 level2 lfo1". */
function wordItem(styles, sheets) {
  const found = /^(l\d+) level(\d)/.exec(styles.get("mso-list") ?? "");
  if (!found) return null;
  const format = sheets.list(`${found[1]}:level${found[2]}`).get("mso-level-number-format");
  return { level: Number(found[2]), marker: "", format };
}

/** 0 for a title, 1 to 9 for headings; null for all else. */
function headingLevel(element, styles) {
  const classes = element.className;
  const outline = Number(styles.get("mso-outline-level"));
  const role = element.getAttribute("role") === "heading" ? Number(element.getAttribute("aria-level")) || 2 : null;
  const named = HEADING.exec(classes) ?? /^(?:heading|rubrik) (\d)/.exec((styles.get("mso-style-name") ?? "").replaceAll('"', ""));
  const tag = /^H([1-6])$/.exec(element.tagName);
  if (TITLE.test(classes) && element.tagName !== "DIV") return 0;
  if (role ?? tag ?? named) return role ?? Number((tag ?? named)[1]);
  return outline >= 1 && outline <= 6 ? outline : null;
}

/** Inside lists, quotes and cells, what looks like a heading is a line in bold. */
function heading(element, styles, inner, level) {
  if (inner.sink !== this.top) return this.openBlock(inner, { ...inner.about, isTerm: true });
  return this.openBlock(inner, { type: "heading", level });
}

function quote(element, styles, inner) {
  const { sink } = inner;
  if (sink.depth >= DEEPEST) return this.openBlock(inner);
  return this.openSink(inner, ({ blocks }) => sink.blocks.push({ type: "quote", blocks }));
}

/** A list within a list's last item, or within none, as Google Docs and LibreOffice nest them. */
function list(element, styles, inner) {
  const isOrdered = element.tagName === "OL";
  inner.sink.close();
  inner.end = () => inner.sink.close();
  if (inner.sink.depth >= DEEPEST) return Object.assign(inner, { list: inner.sink.list ?? inner.list });
  const made = { type: "list", isOrdered, start: startOf(element), items: [] };
  const outer = inner.list;
  if (!outer) inner.sink.blocks.push(made);
  else if (outer.depth >= DEEPEST) return inner;
  else if (outer.items.length) outer.items.at(-1).push(made);
  else outer.items.push([made]);
  made.depth = (outer?.depth ?? inner.sink.depth) + 1;
  return Object.assign(inner, { list: made });
}

function startOf(element) {
  const start = parseInt(element.getAttribute("start") ?? "1", 10);
  return start >= 0 && start < 1_000_000_000 ? start : 1;
}

/** Word on the web gives every item a list of its own, and says on the item how deep it is. */
function item(element, styles, inner) {
  const level = Number(element.getAttribute("data-aria-level"));
  const outer = inner.list;
  if (level || !outer) {
    const start = outer?.isOrdered ? Number(element.getAttribute("data-aria-posinset")) || outer.start : null;
    const about = { type: "paragraph", indent: 0, item: { level: level || 1, number: start } };
    return Object.assign(this.openBlock(inner, about), { list: null });
  }
  const made = this.openSink(inner, () => {}, outer);
  made.sink.depth = Math.max(made.sink.depth, outer.depth);
  outer.items.push(made.sink.blocks);
  return made;
}

function table(element, styles, inner) {
  if (isLayout(element)) return this.openBlock(inner);
  const { sink } = inner;
  const rows = [];
  sink.close();
  Object.assign(inner, { rows, row: null, list: null });
  inner.end = () => {
    const { block: made, merged, isCut } = tableBlock(rows);
    for (let i = 0; i < merged; i++) this.leave("merged");
    if (isCut) this.leave("columns");
    if (made) sink.push(made);
  };
  return inner;
}

function tableRow(element, styles, inner) {
  if (!inner.rows) return this.openBlock(inner);
  inner.row = { cells: [], isHead: element.parentElement.tagName === "THEAD" };
  inner.rows.push(inner.row);
  return inner;
}

function cell(element, styles, inner) {
  const { row } = inner;
  if (!row) return this.openBlock(inner);
  const made = this.openSink(inner, () => {});
  row.cells.push({
    sink: made.sink,
    isHeader: element.tagName === "TH",
    columns: element.colSpan,
    rows: Math.max(1, element.rowSpan),
    isSpread: styles.get("mso-ignore") === "colspan", // Excel lets long text run over empty neighbours
  });
  return made;
}

export function footnoteText(element, styles, inner) {
  const made = this.openSink(inner, () => {});
  this.texts.set(element, made.sink);
  return made;
}

const ACTIONS = new Map(
  [
    [skip, "head title meta link base style template noscript noframes xml area source track param col colgroup map wbr"],
    [embed, "script iframe frame frameset object embed applet video audio canvas nav button select textarea "
      + "meter progress"],
    [input, "input"],
    [label, "label"],
    [mark("strong"), "b strong"],
    [mark("em"), "i em cite dfn var"],
    [mark("code"), "code kbd samp tt"],
    [shift("sup"), "sup"],
    [shift("sub"), "sub"],
    [loud, "u mark"],
    [deletion, "del s strike"],
    [link, "a"],
    [lineBreak, "br"],
    [picture, "img"],
    [rule, "hr"],
    [code, "pre listing plaintext xmp"],
    [paragraph, "p div h1 h2 h3 h4 h5 h6"],
    [block, "address article aside body caption center dd details dialog dl fieldset figcaption figure footer form header "
      + "hgroup legend main marquee optgroup option search section summary"],
    [term, "dt"],
    [quote, "blockquote"],
    [list, "ul ol menu dir"],
    [item, "li"],
    [table, "table"],
    [tableRow, "tr"],
    [cell, "td th"],
  ].flatMap(([action, names]) => names.split(" ").map((name) => [name, action])),
);

/** What is to be done with an element; undefined: it says nothing. */
export function actionOf(element, styles) {
  const { className } = element;
  const part = styles.get("mso-element");
  if (COMMENT.test(className)) return comment;
  if (part && NOT_OF_THE_TEXT.test(part)) return skip;
  if (DELETED.test(className)) return deletion;
  if (styles.get("mso-list") === "ignore") return marker;
  if (SCREEN_READERS_ONLY.test(className)) return skip;
  return ACTIONS.get(element.localName);
}

function comment(element) {
  if (element.localName === "a") this.leave("comment");
  return null;
}

function marker(element, styles, inner) {
  return Object.assign(inner, { isMarker: true });
}

/**
 * Blocks as Python-Markdown reads them: its processors, in its order, over the same lists of blocks.
 *
 * What they give is a tree of {tag, text, kids, …}. A thing that we cannot show (definition lists, link addresses
 * within other blocks) makes the tree `odd`: it is read as far as others need it, and then edited as text.
 */
import { cut, isTable } from "./rows.js";

const INDENT = "    ";
const SETEXT = /^[^\n]*\n(?:=+|-+)[ ]*(\n|$)/;
const HASH = /(?:^|\n)(#{1,6})((?:\\.|[^\\#]|#+(?=[^#\n]))*?)#*(?:\n|$)/;
const RULE = /^[ ]{0,3}(?=((?:-+[ ]{0,2}){3,}|(?:_+[ ]{0,2}){3,}|(?:\*+[ ]{0,2}){3,}))\1[ ]*$/m;
const QUOTE = /(^|\n)[ ]{0,3}>[ ]?(.*)/;
const DEFINITION = /(^|\n)[ ]{0,3}:[ ]{1,3}(.*?)(\n|$)/;
const FOOTNOTE = /^[ ]{0,3}\[\^([^\]]*)\]:[ ]*(.*)$/m;
const ADDRESS = /^[ ]{0,3}\[([^[\]]*)\]:[ ]*(?:\n[ ]*)?([^\s]+)[ ]*(?:\n[ ]*)?((["'])(.*)\4[ ]*|\((.*)\)[ ]*)?$/m;
const LISTS = {
  ol: { first: /^[ ]{0,3}\d+\.[ ]+(.*)/, next: /^[ ]{0,3}(\d+\.)[ ]+(.*)/ },
  ul: { first: /^[ ]{0,3}[*+-][ ]+(.*)/, next: /^[ ]{0,3}([*+-])[ ]+(.*)/ },
};
const NESTED_ITEM = /^[ ]{4,7}(?:\d+\.|[*+-])[ ]+.*/;

export const PATTERNS = { SETEXT, HASH, RULE, QUOTE, DEFINITION, FOOTNOTE, ADDRESS, LISTS };

const element = (tag, text = "", more = {}) => ({ tag, text, kids: [], ...more });
const isList = (node) => node?.tag === "ul" || node?.tag === "ol";

/** Take one level of indentation off each line that has it. */
const loosened = (block, levels = 1) => {
  const indent = INDENT.repeat(levels);
  return block.split("\n").map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join("\n");
};

class Parser {
  /** env: {refs, labels}; what is defined on the way is added to it. */
  constructor(env) {
    this.env = env;
    this.states = [];
    this.odd = null;
  }

  get state() {
    return this.states.at(-1);
  }

  chunk(parent, text) {
    this.blocks(parent, text.split("\n\n"));
  }

  blocks(parent, blocks) {
    while (blocks.length) ORDER.some((processor) => processor.call(this, parent, blocks));
  }

  within(state, deed) {
    this.states.push(state);
    deed();
    this.states.pop();
  }
}

function empty(parent, blocks) {
  if (blocks[0] && !blocks[0].startsWith("\n")) return false;
  const block = blocks.shift();
  if (block.length > 1) blocks.unshift(block.slice(1));
  const last = parent.kids.at(-1);
  if (last?.tag === "pre") last.text += block ? "\n" : "\n\n";
  return true;
}

function indented(parent, blocks) {
  const last = parent.kids.at(-1);
  if (!blocks[0].startsWith(INDENT) || this.state === "detabbed") return false;
  if (parent.tag !== "li" && !isList(last)) return false;
  const { level, found } = levelOf(this, parent, blocks[0]);
  const block = loosened(blocks.shift(), level);
  this.within("detabbed", () => {
    if (parent.tag === "li") this.blocks(isList(last) ? last : parent, [block]);
    else if (found.tag === "li") this.blocks(found, [block]);
    else if (found.kids.at(-1)?.tag === "li") {
      paragraphed(found.kids.at(-1));
      this.chunk(found.kids.at(-1), block);
    } else {
      found.kids.push(element("li"));
      this.blocks(found.kids.at(-1), [block]);
    }
  });
  return true;
}

function levelOf(parser, parent, block) {
  const wanted = Math.floor(/^ */.exec(block)[0].length / INDENT.length);
  let level = parser.state === "list" ? 1 : 0;
  let found = parent;
  while (wanted > level) {
    const child = found.kids.at(-1);
    if (!isList(child) && child?.tag !== "li") break;
    if (isList(child)) level += 1;
    found = child;
  }
  return { level, found };
}

/** What an item says becomes a paragraph of its own: the list is loose. */
function paragraphed(item) {
  if (!item.text) return;
  item.kids.unshift(element("p", item.text));
  item.text = "";
}

function code(parent, blocks) {
  if (!blocks[0].startsWith(INDENT)) return false;
  const lines = blocks.shift().split("\n");
  const end = lines.findIndex((line) => line.trim() && !line.startsWith(INDENT));
  const own = (end < 0 ? lines : lines.slice(0, end)).map((line) => line.slice(INDENT.length)).join("\n").trimEnd();
  const last = parent.kids.at(-1);
  if (last?.tag === "pre") last.text += `\n${own}\n`;
  else parent.kids.push(element("pre", `${own}\n`));
  if (end >= 0) blocks.unshift(lines.slice(end).join("\n"));
  return true;
}

function table(parent, blocks) {
  const found = isTable(blocks[0]);
  if (!found) return false;
  const rows = blocks.shift().split("\n").map((row) => row.replace(/^ +| +$/g, ""));
  const cells = (row) => cut(row, found.border).map((cell) => cell.replace(/^ +| +$/g, ""));
  const [head, , ...body] = rows.map(cells);
  parent.kids.push(element("table", "", { head, body, separator: found.separator }));
  return true;
}

function hash(parent, blocks) {
  const match = HASH.exec(blocks[0]);
  if (!match) return false;
  const block = blocks.shift();
  const before = block.slice(0, match.index);
  let after = block.slice(match.index + match[0].length);
  if (before) this.blocks(parent, [before]);
  parent.kids.push(element("h", match[2].trim(), { level: match[1].length }));
  if (after && this.state === "looselist") after = loosened(after);
  if (after) blocks.unshift(after);
  return true;
}

function setext(parent, blocks) {
  if (!SETEXT.test(blocks[0])) return false;
  const lines = blocks.shift().split("\n");
  parent.kids.push(element("h", lines[0].trim(), { level: lines[1].startsWith("=") ? 1 : 2 }));
  if (lines.length > 2) blocks.unshift(lines.slice(2).join("\n"));
  return true;
}

function rule(parent, blocks) {
  const match = RULE.exec(blocks[0]);
  if (!match) return false;
  const block = blocks.shift();
  const before = block.slice(0, match.index).replace(/\n+$/, "");
  const after = block.slice(match.index + match[0].length).replace(/^\n+/, "");
  if (before) this.blocks(parent, [before]);
  parent.kids.push(element("hr"));
  if (after) blocks.unshift(after);
  return true;
}

function itemsOf(block, next) {
  const items = [];
  for (const line of block.split("\n")) {
    const match = next.exec(line);
    if (match) items.push(match[2]);
    else if (NESTED_ITEM.test(line) && !items.at(-1).startsWith(INDENT)) items.push(line);
    else items.push(`${items.pop()}\n${line}`);
  }
  return items;
}

const list = (tag) => function readList(parent, blocks) {
  const { first, next } = LISTS[tag];
  if (!first.test(blocks[0])) return false;
  const start = tag === "ol" ? Number.parseInt(blocks[0], 10) : 1;
  const items = itemsOf(blocks.shift(), next);
  let into = parent.kids.at(-1);
  if (into?.tag === tag) {
    paragraphed(into.kids.at(-1));
    if (into.kids.at(-1).kids.at(-1)?.tail) this.odd = "text after a heading in a list";
    into.kids.push(element("li"));
    this.within("looselist", () => this.blocks(into.kids.at(-1), [items.shift()]));
  } else if (isList(parent)) {
    if (parent.tag !== tag) this.odd = "lists of two kinds";
    into = parent;
  } else {
    into = element(tag, "", { start });
    parent.kids.push(into);
  }
  this.within("list", () => {
    for (const item of items) {
      if (!item.startsWith(INDENT)) into.kids.push(element("li"));
      this.blocks(into.kids.at(-1), [item]);
    }
  });
  return true;
};

function definition(parent, blocks) {
  const match = DEFINITION.exec(blocks[0]);
  if (!match || (!blocks[0].slice(0, match.index).trim() && !parent.kids.length)) return false;
  this.odd = "a definition list";
  parent.kids.push(element("dl", blocks.shift()));
  return true;
}

function quote(parent, blocks) {
  const match = QUOTE.exec(blocks[0]);
  if (!match) return false;
  const block = blocks.shift();
  this.blocks(parent, [block.slice(0, match.index)]);
  const lines = block.slice(match.index).split("\n").map(unquoted);
  const last = parent.kids.at(-1);
  const into = last?.tag === "blockquote" ? last : element("blockquote");
  if (into !== last) parent.kids.push(into);
  this.within("blockquote", () => this.chunk(into, lines.join("\n")));
  return true;
}

const unquoted = (line) => (line.trim() === ">" ? "" : /^[ ]{0,3}>[ ]?(.*)/.exec(line)?.[1] ?? line);

/** Within other blocks, footnotes and link addresses are noted, and the block is edited as text. */
function defined(parent, blocks) {
  if (FOOTNOTE.test(blocks[0])) {
    for (const [, name] of blocks[0].matchAll(new RegExp(FOOTNOTE, "gm"))) this.env.labels.add(name);
  } else if (ADDRESS.test(blocks[0])) {
    for (const match of blocks[0].matchAll(new RegExp(ADDRESS, "gm"))) noteAddress(this.env, match);
  } else {
    return false;
  }
  this.odd = "definitions within a block";
  parent.kids.push(element("p", blocks.shift()));
  return true;
}

/** Note where a label leads. */
export function noteAddress(env, [, label, address, , , quotedTitle, title]) {
  const href = address.replace(/^<+/, "").replace(/>+$/, "");
  env.refs.set(label.trim().toLowerCase(), { href, title: quotedTitle || title || "" });
}

function paragraph(parent, blocks) {
  const block = blocks.shift();
  if (!block.trim()) return true;
  const last = parent.kids.at(-1);
  if (this.state !== "list") parent.kids.push(element("p", block.trimStart()));
  else if (last) {
    this.odd = "text after a block in a list";
    last.tail = block;
  } else parent.text = parent.text ? `${parent.text}\n${block}` : block.trimStart();
  return true;
}

const ORDER = [
  empty, indented, code, table, hash, setext, rule, list("ol"), list("ul"), definition, quote, defined, paragraph,
];

/** Read the blocks of a text: {root, odd}. */
export function readBlocks(text, env) {
  const parser = new Parser(env);
  const root = element("root");
  parser.chunk(root, text);
  return { root, odd: parser.odd };
}

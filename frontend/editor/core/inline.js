/**
 * Text with marks as Python-Markdown reads it: one pattern after the other over the whole text, in its order.
 *
 * What a pattern has read stands in the text as one character from the private use area, which is neither a letter
 * nor white space, as the library's own placeholders are.
 */
import { isAllowed } from "./addresses.js";
import { ESCAPABLE, REFERENCE, decoded } from "./characters.js";
import { emphasis } from "./delimiters.js";
import { address, label, textOf } from "./links.js";
import { Unsure } from "./unsure.js";

const FIRST = 0xe000;
const LAST = 0xf8ff;
const PRIVATE = /[\ue000-\uf8ff]/;
const PRIVATE_ALL = /[\ue000-\uf8ff]/g;
const PARTS = /[\ue000-\uf8ff]|[^\ue000-\uf8ff]+/g;

const CODE = /(?<!\\)((?:\\{2})+)(?=`+)|(?<!\\)`/g;
const ESCAPE = /\\(.)/gu;
const WIKI = /\[\[(?!\^)([^[\]]{1,400})\]\]/g;
const FOOTNOTE = /\[\^([^\]]*)\]/g;
const LINK = /(?<!!)\[/g;
const IMAGE = /!\[/g;
const AUTOLINK = /<([A-Za-z][A-Za-z0-9+.-]*:\/\/[^<>]*)>/g;
const MAIL = /<([^<> !]+@[^@<> ]+)>/g;
const BREAK = / {2}\n/g;
const ENTITY = new RegExp(REFERENCE, "g");
const KINDS = { faktor: "factor", kommun: "municipality" };

/** One text and what has been read in it. */
class Reading {
  /** refs: Map of label → {href, title}; labels: Set of footnotes that are defined. */
  constructor({ refs, labels }) {
    this.refs = refs;
    this.labels = labels;
    this.atoms = [];
  }

  stash(atom) {
    if (FIRST + this.atoms.length > LAST) throw new Unsure("too much in one text");
    this.atoms.push(atom);
    return String.fromCharCode(FIRST + this.atoms.length - 1);
  }

  atom(char) {
    const code = char.charCodeAt(0);
    return code >= FIRST && code <= LAST ? this.atoms[code - FIRST] : undefined;
  }

  /** The text with its escaped characters put back; other things that were read in it are too odd for us. */
  plain(text) {
    return text.replace(PRIVATE_ALL, (char) => {
      const { literal } = this.atom(char);
      if (literal === undefined) throw new Unsure("marks where there can be none");
      return literal;
    });
  }

  /** Apply patterns from a place in the order; what is in brackets gets the patterns after its own. */
  read(text, from = 0) {
    let data = text;
    for (let at = from; at < PATTERNS.length; at += 1) {
      const [pattern, handle] = PATTERNS[at];
      data = this.apply(pattern, handle, data, at);
    }
    return emphasis(data);
  }

  apply(pattern, handle, data, order) {
    let out = "";
    let done = 0; // what stands before it is in `out`
    pattern.lastIndex = 0;
    for (let match = pattern.exec(data); match; match = pattern.exec(data)) {
      const found = handle.call(this, match, data, order);
      const next = found?.end ?? match.index + match[0].length;
      if (found?.atom) {
        out += data.slice(done, match.index) + this.stash(found.atom);
        done = next;
      }
      pattern.lastIndex = Math.max(next, match.index + 1);
    }
    return out + data.slice(done);
  }
}

function code(match, data) {
  const begin = match.index;
  if (match[1]) return { atom: { literal: "\\".repeat(match[1].length / 2) } };
  let start = begin;
  while (data[start] === "`") start += 1;
  const ticks = start - begin;
  for (const run of data.slice(start).matchAll(/`+/g)) {
    if (run[0].length !== ticks) continue;
    const text = data.slice(start, start + run.index).trim();
    if (text.includes("\n")) throw new Unsure("code over several lines");
    return { atom: { code: text }, end: start + run.index + ticks };
  }
  if (/`/.test(data.slice(start))) throw new Unsure("backticks that do not match");
  return { end: start };
}

function escape([, char], _data) {
  return ESCAPABLE.includes(char) ? { atom: { literal: char } } : null;
}

function wiki([, inner]) {
  // A bar may be written with a backslash, as one does in tables.
  const withBars = inner.replace(PRIVATE_ALL, (char) => (this.atom(char).literal === "|" ? "|" : char));
  const [first, ...rest] = withBars.split("|");
  const written = this.plain(first);
  const own = decoded(this.plain(rest.join("|")));
  if (/[[\]]/.test(written)) return null;
  const name = written.split(/\s+/).filter(Boolean).join(" ");
  const colon = name.indexOf(":");
  const kind = colon < 0 ? undefined : KINDS[name.slice(0, colon).trim().toLowerCase()];
  const target = kind ? name.slice(colon + 1).trim() : name;
  if (!target) return null;
  if (/[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/.test(target)) throw new Unsure("unseen characters");
  if (/[`\\]/.test(target + own)) throw new Unsure("odd name");
  return { atom: { wiki: { kind: kind ?? "page", name: target, text: own.split(/\s+/).filter(Boolean).join(" ") } } };
}

function footnote([, name]) {
  return this.labels.has(name) ? { atom: { footnote: name } } : null;
}

/** Both [text](address) and pictures: `made` builds the atom. */
function inBrackets(made) {
  return function link({ index, 0: { length } }, data, order) {
    const text = textOf(data, index + length);
    const to = text && address(data, text.end);
    if (!to) return null;
    return { atom: made(this, text.text, this.plain(to.href), to.title && this.plain(to.title), order), end: to.end };
  };
}

/** Both [text][label] and [text]: `find` reads the label. */
function byLabel(find, made) {
  return function reference({ index, 0: { length } }, data, order) {
    const text = textOf(data, index + length);
    const found = text && find(data, text);
    if (!found) return null;
    const to = this.refs.get(found.label.replace(/\s+/g, " "));
    if (!to) return { end: found.end };
    return { atom: made(this, text.text, to.href, to.title, order), end: found.end };
  };
}

const cleanTitle = (title) => (title ? decoded(title.replace(/\s/g, " ")) : "");
const cleanAddress = (href) => decoded(href).trim().replaceAll(" ", "%20");

function makeLink(reading, text, href, title, order) {
  const to = cleanAddress(href);
  if (!isAllowed(to)) throw new Unsure("an address that is not allowed");
  const children = reading.read(text, order + 1);
  if (!children.length) throw new Unsure("a link without words");
  return { link: { href: to, title: cleanTitle(title) || null }, children };
}

function makeImage(reading, text, src, title) {
  const alt = decoded(reading.plain(text)).replace(/\s+/g, " ");
  return { image: { src: cleanAddress(src), alt, title: cleanTitle(title) } };
}

function autolink([, written]) {
  const text = this.plain(written);
  const href = cleanAddress(text);
  if (!isAllowed(href) || href !== text) throw new Unsure("an odd address");
  return { atom: { link: { href, title: null }, children: [this.stash({ literal: text })] } };
}

function mail([, written]) {
  const text = this.plain(written).replace(/^mailto:/, "");
  if (!isAllowed(`mailto:${text}`) || /&/.test(text)) throw new Unsure("an odd address");
  return { atom: { link: { href: `mailto:${text}`, title: null }, children: [this.stash({ literal: text })] } };
}

const PATTERNS = [
  [CODE, code],
  [ESCAPE, escape],
  [WIKI, wiki],
  [FOOTNOTE, footnote],
  [new RegExp(LINK), byLabel(label, makeLink)],
  [new RegExp(LINK), inBrackets(makeLink)],
  [IMAGE, inBrackets(makeImage)],
  [new RegExp(IMAGE), byLabel(label, makeImage)],
  [new RegExp(LINK), byLabel((_data, { text, end }) => ({ label: text.toLowerCase(), end }), makeLink)],
  [new RegExp(IMAGE), byLabel((_data, { text, end }) => ({ label: text.toLowerCase(), end }), makeImage)],
  [AUTOLINK, autolink],
  [MAIL, mail],
  [BREAK, () => ({ atom: { hardBreak: true } })],
  [ENTITY, ([reference]) => ({ atom: { literal: decoded(reference) } })],
];

/**
 * Read a text into the editor's inline nodes, as JSON.
 *
 * refs     Map of the labels of link addresses, in lower case
 * labels   Set of the labels of footnotes that the page has
 */
export function readInline(text, env) {
  if (PRIVATE.test(text)) throw new Unsure("private characters");
  const reading = new Reading(env);
  const out = [];
  walk(reading, reading.read(text), [], out);
  return joined(out);
}

function walk(reading, parts, marks, out) {
  for (const part of parts) {
    if (typeof part !== "string") walk(reading, part.children, withMark(marks, { type: part.mark }), out);
    else for (const [char] of part.matchAll(PARTS)) one(reading, char, marks, out);
  }
}

const withMark = (marks, mark) => (marks.some(({ type }) => type === mark.type) ? marks : [...marks, mark]);

function one(reading, char, marks, out) {
  const atom = reading.atom(char);
  const put = (node) => out.push(marks.length ? { ...node, marks } : node);
  if (!atom) put({ type: "text", text: char });
  else if (atom.literal !== undefined) put({ type: "text", text: atom.literal });
  else if (atom.code !== undefined) putCode(atom.code, marks, out);
  else if (atom.wiki) put({ type: "wikiLink", attrs: atom.wiki });
  else if (atom.footnote !== undefined) put({ type: "footnoteRef", attrs: { label: atom.footnote } });
  else if (atom.image) put({ type: "image", attrs: atom.image });
  else if (atom.hardBreak) put({ type: "hardBreak" });
  else if (marks.some(({ type }) => type === "link")) throw new Unsure("a link in a link");
  else walk(reading, atom.children, [...marks, { type: "link", attrs: atom.link }], out);
}

function putCode(text, marks, out) {
  if (!text) throw new Unsure("empty code");
  out.push({ type: "text", text, marks: [...marks, { type: "code" }], whole: true });
}

const sameMarks = (a, b) => JSON.stringify(a ?? []) === JSON.stringify(b ?? []);

/** Neighbouring characters of the same kind become one text; line ends are spaces, and none stand at the ends. */
function joined(nodes) {
  const out = [];
  for (const node of nodes) {
    const last = out.at(-1);
    if (node.type === "text" && last?.type === "text" && sameMarks(last.marks, node.marks) && !node.whole) {
      last.text += node.text;
    } else {
      out.push({ ...node });
    }
  }
  return trimmed(out.filter((node) => delete node.whole || true));
}

const isCode = (node) => node.marks?.some(({ type }) => type === "code");

/** Without white space that no browser shows: around line ends, at both ends, and after breaks. */
export function trimmed(nodes) {
  const out = [];
  nodes.forEach((node, i) => {
    if (node.type !== "text" || isCode(node)) {
      out.push(node);
      return;
    }
    let text = node.text.replace(/[ \t]*\n[ \t\n]*/g, " ");
    if (i === 0 || nodes[i - 1].type === "hardBreak") text = text.replace(/^[ \t\n]+/, "");
    if (i === nodes.length - 1 || nodes[i + 1].type === "hardBreak") text = text.replace(/[ \t\n]+$/, "");
    if (text) out.push({ ...node, text });
  });
  return out;
}

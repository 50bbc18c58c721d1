/**
 * From text with marks to Markdown: marks as signs, and a backslash before what would be read as one.
 */
import { encoded } from "./characters.js";
import { tidy } from "./tidy.js";

/** How much is escaped: nothing, what looks like a sign, everything that could be one. */
export const LEVELS = [0, 1, 2];

const LOOKS = [
  // Stars and underscores that could open or close.
  [/\*+(?=\S)|(?<=\S)\*+|(?<![\p{L}\p{N}_])_+(?=\S)|(?<=\S)_+(?![\p{L}\p{N}_])/gu, (run) => run.replace(/./g, "\\$&")],
  [/\\(?=[\\`*_{}[\]()>#+\-.!|])/g, () => "\\\\"],
  [/`/g, () => "\\`"],
  [/\[(?=[^\]]*\])/g, () => "\\["],
  [/<(?=[A-Za-z][A-Za-z0-9+.-]*:\/\/|[^<> !]+@)/g, () => "&lt;"],
];
const STARTS = [
  [/^(#|>|-(?=\s|-|$)|\+(?=\s|$)|\*(?=\s|\*|$)|_(?=[_ ]))/, "\\$1"],
  [/^(\d+)\.(?=\s|$)/, "$1\\."],
  [/^:(?=\s|$)/, "&#58;"],
  [/^=(?==* *$)/, "&#61;"],
  [/^~(?=~~)/, "&#126;"],
  [/^(\[[^\]]*\]:)/, "\\$1"],
];

/** Escape plain words. */
function words(text, { level, isCell }) {
  let out = encoded(text);
  if (level === 2) out = out.replace(/[\\`*_[\]]/g, "\\$&").replace(/<(?=\S)/g, "&lt;");
  if (level === 1) out = once(out);
  return isCell ? out.replace(/(?<!\\)\|/g, "\\|") : out;
}

/** All rules of looks in one pass, so that none works on what another has written. */
function once(text) {
  const found = LOOKS.flatMap(([pattern, how]) =>
    [...text.matchAll(pattern)].map((match) => ({ at: match.index, old: match[0], fresh: how(match[0]) })));
  found.sort((a, b) => a.at - b.at);
  let out = "";
  let at = 0;
  for (const { at: place, old, fresh } of found) {
    if (place < at) continue;
    out += text.slice(at, place) + fresh;
    at = place + old.length;
  }
  return out + text.slice(at);
}

/** Escape what may mean something together with other blocks: colons with what is before, fences with what comes. */
const leaning = (text) =>
  text
    .replace(/^:(?= )/, "&#58;")
    .replace(/^`{3,}(?=[^`\n]*$)/gm, (run) => run.replaceAll("`", "\\`"))
    .replace(/^~{3,}/gm, (run) => run.replaceAll("~", "&#126;"));

/** Escape what would begin another block, on the first line and after each break. */
function beginnings(text, { level, isHeading, isCell }) {
  if (isCell) return text;
  if (level === 0) return isHeading ? text : leaning(text);
  if (isHeading) return text.replace(/#+$/, (run) => run.replace(/#/g, "\\#"));
  return text.split("\n").map((line) => STARTS.reduce((out, [pattern, fresh]) =>
    (out === line ? out.replace(pattern, fresh) : out), line)).join("\n");
}

const SIGNS = { bold: "**", italic: "*" };

/** Write inline nodes (JSON); white space at the ends is left out, since nobody sees it. */
export function inlineText(nodes, style) {
  return beginnings(written(tidy(nodes), style), style);
}

function written(nodes, style) {
  let out = "";
  for (let i = 0; i < nodes.length;) {
    const mark = outermost(nodes, i, style);
    if (!mark) {
      out += leaf(nodes[i], style);
      i += 1;
      continue;
    }
    let end = i;
    while (end < nodes.length && has(nodes[end], mark)) end += 1;
    const without = (node) => ({ ...node, marks: node.marks.filter((own) => !same(own, mark)) });
    out += marked(mark, nodes.slice(i, end).map(without), style);
    i = end;
  }
  return out;
}

const same = (a, b) => a.type === b.type && a.attrs?.href === b.attrs?.href && a.attrs?.title === b.attrs?.title;
const has = (node, mark) => (node.marks ?? []).some((own) => same(own, mark));

/** The mark that reaches furthest from here; code holds none. */
function outermost(nodes, from, style) {
  const marks = (nodes[from].marks ?? []).filter(({ type }) => type !== "code");
  const reach = (mark) => {
    let end = from;
    while (end < nodes.length && has(nodes[end], mark)) end += 1;
    return end;
  };
  const order = style.linksOutside ? ["link", "bold", "italic"] : ["bold", "italic", "link"];
  const rank = ({ type }) => order.indexOf(type);
  return marks.sort((a, b) => reach(b) - reach(a) || rank(a) - rank(b))[0];
}

function marked(mark, nodes, style) {
  if (mark.type === "link") return link(mark.attrs, nodes, style);
  const sign = mark.type === "italic" && style.underscores ? "_" : (SIGNS[mark.type] ?? "");
  // A sign does not open before white space, nor close after it; links cut what is marked into parts.
  const [, before, text, after] = /^(\s*)([^]*?)(\s*)$/.exec(written(nodes, style));
  return text ? `${before}${sign}${text}${sign}${after}` : before + after;
}

function link({ href, title }, nodes, style) {
  const bare = nodes.length === 1 && !nodes[0].marks?.length ? nodes[0].text : undefined;
  if (!title && bare !== undefined && isAutolink(bare, href)) return `<${bare}>`;
  return `[${written(nodes, style)}](${target(href, title, style)})`;
}

const isAutolink = (text, href) =>
  (text === href && /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^<>\s\\`*_[\]&|]*$/.test(text)) ||
  (`mailto:${text}` === href && /^[^<>\s!@\\`*_[\]&|]+@[^<>\s@\\`*_[\]&|]+$/.test(text));

/** An address with its title, as it stands in parentheses. */
function target(href, title, { isCell }) {
  let to = encoded(href ?? "").replaceAll(" ", "%20").replaceAll("`", "%60").replaceAll("\\", "%5C")
    .replaceAll("<", "%3C").replaceAll(">", "%3E").replaceAll("[[", "%5B%5B");
  if (/['"]/.test(to) || !isBalanced(to)) to = `<${to}>`;
  if (isCell) to = to.replaceAll("|", "\\|");
  if (!title) return to;
  const quote = title.includes('"') ? "'" : '"';
  return `${to} ${quote}${plain(title, { isCell })}${quote}`;
}

function isBalanced(text) {
  let depth = 0;
  for (const char of text) {
    if (char === "(") depth += 1;
    if (char === ")") depth -= 1;
    if (depth < 0 || depth > 2) return false;
  }
  return depth === 0;
}

/** Words in which only code, brackets and backslashes have a meaning. */
const plain = (text, { isCell }) => {
  const out = encoded(text.replace(/[\\`[\]]/g, "\\$&"));
  return isCell ? out.replaceAll("|", "\\|") : out;
};

function leaf(node, style) {
  const { attrs } = node;
  switch (node.type) {
    case "text":
      return (node.marks ?? []).length ? code(node.text) : words(node.text, style);
    case "hardBreak":
      return style.isCell || style.isHeading ? " " : "  \n";
    case "wikiLink":
      return wiki(attrs);
    case "footnoteRef":
      return `[^${attrs.label}]`;
    case "image":
      return `![${plain(attrs.alt ?? "", style)}](${target(attrs.src, attrs.title, style)})`;
    default:
      return "";
  }
}

function code(text) {
  const runs = text.match(/`+/g) ?? [];
  const lengths = new Set(runs.map((run) => run.length));
  let length = 1;
  while (lengths.has(length)) length += 1;
  const ticks = "`".repeat(length);
  const pad = /^`|`$/.test(text) ? " " : "";
  return `${ticks}${pad}${text}${pad}${ticks}`;
}

const PREFIXES = { page: "", factor: "faktor:", municipality: "kommun:" };

function wiki({ kind, name, text }) {
  const own = text ? `|${encoded(text.replace(/[[\]\n]/g, " "))}` : "";
  return `[[${PREFIXES[kind] ?? ""}${name.replace(/[[\]\n]/g, " ")}${own}]]`;
}

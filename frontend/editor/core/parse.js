/**
 * From the blocks of a source to the editor's nodes, as JSON. Whoever cannot be certain throws Unsure.
 */
import { split } from "./blocks.js";
import { noteAddress, PATTERNS, readBlocks } from "./grammar.js";
import { readInline } from "./inline.js";
import { Unsure } from "./unsure.js";

const FENCE_HEAD = /^(?:~{3,}|`{3,})[ ]*\.?([\p{L}\p{N}_#.+-]*)[ ]*$/u;
const ADDRESSES = new RegExp(PATTERNS.ADDRESS, "gm");

/** An environment in which nothing is defined. */
export const nothing = () => ({ refs: new Map(), labels: new Set() });

/** Note what the blocks of a page define, and read their trees. */
export function define(blocks) {
  const env = nothing();
  const notes = [];
  for (const block of blocks) {
    if (block.kind === "note") notes.push(block);
    else if (block.kind === "address") for (const match of block.text.matchAll(ADDRESSES)) noteAddress(env, match);
    else if (block.kind !== "fence" && block.text.includes("]:")) readBlocks(block.text, env);
  }
  env.twice = new Set();
  for (const { text } of notes) {
    const { label, body } = noteOf(text);
    if (env.labels.has(label)) env.twice.add(label);
    env.labels.add(label);
    if (body.includes("]:")) readBlocks(body, env);
  }
  return env;
}

/** The label and the text of a footnote. */
function noteOf(text) {
  const [, label, first] = PATTERNS.FOOTNOTE.exec(text);
  const [, ...lines] = text.split("\n");
  const rest = lines.map((line) => (line.startsWith("    ") ? line.slice(4) : line)).join("\n");
  return { label, body: `${first}\n${rest}`.replace(/^\n+/, "").trimEnd() };
}

/** Read one block of a page into nodes: usually one, none for a block that shows nothing. */
export function nodeOf({ kind, text }, env) {
  if (kind === "dl" || kind === "address") throw new Unsure(kind);
  if (kind === "fence") return fence(text);
  if (kind === "note") return note(text, env);
  const { root, odd } = readBlocks(text, env);
  if (odd || root.kids.length !== 1) throw new Unsure(odd ?? "not one block");
  return build(root.kids[0], env);
}

/** Read a text that is no page of its own, as from the clipboard: all its blocks. */
export function parseMarkdown(markdown) {
  const { blocks } = split(markdown);
  const env = define(blocks);
  return blocks.map((block) => nodeOrCard(block, env));
}

function nodeOrCard(block, env) {
  try {
    return nodeOf(block, env);
  } catch (error) {
    if (!(error instanceof Unsure)) throw error;
    return { type: "card", attrs: { source: block.raw } };
  }
}

const block = (type, attrs, content) => ({
  type,
  ...(attrs && { attrs }),
  ...(content?.length && { content }),
});
const words = (text) => (text ? [{ type: "text", text }] : []);

function fence(text) {
  const lines = text.split("\n");
  const head = FENCE_HEAD.exec(lines[0]);
  if (!head) throw new Unsure("an odd fence");
  return block("codeBlock", { language: head[1] || null }, words(lines.slice(1, -1).join("\n")));
}

function note(text, env) {
  const { label, body } = noteOf(text);
  const { root, odd } = readBlocks(body, env);
  if (odd || env.twice?.has(label) || /[\n`\\[]/.test(label) || !label.trim()) throw new Unsure("an odd footnote");
  if (root.kids.some(({ tag }) => tag !== "p")) throw new Unsure("blocks in a footnote");
  const paragraphs = root.kids.map((kid) => build(kid, env));
  return block("footnoteDef", { label }, paragraphs.length ? paragraphs : [block("paragraph")]);
}

function build(node, env) {
  const made = BUILDERS[node.tag];
  if (!made) throw new Unsure(node.tag);
  return made(node, env);
}

const BUILDERS = {
  p: ({ text }, env) => block("paragraph", null, readInline(text, env)),
  h: ({ text, level }, env) => block("heading", { level }, inHeading(readInline(text, env))),
  pre: ({ text }) => block("codeBlock", { language: null }, words(text.trimEnd())),
  hr: () => block("horizontalRule"),
  blockquote: ({ kids }, env) => {
    if (!kids.length) throw new Unsure("an empty quotation");
    return block("blockquote", null, kids.map((kid) => build(kid, env)));
  },
  ul: (node, env) => block("bulletList", { tight: isTight(node) }, items(node, env)),
  ol: (node, env) => block("orderedList", { tight: isTight(node), start: node.start }, items(node, env)),
  table,
};

function inHeading(nodes) {
  if (nodes.some(({ type }) => type === "hardBreak")) throw new Unsure("a break in a heading");
  return nodes;
}

/** Lists of which some items are paragraphs and others not are edited as text. */
function isTight({ kids }) {
  const bare = kids.filter((item) => item.text || !item.kids.length || item.kids[0].tag !== "p");
  const loose = kids.filter((item) => item.kids[0]?.tag === "p");
  if (bare.some((item) => item.text) && loose.length) throw new Unsure("a list with items of both kinds");
  return loose.length === 0;
}

function items({ kids }, env) {
  return kids.map((item) => {
    if (item.text && item.kids.some(({ tag }) => tag !== "ul" && tag !== "ol")) throw new Unsure("blocks in an item");
    const own = item.text || !item.kids.length ? [block("paragraph", null, readInline(item.text, env))] : [];
    const content = [...own, ...item.kids.map((kid) => build(kid, env))];
    if (content[0].type !== "paragraph") throw new Unsure("an item that begins with a block");
    return block("listItem", null, content);
  });
}

function table({ head, body, separator }, env) {
  if (body.some((row) => row.slice(separator.length).some(Boolean))) throw new Unsure("cells outside the table");
  const row = (type, cells) => block("tableRow", null, separator.map((align, i) =>
    block(type, { align }, [block("paragraph", null, inHeading(readInline(cells[i] ?? "", env)))])));
  return block("table", null, [row("tableHeader", head), ...body.map((cells) => row("tableCell", cells))]);
}

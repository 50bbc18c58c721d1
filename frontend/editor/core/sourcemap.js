/**
 * From the source of a page to what the editor shows, and back without touching what nobody touched.
 */
import { split } from "./blocks.js";
import { define, nodeOf } from "./parse.js";
import { place } from "./pairing.js";
import { claim } from "./untouched.js";
import { styleOf } from "./style.js";
import { fingerprint } from "./tidy.js";
import { Unsure } from "./unsure.js";
import { agrees } from "./witness.js";
import { fresh, rewritten, saying, written } from "./writing.js";

const GAP = "\n\n";
// Indented code after a list is a part of it, and so is what a colon explains.
const LOOSE_FENCE = /^(?:`{3,}|~{3,})[^`\n]*$/m;
const LOOSE_FENCES = /^(?:`{3,}|~{3,})/gm;
const LEANS = /^(?: {4}|\t| {0,3}: )/;

/**
 * Read a source.
 *
 * doc   a node of the schema: what to show
 * map   what saveSource and untouchedOf need to find the way back
 */
export function openSource(source, schema) {
  const { head, blocks } = split(source);
  const env = define(blocks);
  const entries = blocks.map((block, index) => entryOf(block, index, env, schema));
  const nodes = entries.length ? entries.map(({ node }) => node) : [schema.nodes.paragraph.create()];
  const defining = entries.filter(({ json, raw }) => json.type === "card" && raw.includes("]:"));
  const map = {
    source,
    head,
    env,
    entries,
    byNode: new Map(entries.map((entry) => [entry.node, entry])),
    definitions: defining.map(({ raw }) => raw).join(GAP),
    defined: "", // what was defined when something was last written
    now: env,
    cache: new WeakMap(), // by node, what was written
    saved: null, // the document that was last put together
    known: {}, // what untouched.js has found in the source
  };
  return { doc: schema.nodes.doc.create(null, nodes), map };
}

function entryOf(block, index, env, schema) {
  const { json, node } = richOf(block, env, schema) ?? cardOf(block, schema);
  return { ...block, index, json, node };
}

/** A block as nodes, if they can be written so that nothing is lost, to us and to a reader of another kind. */
function richOf(block, env, schema) {
  try {
    const json = nodeOf(block, env);
    const text = written(json, styleOf(block), env, block.raw);
    if (text === undefined || !agrees(block.raw, text, env)) return null;
    const node = schema.nodeFromJSON(json);
    node.check();
    return { json: node.toJSON(), node };
  } catch (error) {
    if (error instanceof Unsure || error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * Read what was written as text within a page that is open: its nodes.
 *
 * What the page defines is known to it, and what it defines itself.
 */
export function readPart(text, doc, map, schema) {
  const { blocks } = split(text);
  composed(doc, map);
  const { now } = map;
  const own = define(blocks);
  const labels = new Set([...now.labels, ...own.labels]);
  const twice = new Set([...now.twice, ...own.twice]);
  doc.forEach(({ type, attrs }) => {
    if (type.name === "footnoteDef" && own.labels.has(attrs.label)) twice.add(attrs.label);
  });
  const env = { labels, twice, refs: new Map([...now.refs, ...own.refs]) };
  return blocks.map((block) => (richOf(block, env, schema) ?? cardOf(block, schema)).node);
}

function cardOf({ raw }, schema) {
  const node = schema.nodes.card.create({ source: raw });
  return { json: node.toJSON(), node };
}

/** Write what the editor shows: the bytes of all that was not touched. */
export function saveSource(doc, map) {
  return composed(doc, map).text;
}

/** What the form tells the server of what was not touched: see mittkoping/text/untouched.py. */
export function untouchedOf(doc, map) {
  return claim(map, composed(doc, map));
}

/** Put a page together: {text, copied}: which blocks are copies, and where. */
function composed(doc, map) {
  if (map.saved?.doc === doc) return map.saved;
  const env = environment(doc, map);
  const places = place(doc, map);
  const pieces = [];
  doc.forEach((node, _offset, i) => {
    const piece = pieceOf(node, places[i], env, map);
    if (piece.text !== "") pieces.push(piece);
  });
  map.saved = { doc, ...closed(pieces, map) };
  return map.saved;
}

/** What is defined now: footnotes and the addresses of links come and go while one writes. */
function environment(doc, map) {
  const labels = new Set(map.env.labels);
  const cards = [];
  doc.forEach(({ type, attrs }) => {
    if (type.name === "footnoteDef") labels.add(attrs.label);
    if (type.name === "card" && attrs.source.includes("]:")) cards.push(attrs.source);
  });
  const defined = JSON.stringify([[...labels].sort(), cards]);
  if (defined !== map.defined) {
    const definitions = cards.join(GAP);
    const isAsBefore = definitions === map.definitions;
    const refs = isAsBefore ? map.env.refs : define(split(definitions).blocks).refs;
    map.defined = defined;
    map.cache = new WeakMap();
    map.now = { ...map.env, labels, refs, isAsBefore };
  }
  return map.now;
}

/** One block as text: {text, entry, isCopy}. */
function pieceOf(node, { entry, isSame }, env, map) {
  if (isSame && env.isAsBefore) return { text: entry.raw, entry, isCopy: true };
  const cached = map.cache.get(node);
  if (cached && cached.entry === entry) return cached;
  const json = node.toJSON();
  const isCopy = isSame && (json.type === "card" || saying(entry.raw, env) === fingerprint(json));
  const piece = { text: isCopy ? entry.raw : writtenAnew(json, entry, env), json, entry, isCopy };
  map.cache.set(node, piece);
  return piece;
}

const writtenAnew = (json, entry, env) => (entry ? rewritten(json, entry, env) : fresh(json, env));

/** Fences that were words, because nothing closed them, stay words when something does. */
function closed(pieces, map) {
  const whole = joined(pieces, map);
  const isLoose = ({ text, entry, json }) => (json ?? entry?.json).type !== "codeBlock" && LOOSE_FENCE.test(text);
  if (!pieces.some(isLoose)) return whole;
  const found = new Set(split(whole.text).blocks.map(({ raw }) => raw));
  if (pieces.every(({ text }) => found.has(text))) return whole;
  return joined(pieces.map((piece) => (isLoose(piece) ? { ...piece, ...withoutFence(piece, map) } : piece)), map);
}

function withoutFence({ text, entry, json }, map) {
  const node = json ?? entry.json;
  const words = node.type === "card"
    ? text.replace(LOOSE_FENCES, (run) => `&#${run.charCodeAt(0)};`.repeat(run.length))
    : fresh(node, map.now);
  return { text: words, isCopy: false };
}

/** Put the pieces one after the other, with what stood between them where that still holds. */
function joined(pieces, { entries, head, source, now }) {
  if (!pieces.length) return { text: entries.length ? "" : head, copied: [] };
  const copied = [];
  let text = pieces[0].entry?.index === 0 ? head : "";
  for (let i = 0; i < pieces.length; i += 1) {
    const piece = pieces[i];
    if (piece.isCopy) copied.push({ entry: piece.entry, at: text.length });
    text += piece.text;
    if (i + 1 === pieces.length) return { text: text + ending(piece, entries, source), copied };
    const gap = between(piece, pieces[i + 1]);
    if (gap === null) pieces[i + 1] = apart(pieces[i + 1], now);
    text += gap ?? GAP;
  }
}

/** What stands between two blocks; null if the second would become a part of the first. */
function between(piece, next) {
  const isNeighbour = piece.entry && next.entry && piece.entry.index + 1 === next.entry.index;
  if (isNeighbour) {
    const gap = piece.entry.after;
    if ((piece.isCopy && next.isCopy) || isApart(piece.text, gap, next.text)) return gap;
  }
  return !LEANS.test(next.text) || isApart(piece.text, GAP, next.text) ? GAP : null;
}

/** A block that would lean on the one before, written so that it does not. */
const apart = ({ json, entry }, env) => ({ text: fresh(json ?? entry.json, env), entry, isCopy: false });

/** Whether two blocks stay two, and what they are. */
function isApart(before, gap, after) {
  const { blocks } = split(before + gap + after);
  const { blocks: alone } = split(after);
  return blocks.length === 2 && blocks[0].raw === before && blocks[1].raw === after && blocks[1].kind === alone[0].kind;
}

/** The end of the source stays the end. */
function ending({ entry }, entries, source) {
  if (entry && entry === entries.at(-1)) return entry.after;
  return source.endsWith("\n") ? "\n" : "";
}

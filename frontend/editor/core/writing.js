/**
 * One edited block: its source as it was, with what was changed, if that says what the editor shows.
 */
import { split } from "./blocks.js";
import { nodeOf } from "./parse.js";
import { serialize } from "./serialize.js";
import { LEVELS } from "./serialize_inline.js";
import { otherSigns, styleOf } from "./style.js";
import { fingerprint } from "./tidy.js";
import { Unsure } from "./unsure.js";
import { apartFrom, changes, difference, merged } from "./words.js";

const NEAR = [8, 40]; // words

/** What a text says when it stands alone: the fingerprint of its one block, or null. */
export function saying(text, env) {
  const { head, blocks } = split(text);
  if (blocks.length !== 1 || head || blocks[0].after) return null;
  try {
    return fingerprint(nodeOf(blocks[0], env));
  } catch (error) {
    if (error instanceof Unsure) return null;
    throw error;
  }
}

/**
 * The plainest way to write a node so that it says the same again; undefined if there is none.
 *
 * known   a text that is known to say it
 */
export function written(node, style, env, known = null) {
  const wanted = fingerprint(node);
  for (const way of ways(style)) {
    const text = serialize(node, way);
    if (text === known || saying(text, env) === wanted) return text;
  }
  return undefined;
}

/** Every way to write a block, the plainest first. */
const ways = (style) => [
  ...LEVELS.map((level) => ({ ...style, level })),
  ...LEVELS.map((level) => ({ ...otherSigns(style), level })),
];

/** Write a node that is new. */
export function fresh(node, env, style = {}) {
  if (node.type === "card") return node.attrs.source;
  return written(node, style, env) ?? serialize(node, { ...style, level: LEVELS.at(-1) });
}

/**
 * Write a node that was made of a block of the source.
 *
 * node    what it is now, JSON
 * block   {kind, text, raw, json}: the block, and the node that was made of it
 */
export function rewritten(node, block, env) {
  if (node.type === "card" || block.json.type === "card") return fresh(node, env);
  const style = node.type === block.json.type ? styleOf(block) : {};
  const wanted = fingerprint(node);
  for (const way of ways(style)) {
    for (const text of mixes(node, block, way)) if (saying(text, env) === wanted) return text;
  }
  return fresh(node, env, style);
}

/** What was changed and how it was written, mixed; the last ones give up more of the latter. */
function* mixes(node, block, way) {
  const before = serialize(block.json, way);
  const now = serialize(node, way);
  yield* lineByLine(before, now, block.raw);
  yield* wordByWord(before, now, block.raw);
}

function* wordByWord(before, now, raw) {
  const mine = difference(before, now);
  const theirs = difference(before, raw);
  if (!mine || !theirs) return;
  yield merged(mine, theirs, false);
  yield merged(mine, theirs, true);
  for (const distance of NEAR) yield merged(mine, apartFrom(theirs, mine, distance), false);
}

/** Tables and lists whose lines are those of the source: only lines that changed are mixed. */
function* lineByLine(before, now, raw) {
  const old = before.split("\n");
  const source = raw.split("\n");
  const steps = old.length > 1 && old.length === source.length && changes(old, now.split("\n"));
  if (!steps) return;
  const out = [];
  let at = 0;
  for (const { from, to, words } of steps) {
    out.push(...source.slice(at, from));
    const isSame = to - from === words.length;
    out.push(...words.map((line, i) => (isSame ? oneLine(old[from + i], line, source[from + i]) : line)));
    at = to;
  }
  yield [...out, ...source.slice(at)].join("\n");
}

const oneLine = (before, now, raw) => wordByWord(before, now, raw).next().value ?? now;

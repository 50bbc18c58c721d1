/**
 * Three texts become one, word by word: what the writer changed goes into the source as it was written.
 */

const WORDS = /\n|[^\S\n]+|[\p{L}\p{N}_]+|([^])\1*/gu;
const MOST = 800; // differences; beyond that a text is another one

const wordsOf = (text) => text.match(WORDS) ?? [];

/**
 * Where two lists of words differ: [{from, to, words}], in order; null if they differ too much.
 *
 * Myers' greedy way, between what both begin and end with.
 */
export function changes(before, after) {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const a = before.slice(start, before.length - end);
  const b = after.slice(start, after.length - end);
  if (!a.length && !b.length) return [];
  if (!a.length || !b.length) return [{ from: start, to: start + a.length, words: b }];
  const trace = search(a, b);
  return trace && walkBack(a, b, trace).map(({ from, to, words }) => ({ from: from + start, to: to + start, words }));
}

function search(a, b) {
  const trace = [];
  let ends = new Map([[1, 0]]);
  for (let depth = 0; depth <= Math.min(a.length + b.length, MOST); depth += 1) {
    trace.push(new Map(ends));
    for (let k = -depth; k <= depth; k += 2) {
      const isDown = k === -depth || (k !== depth && (ends.get(k - 1) ?? -1) < (ends.get(k + 1) ?? -1));
      let x = isDown ? ends.get(k + 1) : ends.get(k - 1) + 1;
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x += 1;
        y += 1;
      }
      ends.set(k, x);
      if (x >= a.length && y >= b.length) return trace;
    }
  }
  return null;
}

function walkBack(a, b, trace) {
  const out = [];
  let x = a.length;
  let y = b.length;
  for (let depth = trace.length - 1; depth >= 0; depth -= 1) {
    const ends = trace[depth];
    const k = x - y;
    const isDown = k === -depth || (k !== depth && (ends.get(k - 1) ?? -1) < (ends.get(k + 1) ?? -1));
    const before = isDown ? k + 1 : k - 1;
    const fromX = ends.get(before);
    const fromY = fromX - before;
    while (x > fromX && y > fromY) {
      if (x === (isDown ? fromX : fromX + 1) && y === (isDown ? fromY + 1 : fromY)) break;
      x -= 1;
      y -= 1;
    }
    if (depth > 0) note(out, { from: fromX, to: x, words: b.slice(fromY, y) });
    x = fromX;
    y = fromY;
  }
  return out;
}

/** Put a step before those that are known, as one with the first if they touch. */
function note(out, step) {
  const first = out[0];
  if (first && step.to === first.from && (step.to > step.from || step.words.length)) {
    out[0] = { from: step.from, to: first.to, words: [...step.words, ...first.words] };
  } else {
    out.unshift(step);
  }
}

/** What turns one text into another, ready for `merged`; null if they have nothing in common. */
export function difference(before, after) {
  const words = wordsOf(before);
  const steps = changes(words, wordsOf(after));
  return steps && { words, steps };
}

/** A difference without what lies so near to another one that the two may hang together. */
export function apartFrom(theirs, mine, distance) {
  const isNear = (step) => mine.steps.some(({ from, to }) => step.to >= from - distance && step.from <= to + distance);
  return { ...theirs, steps: theirs.steps.filter((step) => !isNear(step)) };
}

/**
 * Apply both what was changed (`mine`) and how it was written (`theirs`), two differences from the same text.
 *
 * Where both touch the same words, what was changed stands. `isMineFirst` tells which of two things that were put
 * in at one place comes first.
 */
export function merged(mine, theirs, isMineFirst) {
  const { words } = mine;
  let out = "";
  let at = 0;
  let other = 0;
  const put = (step) => {
    out += words.slice(at, step.from).join("") + step.words.join("");
    at = Math.max(at, step.to);
  };
  for (const step of mine.steps) {
    while (other < theirs.steps.length && isBefore(theirs.steps[other], step, isMineFirst)) put(theirs.steps[other++]);
    while (other < theirs.steps.length && overlaps(theirs.steps[other], step)) other += 1;
    put(step);
  }
  while (other < theirs.steps.length) put(theirs.steps[other++]);
  return out + words.slice(at).join("");
}

const isEmpty = ({ from, to }) => from === to;

function isBefore(step, mine, isMineFirst) {
  if (step.to < mine.from) return true;
  if (step.to > mine.from) return false;
  return isEmpty(step) && isEmpty(mine) ? !isMineFirst : true;
}

function overlaps(step, mine) {
  return step.from < mine.to && step.to > mine.from;
}

/**
 * Which block of the source a node of the editor was made of, also after undoing, moving, splitting and joining.
 */

const LEAST = 0.3; // what two nodes must have in common for one to have been made of the other
const SAME_PLACE = 0.5; // what standing in the same place, as the same kind, is worth

/** For each child of the document {entry, isSame}; entry is null for one that is new. */
export function place(doc, map) {
  const places = [];
  const taken = new Set();
  doc.forEach((node) => {
    const entry = map.byNode.get(node);
    places.push(entry && !taken.has(entry) ? { entry, isSame: true } : { entry: null, isSame: false });
    if (entry) taken.add(entry);
  });
  const left = () => map.entries.filter((entry) => !taken.has(entry));
  if (places.some(({ entry }) => !entry) && taken.size < map.entries.length) {
    restored(doc, places, left(), taken);
    edited(doc, places, left());
  }
  return places;
}

/** The numbers of the blocks before and after a place that are known. */
function around(places, at) {
  let before = at - 1;
  while (before >= 0 && !places[before].entry) before -= 1;
  let after = at + 1;
  while (after < places.length && !places[after].entry) after += 1;
  return {
    before: before >= 0 ? places[before].entry.index : -1,
    after: after < places.length ? places[after].entry.index : Infinity,
  };
}

/** Nodes that are equal to what was opened: undone, moved or put back. */
function restored(doc, places, left, taken) {
  const waiting = new Set(left);
  places.forEach((known, at) => {
    if (known.entry) return;
    const node = doc.child(at);
    const equal = [...waiting].filter((entry) => entry.node.eq(node));
    if (!equal.length) return;
    const { before, after } = around(places, at);
    const entry = equal.find(({ index }) => index > before && index < after) ?? equal[0];
    waiting.delete(entry);
    taken.add(entry);
    places[at] = { entry, isSame: true };
  });
}

/** Nodes that were edited: the block in the same place that has most in common with them. */
function edited(doc, places, left) {
  places.forEach((known, at) => {
    if (known.entry) return;
    const { before, after } = around(places, at);
    const near = left.filter(({ index }) => index > before && index < after);
    const node = doc.child(at);
    const gap = gapLength(places, at);
    const ranked = near
      .map((entry, i) => {
        const isInPlace = gap === near.length && i === 0 && node.type === entry.node.type;
        return { entry, score: likeness(node, entry.node) + (isInPlace ? SAME_PLACE : 0) };
      })
      .sort((a, b) => b.score - a.score);
    if (!ranked.length || ranked[0].score < LEAST) return;
    places[at] = { entry: ranked[0].entry, isSame: false };
    left.splice(left.indexOf(ranked[0].entry), 1);
  });
}

/** How many nodes without a block stand here, from this one on. */
function gapLength(places, at) {
  let end = at;
  while (end < places.length && !places[end].entry) end += 1;
  return end - at;
}

/** How much of their text two nodes share at its beginning and end: 0 to 1. */
function likeness(a, b) {
  const one = a.textContent;
  const two = b.textContent;
  const most = Math.min(one.length, two.length);
  let start = 0;
  while (start < most && one[start] === two[start]) start += 1;
  let end = 0;
  while (end < most - start && one.at(-1 - end) === two.at(-1 - end)) end += 1;
  return (start + end) / Math.max(one.length, two.length, 1);
}

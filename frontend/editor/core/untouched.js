/**
 * What was copied from the source, said so that the server can check it: mittkoping/text/untouched.py.
 */

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 of a text's UTF-8, in eight hexadecimal digits. */
export function crc32(text) {
  let value = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8);
  return ((value ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}

/** The runs of lines that are not blank: [{from, to}], places in the text. */
export function chunksOf(text) {
  const chunks = [];
  let at = 0;
  let chunk = null;
  for (const line of text.split("\n")) {
    const end = at + line.length;
    if (!line.trim()) chunk = null;
    else if (chunk) chunk.to = end;
    else chunks.push((chunk = { from: at, to: end }));
    at = end + 1;
  }
  return chunks;
}

/** What of the source is asked for again and again: the places of its blocks, and its chunks by where they begin. */
function known(map) {
  if (map.known.places) return map.known;
  let at = map.head.length;
  map.known.places = map.entries.map(({ raw, after }) => {
    const from = at;
    at += raw.length + after.length;
    return from;
  });
  const chunks = chunksOf(map.source).map(({ from, to }, i) => ({ i, from, to, sum: crc32(map.source.slice(from, to)) }));
  map.known.chunks = new Map(chunks.map((chunk) => [chunk.from, chunk]));
  return map.known;
}

/** What was copied, neighbours as one: [{from, to, base}], places in the text and of its beginning in the source. */
function spansOf(text, copied, map) {
  const { places } = known(map);
  const spans = [];
  for (const { entry, at } of copied) {
    const base = places[entry.index];
    const last = spans.at(-1);
    const gap = last && at - last.to;
    const isInStep = last && at - last.from === base - last.base;
    if (isInStep && text.slice(last.to, at) === map.source.slice(base - gap, base)) last.to = at + entry.raw.length;
    else spans.push({ from: at, to: at + entry.raw.length, base });
  }
  return spans;
}

/** The field: how many chunks the text has, and which of them are chunks of the source. */
export function claim(map, { text, copied }) {
  const chunks = chunksOf(text);
  const spans = spansOf(text, copied, map);
  const told = [String(chunks.length)];
  let span = 0;
  chunks.forEach(({ from, to }, i) => {
    while (span < spans.length && spans[span].to < to) span += 1;
    if (span === spans.length || spans[span].from > from) return;
    const place = spans[span].base + from - spans[span].from;
    const old = known(map).chunks.get(place);
    if (old && old.to - place === to - from) told.push(`${old.i}:${i}:${old.sum}`);
  });
  return told.join(";");
}

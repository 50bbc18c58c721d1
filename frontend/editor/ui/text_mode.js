/**
 * Editing the text as text: whether somebody prefers that in this browser, and where one place is in both.
 */
import { openSource, saveSource } from "../core/index.js";

const KEY = "skrivsatt";
const LOOK_BACK = 24; // characters
const SIGN = "\uA66E"; // a letter, so that it changes little around it, which no Swedish text has

export function prefersText() {
  try {
    return localStorage.getItem(KEY) === "text";
  } catch {
    return false;
  }
}

export function rememberText(isText) {
  try {
    localStorage.setItem(KEY, isText ? "text" : "knappar");
  } catch {
    // Forbidden: asked again next time.
  }
}

/** How far into the source a place in the document is, roughly. */
export function placeInSource(doc, map, position) {
  try {
    const before = saveSource(doc.cut(0, position), map);
    const source = saveSource(doc, map);
    const $position = doc.resolve(position);
    const words = $position.parent.textBetween(0, $position.parentOffset, "", " ").slice(-LOOK_BACK);
    const at = words ? source.lastIndexOf(words, before.length + LOOK_BACK) : -1;
    return Math.abs(at + words.length - before.length) < 2 * LOOK_BACK ? at + words.length : before.trimEnd().length;
  } catch {
    return 0;
  }
}

/** Where in the document a place in its source is, roughly: a sign is put there and looked for. */
export function placeInDocument(source, offset, schema) {
  const at = afterMarkup(source, offset);
  const { doc } = openSource(`${source.slice(0, at)}${SIGN}${source.slice(at)}`, schema);
  let place = 0;
  doc.descendants((node, position) => {
    if (place) return false;
    const before = node.isText ? node.text.indexOf(SIGN) : -1;
    if (before >= 0) place = position + before;
    else if (node.attrs.source?.includes(SIGN)) place = position;
    return !place;
  });
  return place;
}

/** Behind what makes a line a heading, a point or a quotation: before it, the sign would make it something else. */
function afterMarkup(source, offset) {
  const start = source.lastIndexOf("\n", offset - 1) + 1;
  const [markup] = /^[ \t>]*(?:(?:[-*+]|\d+[.)]|#{1,6})[ \t]+|\|[ \t]*)?/.exec(source.slice(start));
  return Math.max(offset, start + markup.length);
}

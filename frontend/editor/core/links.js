/**
 * What stands in the brackets of links and pictures, as Python-Markdown reads it.
 */
import { Unsure } from "./unsure.js";

const IN_ANGLES = /\(\s*<([^<>]*)>\s*(?:('[^']*'|"[^"]*")\s*)?\)/y;
const PLAIN = /\(\s*((?:[^\s()'"<>]|\((?:[^\s()'"<>]|\([^\s()'"<>]*\))*\))*)(?:\s+("[^"]*"|'[^']*'))?\s*\)/y;
const LABEL = /\s?\[([^\]]*)\]/y;

/** The text up to the bracket that closes, brackets within it counted. */
export function textOf(data, from) {
  let depth = 1;
  for (let at = from; at < data.length; at += 1) {
    if (data[at] === "[") depth += 1;
    if (data[at] === "]") depth -= 1;
    if (depth === 0) return { text: data.slice(from, at), end: at + 1 };
  }
  return null;
}

/** (address "title"): the usual forms; a parenthesis that is none of them may yet be one to the library. */
export function address(data, from) {
  if (data[from] !== "(") return null;
  for (const pattern of [IN_ANGLES, PLAIN]) {
    pattern.lastIndex = from;
    const match = pattern.exec(data);
    if (match) {
      const title = match[2] ? match[2].slice(1, -1).trim() : null;
      return { href: match[1].trim(), title, end: from + match[0].length };
    }
  }
  throw new Unsure("an odd address");
}

/** [label] after a text; [] means that the text is the label. */
export function label(data, { text, end }) {
  LABEL.lastIndex = end;
  const match = LABEL.exec(data);
  return match && { label: (match[1] || text).toLowerCase(), end: end + match[0].length };
}

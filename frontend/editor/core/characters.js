/**
 * Characters as Python-Markdown and Python see them.
 */
import { markdownIt } from "./witness.js";

/** What a backslash takes the meaning from. */
export const ESCAPABLE = "\\`*_{}[]()>#+-.!|";

/** A character reference, known or not. */
export const REFERENCE = /&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z0-9]+);/;

const { unescapeAll } = markdownIt.utils;
const ALL_REFERENCES = new RegExp(REFERENCE, "g");

/** Put the characters in the place of references to them; unknown names stay. */
export const decoded = (text) => text.replace(ALL_REFERENCES, (reference) => unescapeAll(reference));

/** Write an ampersand that would be read as the beginning of a reference as one. */
export const encoded = (text) => text.replace(new RegExp(`&(?=${REFERENCE.source.slice(1)})`, "g"), "&amp;");

const TAB = 4;

/** Tabs become spaces up to the next multiple of four; a line of nothing but spaces is empty. */
export function spaced(line) {
  let out = line;
  if (line.includes("\t")) {
    out = "";
    let column = 0;
    for (const char of line) {
      if (char === "\t") {
        const width = TAB - (column % TAB);
        out += " ".repeat(width);
        column += width;
      } else {
        out += char;
        column += 1;
      }
    }
  }
  return /^ +$/.test(out) ? "" : out;
}

/** White space as Python's strip has it: what JavaScript calls so, but no byte order mark. */
export const stripped = (text) => text.replace(/^[^\S\ufeff]+|[^\S\ufeff]+$/g, "");

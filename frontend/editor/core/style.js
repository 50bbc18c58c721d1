/**
 * How a block is written in its source, as far as that cannot be put back word by word.
 */

const SETEXT = /\n(=+|-+)[ ]*$/;

/** What `serialize` should know of a block that it writes anew. */
export function styleOf(block) {
  return { ...formOf(block), linksOutside: /\[[*_]/.test(block.text) };
}

function formOf({ kind, text }) {
  switch (kind) {
    case "heading":
      return { setext: SETEXT.exec(text)?.[1].length };
    case "ul":
      return { bullet: /^ *([*+-])/.exec(text)?.[1] };
    case "ol":
      return { counts: !/^ *(\d+)\.(?:[^\n]*\n)+? {0,3}\1\./.test(text) };
    case "code":
      return { indented: true };
    default:
      return {};
  }
}

/** The same, with the other sign of emphasis: next to a star, only an underscore tells where one ends. */
export const otherSigns = (style) => ({ ...style, underscores: true });

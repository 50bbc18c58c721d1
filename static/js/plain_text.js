/**
 * The plain text of a page as the server reads it from the same HTML, and where each of its characters stands
 * in the document: the same walk as in mittkoping/text/outline.py, in code points.
 */

const HEADINGS = ["H2", "H3", "H4", "H5", "H6"];
const CELLS = new Set(["TD", "TH"]);
const BLOCKS = new Set([
  ...HEADINGS, "BLOCKQUOTE", "DD", "LI", "TD", "TH", "BR", "DIV", "DL", "DT", "HR", "OL", "P", "PRE", "TABLE",
  "TR", "UL",
]);
// What Python takes for white space: not quite what \s means here.
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const SILENT = ".fotnot, .fotnot-tillbaka";
const OURS = ".section-edit, .video-play"; // what scripts have put into the text

/** Reads an element: `plain`, and for each code point of it the text node, and where in that it begins. */
class Reader {
  constructor() {
    this.lines = [];
    this.nodes = [];
    this.offsets = [];
    this.said = [];
    this.length = 0;
  }

  walk(element, isCode = false) {
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) this.text(child, isCode);
      else if (child.nodeType === Node.ELEMENT_NODE) this.element(child, isCode);
    }
  }

  element(element, isCode) {
    if (element.matches(OURS)) return;
    const isCell = CELLS.has(element.tagName);
    const isBlock = BLOCKS.has(element.tagName);
    if (isCell) this.say(" ");
    else if (isBlock) this.endLine();
    if (element.tagName === "IMG") this.say(element.getAttribute("alt") ?? "");
    if (!element.matches(SILENT)) this.walk(element, isCode || element.tagName === "PRE");
    if (isBlock && !isCell) this.endLine();
  }

  text(node, isCode) {
    if (!isCode) {
      this.say(node.data, node);
      return;
    }
    let at = 0;
    for (const [number, line] of node.data.split("\n").entries()) {
      if (number) this.endLine();
      this.say(line, node, at);
      at += line.length + 1;
    }
  }

  say(text, node = null, at = 0) {
    this.said.push({ text, node, at });
  }

  /** White space becomes one space, or none at the ends; a line with nothing on it is none. */
  endLine() {
    const line = [];
    let space = null; // that waits for the next word
    for (const { text, node, at } of this.said) {
      let offset = at;
      for (const character of text) {
        if (SPACE.test(character)) {
          if (line.length) space ??= [" ", node, offset];
        } else {
          if (space) line.push(space);
          line.push([character, node, offset]);
          space = null;
        }
        offset += character.length;
      }
    }
    this.said = [];
    if (line.length) this.add(line);
  }

  add(line) {
    if (this.lines.length) {
      this.nodes.push(null);
      this.offsets.push(0);
    }
    this.lines.push(line.map(([character]) => character).join(""));
    for (const [, node, offset] of line) {
      this.nodes.push(node);
      this.offsets.push(offset);
    }
  }
}

/** Read what an element says. */
export function readPlain(root) {
  const reader = new Reader();
  reader.walk(root);
  reader.endLine();
  return { plain: reader.lines.join("\n"), nodes: reader.nodes, offsets: reader.offsets };
}

/** Where a range of the document is in the plain text: [start, end], or null when it holds no words. */
export function placeOf(range, { nodes, offsets }) {
  let start = -1;
  let end = -1;
  let node = null; // whose part in the range is known
  let from = 0;
  let to = 0;
  for (let index = 0; index < nodes.length; index += 1) {
    if (!nodes[index]) continue;
    if (nodes[index] !== node) {
      node = nodes[index];
      [from, to] = range.intersectsNode(node) ? part(range, node) : [0, 0];
    }
    if (offsets[index] < from || offsets[index] >= to) continue;
    if (start < 0) start = index;
    end = index + 1;
  }
  return start < 0 ? null : [start, end];
}

/** The part of a text node that is in a range. */
function part(range, node) {
  return [
    node === range.startContainer ? range.startOffset : 0,
    node === range.endContainer ? range.endOffset : node.length,
  ];
}

/** The range of the document from one code point of the plain text to another; both stand in text. */
export function rangeOf(start, end, { nodes, offsets }) {
  let [first, last] = [start, end - 1];
  while (first < last && !nodes[first]) first += 1;
  while (last > first && !nodes[last]) last -= 1;
  if (!nodes[first] || !nodes[last]) return null;
  const range = document.createRange();
  range.setStart(nodes[first], offsets[first]);
  const length = nodes[last].data.codePointAt(offsets[last]) > 0xffff ? 2 : 1;
  range.setEnd(nodes[last], offsets[last] + length);
  return range;
}

/**
 * Cleans what Word, LibreOffice, Google Docs, Teams, Outlook, Excel and web pages put on the clipboard: what is left
 * is what the editor's schema holds, and a count of what is not.
 *
 * The kinds of `left`, always in this order; templates/wiki/_paste_words.html has a sentence for each:
 *   image     pictures that are not in our own storage
 *   style     colours, underlining and large letters; counted once
 *   comment   comments in the margin
 *   deletion  text that was struck out, or deleted while changes were tracked
 *   embed     menus, buttons, form fields, films, scripts and other things that a text does not hold
 *   merged    cells that covered several columns or rows: the text is in the first, the others are empty
 *   columns   tables that were cut off, since they had too many columns
 *   contents  tables of contents; counted once
 *   footnote  signs of footnotes whose text was not copied along
 *
 * Nothing is fetched and nothing runs: the HTML is parsed into a document without a window. No function here calls
 * itself to a depth that the pasted text decides.
 */
import { foldBlocks } from "./fold.js";
import { inertRoot } from "./inert.js";
import { findNotes } from "./notes.js";
import { readStyles } from "./styles.js";
import { Reader } from "./reader.js";
import { writeBlocks } from "./write.js";

export const KINDS = ["image", "style", "comment", "deletion", "embed", "merged", "columns", "contents", "footnote"];
const DEEPEST_HEADING = 6;

/**
 * Clean HTML from a clipboard or a document: `{ html, left: [{ kind, count }] }`.
 *
 * topLevel   the level of the highest heading; none below it is skipped
 * document   a document with a window, where there is no global one
 * taken      labels of footnotes that the page has already
 */
export function cleanHtml(html, { topLevel = 2, document = globalThis.document, taken = [] } = {}) {
  const root = inertRoot(html, document);
  const { location } = document.defaultView;
  const reader = new Reader({ styles: readStyles(root), notes: findNotes(root), taken, origin: location.origin });
  reader.read(root.querySelector("body, frameset"));
  const footnotes = reader.footnotes();
  const blocks = foldBlocks(reader.blocks);
  levelHeadings(blocks, topLevel);
  const left = KINDS.filter((kind) => reader.left[kind]).map((kind) => ({ kind, count: reader.left[kind] }));
  return { html: writeBlocks(blocks, footnotes), left };
}

/** Give headings the levels that their nesting has, so that none is skipped whatever the writer chose for looks. */
function levelHeadings(blocks, topLevel) {
  const open = [];
  for (const block of blocks) {
    if (block.type !== "heading") continue;
    while (open.length && open.at(-1) >= block.level) open.pop();
    open.push(block.level);
    block.level = Math.min(topLevel + open.length - 1, DEEPEST_HEADING);
  }
}

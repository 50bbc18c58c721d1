/**
 * Takes in the runs of a text and gives paragraphs.
 *
 * A run is `{ text, strong, em, code, href }`, or one thing without marks: `{ note }`, `{ image }`, `{ isBreak }`.
 */
import { isBlank, spaced, visible } from "./letters.js";
import { leadingMarker, markerNumber } from "./markers.js";

const MARKS = ["href", "strong", "em", "code"];
const PLAIN = { strong: false, em: false, code: false, href: "" };

export const isText = (run) => run.text !== undefined;

export const marksAlike = (one, other) => MARKS.every((mark) => one[mark] === other[mark]);

/** Where blocks are collected: the whole text, an item, a cell, a quote, a footnote. */
export class Sink {
  constructor(depth = 0, list = null) {
    this.depth = depth;
    this.list = list;
    this.blocks = [];
    this.runs = [];
    this.about = null;
  }

  /** `about`: what kind of paragraph the run stands in. */
  add(run, about) {
    if (!this.runs.length) this.about = about;
    this.runs.push(run);
  }

  push(block) {
    this.close();
    this.blocks.push(block);
  }

  /** End the paragraph, if there is one. */
  close() {
    if (!this.runs.length) return;
    const { runs, about } = this;
    this.runs = [];
    for (const block of about.type === "heading" ? heading(runs, about) : paragraphs(runs, about)) this.blocks.push(block);
  }
}

function heading(runs, about) {
  const tidied = tidy(runs.map((run) => (run.isBreak ? { text: " ", ...PLAIN } : { ...run, strong: false })));
  if (tidied.every((run) => run.em || !isText(run))) for (const run of tidied) run.em = false;
  return tidied.length ? [{ type: "heading", level: about.level, runs: tidied }] : [];
}

/** One for each stretch between empty lines; lines that begin with bullets are paragraphs of their own. */
function paragraphs(runs, about) {
  const blocks = [];
  for (const lines of stretches(linesOf(runs))) {
    const marker = about.item ? null : leadingMarker(textOf(lines[0]));
    if (marker) cut(lines[0], marker.length);
    const tidied = joined(lines.map(tidy).filter((line) => line.length));
    if (tidied.length) blocks.push({ type: "paragraph", ...placeOf(about, marker, blocks), runs: tidied });
  }
  return blocks;
}

/** Whether the paragraph is quoted, or an item; the second paragraph of an item goes on with it. */
function placeOf({ item, indent, goesOn, isQuote }, marker, before) {
  if (marker) return { item: { level: indent, number: marker.number } };
  if (!item) return { goesOn, isQuote };
  if (item.isBegun || before.length) return { goesOn: true };
  item.isBegun = true;
  return { item: { level: item.level, number: numberOf(item) } };
}

function numberOf({ number, marker, format }) {
  return number === undefined ? markerNumber(marker, format) : number;
}

function linesOf(runs) {
  const lines = [[]];
  for (const run of runs) {
    if (run.isBreak) lines.push([]);
    else lines.at(-1).push(run);
  }
  return lines;
}

function stretches(lines) {
  const found = [];
  let isNew = true;
  for (const line of lines) {
    const isEmpty = line.every((run) => isText(run) && isBlank(run.text));
    if (!isEmpty && (isNew || leadingMarker(textOf(line)))) found.push([]);
    if (!isEmpty) found.at(-1).push(line);
    isNew = isEmpty;
  }
  return found;
}

/** The beginning of a line: markers are short. */
function textOf(line) {
  let text = "";
  for (const run of line) {
    if (!isText(run) || text.length > 60) break;
    text += run.text;
  }
  return text.slice(0, 60);
}

function cut(line, length) {
  for (let i = 0, left = length; left > 0 && i < line.length; i++) {
    const { text } = line[i];
    line[i] = { ...line[i], text: text.slice(left) };
    left -= text.length;
  }
}

function joined(lines) {
  return lines.flatMap((line, i) => (i ? [{ isBreak: true }, ...line] : line));
}

/** One line of runs with single spaces, none at its ends or at the ends of marks. */
export function tidy(runs) {
  const pieces = [];
  let before = " ";
  for (const run of runs) {
    if (!isText(run)) {
      pieces.push(run);
      before = "";
      continue;
    }
    const text = spaced(visible(run.text), before);
    const rest = before.endsWith(" ") ? text.trimStart() : text;
    if (rest) {
      pieces.push(...withoutEdges({ ...run, text: rest }));
      before = rest.at(-1);
    }
  }
  while (pieces.length && pieces.at(-1).text === " ") pieces.pop();
  return merged(pieces.map((piece, i) => (piece.text === " " ? between(pieces[i - 1], pieces[i + 1]) : piece)));
}

/** Spaces at the ends of a run, as runs of their own. */
function withoutEdges(run) {
  if (run.text === " ") return [run];
  const space = { ...run, text: " " };
  const core = run.text.replace(/^ | $/g, "");
  return [...(run.text.startsWith(" ") ? [space] : []), { ...run, text: core }, ...(run.text.endsWith(" ") ? [space] : [])];
}

/** A space with those marks that both its neighbours have. */
function between(before, after) {
  if (!before || !after || !isText(before) || !isText(after)) return { ...PLAIN, text: " " };
  const common = MARKS.map((mark) => [mark, before[mark] === after[mark] ? before[mark] : PLAIN[mark]]);
  return { ...Object.fromEntries(common), text: " " };
}

function merged(pieces) {
  const runs = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    if (last && isText(last) && isText(piece) && marksAlike(last, piece)) last.text += piece.text;
    else runs.push({ ...piece });
  }
  return runs;
}

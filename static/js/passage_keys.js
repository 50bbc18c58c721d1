/**
 * Choose words of a text with the keys alone: no mouse, and no caret in the page. What is chosen is selected
 * as by a mouse, and said.
 */

import { rangeOf, readPlain } from "./plain_text.js";

const BLOCK = "p, li, td, th, dt, dd, h2, h3, h4, h5, h6, pre, blockquote";
const MAX_SAID = 200; // characters of a long choice that are read out

/** Cut into spans, in code points: [[start, end], …]. */
function spans(characters, segmenter, isWanted = () => true) {
  const found = [];
  let at = 0;
  for (const piece of segmenter.segment(characters.join(""))) {
    const length = [...piece.segment].length;
    if (isWanted(piece) && piece.segment.trim()) found.push([at, at + length - trailing(piece.segment)]);
    at += length;
  }
  return found;
}

function trailing(segment) {
  return [...segment].length - [...segment.trimEnd()].length;
}

/** Lines in which something stands that can be selected. */
function linesOf({ plain, nodes }) {
  const lines = [];
  let at = 0;
  for (const line of plain.split("\n")) {
    const end = at + [...line].length;
    if (nodes.slice(at, end).some(Boolean)) lines.push([at, end]);
    at = end + 1;
  }
  return lines;
}

class Choosing {
  constructor(text, { help, status, onChoose, onEnd }) {
    Object.assign(this, { text, help, status, onChoose, onEnd });
    this.read = readPlain(text);
    const characters = [...this.read.plain];
    this.characters = characters;
    this.lines = linesOf(this.read);
    const language = document.documentElement.lang;
    this.words = spans(characters, new Intl.Segmenter(language, { granularity: "word" }), ({ isWordLike }) => isWordLike);
    this.sentences = spans(characters, new Intl.Segmenter(language, { granularity: "sentence" }));
    this.controller = new AbortController();
  }

  begin() {
    const { signal } = this.controller;
    document.addEventListener("keydown", (event) => this.press(event), { signal });
    this.help.querySelector("[data-end-keys]").addEventListener("click", () => this.end(), { signal });
    this.help.hidden = false;
    this.select(this.lines[this.firstInView()] ?? [0, 0]);
  }

  end() {
    this.controller.abort();
    this.help.hidden = true;
    this.block?.removeAttribute("tabindex");
    this.status.textContent = "";
    document.getSelection().removeAllRanges();
    this.onEnd();
  }

  choose() {
    const chosen = [this.start, this.stop];
    this.end();
    this.onChoose(chosen);
  }

  press(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || !this.text.contains(document.activeElement)) return;
    const deeds = {
      ArrowDown: () => (event.shiftKey ? this.stretch(this.sentences, 1) : this.go(this.lines, 1)),
      ArrowUp: () => (event.shiftKey ? this.stretch(this.sentences, -1) : this.go(this.lines, -1)),
      ArrowRight: () => (event.shiftKey ? this.stretch(this.words, 1) : this.go(this.words, 1)),
      ArrowLeft: () => (event.shiftKey ? this.stretch(this.words, -1) : this.go(this.words, -1)),
      Enter: () => this.choose(),
      Escape: () => this.end(),
    };
    if (!deeds[event.key]) return;
    event.preventDefault();
    deeds[event.key]();
  }

  /** To the next unit, or the one before; from a longer choice, to the first in it. */
  go(units, step) {
    const at = units.findIndex(([start, end]) => start >= this.start || end > this.start);
    const isThere = at >= 0 && units[at][0] === this.start && units[at][1] === this.stop;
    const isInside = at >= 0 && units[at][0] >= this.start && units[at][1] <= this.stop && !isThere;
    const next = units[isInside && step > 0 ? at : (at < 0 ? units.length : at) + step];
    if (next) this.select(next);
  }

  /** More or fewer units at the end. */
  stretch(units, step) {
    const ends = units.map(([, end]) => end);
    const end = step > 0 ? ends.find((each) => each > this.stop) : ends.findLast((each) => each < this.stop);
    if (end > this.start) this.select([this.start, end]);
  }

  select([start, stop]) {
    const range = rangeOf(start, stop, this.read);
    if (!range) return;
    [this.start, this.stop] = [start, stop];
    const selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    this.focus(range);
    const said = this.characters.slice(start, stop);
    const shown = said.length > MAX_SAID ? `${said.slice(0, MAX_SAID).join("")}…` : said.join("");
    this.status.textContent = this.status.dataset.words.replace("[words]", shown);
  }

  /** The paragraph that the choice ends in has the focus, and is in view. */
  focus(range) {
    const element = range.endContainer.parentElement;
    const block = element.closest(BLOCK) ?? element;
    if (block !== this.block) {
      this.block?.removeAttribute("tabindex");
      this.block = block;
      block.tabIndex = -1;
      block.focus({ preventScroll: true });
    }
    block.scrollIntoView({ block: "nearest" });
  }

  firstInView() {
    const at = this.lines.findIndex(([start, end]) => {
      const box = rangeOf(start, end, this.read)?.getBoundingClientRect();
      return box && box.top >= 0 && box.bottom <= innerHeight;
    });
    return Math.max(at, 0);
  }
}

/** Let somebody choose: onChoose gets [start, end] in code points of the plain text; onEnd is called before. */
export function chooseByKeys(text, options) {
  if (options.help.hidden) new Choosing(text, options).begin();
}

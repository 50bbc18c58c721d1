/**
 * Where the blocks of a page begin and end, as Python-Markdown reads them.
 *
 * A block is what can be read alone and gives what it gives in its place: a list with all that belongs to it, a
 * paragraph, a heading in the midst of lines. The texts of the blocks and what stands between them are the source.
 */
import { spaced } from "./characters.js";
import { PATTERNS } from "./grammar.js";
import { isTable } from "./rows.js";

const { SETEXT, HASH, RULE, QUOTE, DEFINITION, FOOTNOTE, ADDRESS, LISTS } = PATTERNS;
const INDENT = "    ";
const NOT_INDENTED = /^[ ]{0,3}[^ :]/;
const FENCE =
  /^(~{3,}|`{3,})[ ]*(?:\{[^\n{}]*\}|(?:\.?[\p{L}\p{N}_#.+-]*[ ]*)?(?:hl_lines=(?:"[^\n]*?"|'[^\n]*?')[ ]*)?)\n(?:[^]*?\n)??\1[ ]*$/gmu;

const lineCount = (text) => text.split("\n").length;

/** Reads lines into units: {kind, from, to}, lines from `from` up to before `to`. */
class Splitter {
  constructor(lines) {
    this.lines = lines;
    this.units = [];
    this.last = null; // the unit whose element is the last one that is shown
  }

  text(from, to) {
    return this.lines.slice(from, to).join("\n");
  }

  add(kind, from, to, isShown = true) {
    const unit = { kind, from, to };
    this.units.push(unit);
    if (isShown) this.last = unit;
  }

  /** What is read belongs to the last element that is shown, and so does all that stands between. */
  extend(to, kind = this.last.kind) {
    this.units.length = this.units.indexOf(this.last) + 1;
    this.last.to = Math.max(to, ...this.units.map((unit) => unit.to));
    this.last.kind = kind;
  }

  /** Lines between fenced code. */
  run(from, to) {
    let start = from;
    while (start < to) {
      if (this.lines[start] === "") {
        start += 1;
        continue;
      }
      start = this.block(start, this.endOf(start, to), to);
    }
  }

  endOf(start, to) {
    let end = start;
    while (end < to && this.lines[end] !== "") end += 1;
    return end;
  }

  /** Read the lines of one block; gives the line where the next begins. */
  block(from, to, limit) {
    let start = from;
    while (start < to) start = this.step(start, to, limit);
    return start;
  }

  /** One processor's work, in the library's order; gives the line where the rest begins. */
  step(from, to, limit) {
    const text = this.text(from, to);
    const last = this.last?.kind;
    if (text.startsWith(INDENT)) {
      if (last === "ul" || last === "ol" || last === "dl") return this.done(() => this.extend(to), to);
      return this.code(from, to);
    }
    if (isTable(text)) return this.done(() => this.add("table", from, to), to);
    const heading = HASH.exec(text);
    if (heading) return this.midst("heading", heading, text, from, limit);
    if (SETEXT.test(text)) return this.done(() => this.add("heading", from, from + 2), from + 2);
    const rule = RULE.exec(text);
    if (rule) return this.midst("rule", rule, text, from, limit);
    for (const tag of ["ol", "ul"]) {
      if (LISTS[tag].first.test(text)) return this.done(() => this.join(tag, from, to), to);
    }
    return this.definition(text, from, to) ?? this.rest(text, from, to, limit);
  }

  rest(text, from, to, limit) {
    const quote = QUOTE.exec(text);
    if (quote) {
      const start = from + this.before(quote, text, from, limit);
      return this.done(() => this.join("quote", start, to), to);
    }
    const note = FOOTNOTE.exec(text);
    if (note) return this.note(note, text, from, to, limit);
    const address = ADDRESS.exec(text);
    if (address) {
      const start = from + this.before(address, text, from, limit);
      const end = start + lineCount(address[0]);
      return this.done(() => this.add("address", start, end, false), end);
    }
    return this.done(() => this.add("paragraph", from, to), to);
  }

  done(deed, next) {
    deed();
    return next;
  }

  join(kind, from, to) {
    if (this.last?.kind === kind) this.extend(to);
    else this.add(kind, from, to);
  }

  /** Read what stands before a match as a block of its own; gives how many lines that is. */
  before({ index }, text, from, limit) {
    if (index === 0) return text.startsWith("\n") ? 1 : 0;
    const count = lineCount(text.slice(0, index).replace(/\n$/, ""));
    this.block(from, from + count, limit);
    return count;
  }

  /** Something of one line, which may have lines before it. */
  midst(kind, match, text, from, limit) {
    const start = from + this.before(match, text, from, limit);
    this.add(kind, start, start + 1);
    return start + 1;
  }

  code(from, to) {
    let end = from;
    while (end < to && this.lines[end].startsWith(INDENT)) end += 1;
    this.join("code", from, end);
    return end;
  }

  /** A definition list, with the paragraph before it if that holds the words that it explains. */
  definition(text, from, to) {
    const match = DEFINITION.exec(text);
    if (!match) return null;
    const hasTerms = text.slice(0, match.index).trim() !== "";
    if (!hasTerms && !this.last) return null;
    let end = from + lineCount(text.slice(0, match.index + match[0].length).replace(/\n$/, ""));
    const after = this.text(end, to);
    if (NOT_INDENTED.test(after)) end = to;
    else while (end < to && (this.lines[end].startsWith(INDENT) || !this.lines[end].trim())) end += 1;
    const isPart = this.last?.kind === "dl" || (!hasTerms && ["paragraph", "fence"].includes(this.last.kind));
    if (isPart) this.extend(end, "dl");
    else this.add("dl", from, end);
    return end;
  }

  /** A footnote, with the lines that follow it and the indented blocks after. */
  note(match, text, from, to, limit) {
    const start = from + (match.index ? this.before(match, text, from, limit) : 0);
    const next = FOOTNOTE.exec(this.text(start + 1, to));
    const isNext = next && next.index >= 0;
    if (isNext) {
      const end = start + 1 + (next.index ? lineCount(this.text(start + 1, to).slice(0, next.index - 1)) : 0);
      this.add("note", start, end, false);
      return end;
    }
    return this.tabbed(start, to, limit);
  }

  tabbed(start, to, limit) {
    let end = to;
    for (let at = to; at < limit;) {
      // After two blank lines the library sees a block that begins with a line end, and no indentation.
      if (this.lines[at] === "") at += 1;
      if (at >= limit || !this.lines[at].startsWith(INDENT)) break;
      const stop = this.endOf(at, limit);
      const found = FOOTNOTE.exec(this.text(at, stop));
      if (found) {
        const count = found.index ? lineCount(this.text(at, stop).slice(0, found.index - 1)) : 0;
        this.add("note", start, at + count, false);
        return at + count;
      }
      end = stop;
      at = stop;
    }
    this.add("note", start, end, false);
    return end;
  }
}

/** Read a source into its lines (tabs and blank lines as the renderer has them) and its units, in order. */
export function unitsOf(source) {
  const lines = source.split("\n").map(spaced);
  // The library leaves the first line as it is.
  if (/^ +$/.test(source.split("\n", 1)[0])) [lines[0]] = source.split("\n", 1);
  const text = lines.join("\n");
  const splitter = new Splitter(lines);
  let line = 0;
  let at = 0;
  for (const match of text.matchAll(FENCE)) {
    const from = line + lineCount(text.slice(at, match.index)) - 1;
    const to = from + lineCount(match[0]);
    splitter.run(line, from);
    splitter.add("fence", from, to);
    line = to - 1;
    at = match.index + match[0].length;
    line = to;
    at = Math.min(at + 1, text.length);
  }
  splitter.run(line, lines.length);
  return { lines, units: splitter.units.sort((a, b) => a.from - b.from) };
}

/** Cut a source into its blocks: {head, blocks: [{kind, raw, text, after}]}; head, raws and afters are the source. */
export function split(source) {
  const { lines, units } = unitsOf(source);
  const starts = [0];
  for (const line of source.split("\n")) starts.push(starts.at(-1) + line.length + 1);
  const end = (unit) => starts[unit.to] - 1;
  const blocks = units.map((unit, i) => ({
    kind: unit.kind,
    raw: source.slice(starts[unit.from], end(unit)),
    text: lines.slice(unit.from, unit.to).join("\n"),
    after: source.slice(end(unit), i + 1 < units.length ? starts[units[i + 1].from] : source.length),
  }));
  return { head: units.length ? source.slice(0, starts[units[0].from]) : source, blocks };
}

/**
 * Emphasis as Python-Markdown reads it (its DelimiterProcessor): which stars and lines belong together.
 *
 * Not CommonMark's rules: only white space decides whether a run may open or close, and an underscore also looks at
 * letters and digits.
 */
import { Unsure } from "./unsure.js";

const WORD = "\\p{L}\\p{N}_";
const OPENING = 0;
const CLOSING = 1;
const EITHER = 2;

const PATTERNS = {
  "*": {
    either: /(?<!^)(?<![\s*])\*+(?![\s*])(?!$)/uy,
    end: /(?<!^)(?<![\s*])\*+/uy,
    start: /\*+(?![\s*])(?!$)/uy,
  },
  _: {
    either: new RegExp(`(?<!^)(?<![\\s_])(?<![${WORD}])_+(?![${WORD}])(?![\\s_])(?!$)`, "uy"),
    end: new RegExp(`(?<!^)(?<![\\s_])_+(?![${WORD}])`, "uy"),
    start: new RegExp(`(?<![${WORD}])_+(?![\\s_])(?!$)`, "uy"),
  },
};
const RUN = /\*+|_+/uy;

/** What a run at that place may do: {kind, end}, or null. */
function boundary(data, at) {
  const patterns = PATTERNS[data[at]];
  for (const [name, kind] of [["either", EITHER], ["end", CLOSING], ["start", OPENING]]) {
    patterns[name].lastIndex = at;
    const match = patterns[name].exec(data);
    if (match) return { kind, end: at + match[0].length };
  }
  return null;
}

/** A run that may open may not pair with one that may do both, by the lengths that they had at first. */
const ruleOf3 = (opener, closer) => (opener + closer) % 3 === 0 && (opener % 3 !== 0 || closer % 3 !== 0);

/** One episode of pairing, from a run that opens until all runs are paired or nothing is left. */
class Pairing {
  constructor(data) {
    this.data = data;
    this.stacks = { "*": [], _: [] };
    this.regions = [];
  }

  get isOpen() {
    return this.stacks["*"].length > 0 || this.stacks._.length > 0;
  }

  /** The next run that could matter: one that can only close does not while none of its kind is open. */
  search(from) {
    for (let at = from; at < this.data.length; at += 1) {
      const token = this.data[at];
      if (token !== "*" && token !== "_") continue;
      const found = boundary(this.data, at);
      if (!found || (!this.stacks[token].length && found.kind !== OPENING)) continue;
      return { ...found, at, token };
    }
    return null;
  }

  /** Note a pair, and forget the runs within it. */
  add(a, b, c, d, size) {
    this.regions.push({ from: a, open: b, close: c, to: d, size });
    for (const stack of Object.values(this.stacks)) {
      while (stack.length) {
        const place = stack.at(-1).from;
        if (Math.max(place, a) > Math.min(place, d - 1)) break;
        stack.pop();
      }
    }
  }

  /** Pair from a first run; false when the library gives up on the rest. */
  run(first, token) {
    this.stacks[token].push(opened(first.at, first.end, first.kind === EITHER));
    let end = first.end;
    while (this.isOpen) {
      const found = this.search(end);
      if (!found) break;
      end = found.end;
      if (!this.meet(found)) break;
    }
  }

  /** What the library does with one more run; false to stop. */
  meet({ at, end, kind, token }) {
    const stack = this.stacks[token];
    const other = this.stacks[token === "*" ? "_" : "*"];
    const isEither = kind === EITHER;
    let start = at;
    let current = end - at;
    let isStart = kind !== CLOSING;
    let isEnd = kind !== OPENING;
    let last = stack.length ? stack.at(-1).left : 0;
    if (stack.length && isEither && current !== last && ruleOf3(stack.at(-1).length, current)) {
      const match = stack.slice(0, -1).reverse().find((run) => run.left === current && !ruleOf3(run.length, current));
      if (match) last = current;
    }
    const fits = () =>
      (current > last && (!isEither || !ruleOf3(stack.at(-1).length, current))) || current === last || current >= 3;
    if (stack.length && isEnd && fits()) {
      isStart = false;
      const original = current;
      while (stack.length && current && last <= current) {
        const run = stack.pop();
        const size = Math.min(run.left, run.left === 3 ? 1 : 2);
        this.add(run.to - size, run.to, start, start + size, size);
        start += size;
        current -= size;
        if (size < run.left) stack.push({ ...run, to: run.to - size, left: run.left - size });
        if (!stack.length) {
          if (other.length) continue;
          isEnd = false;
          break;
        }
        last = stack.at(-1).left;
      }
      if (original >= 3 && current && isEither) {
        stack.push({ from: at + (original - current), to: end, isEither: false, length: original, left: current });
        isEnd = false;
      } else {
        isEnd = current > 0 && stack.length > 0 && last > current;
      }
    }
    if (stack.length && isEnd && (last >= 3 || !isEither) && last > current) {
      let run = stack.pop();
      while (stack.length && run.left !== 3 && run.isEither) {
        run = stack.pop();
        last = run.left;
      }
      if (run.isEither && run.left !== 3) {
        if (!other.length) return false;
        stack.length = 0;
        return true;
      }
      isStart = false;
      let to = run.to;
      while (current) {
        const size = Math.min(current, current === 3 ? 1 : 2);
        this.add(run.from + last - size, to, start, start + size, size);
        start += size;
        current -= size;
        last -= size;
        to -= size;
      }
      if (last) stack.push({ from: run.from, to, isEither: false, length: run.length, left: last });
    }
    if (isStart) stack.push({ from: start, to: end, isEither, length: current, left: current });
    return true;
  }
}

const opened = (from, to, isEither) => ({ from, to, isEither, length: to - from, left: to - from });

/** Text with the pairs in it: a list of strings and {mark, children}. */
function nested(data, regions, from, to) {
  const out = [];
  let at = from;
  while (regions.length && regions[0].from < to) {
    const { from: start, open, close, to: end, size } = regions.shift();
    if (start < at || end > to || open > close) throw new Unsure("emphasis that crosses");
    if (start > at) out.push(data.slice(at, start));
    out.push({ mark: size === 2 ? "bold" : "italic", children: nested(data, regions, open, close) });
    at = end;
  }
  if (at < to) out.push(data.slice(at, to));
  return out;
}

/** Read the emphasis in a text where everything else has been read: a list of strings and {mark, children}. */
export function emphasis(data) {
  const regions = [];
  let at = 0;
  while (at < data.length) {
    if (data[at] !== "*" && data[at] !== "_") {
      at += 1;
      continue;
    }
    const first = boundary(data, at);
    if (!first || first.kind === CLOSING) {
      RUN.lastIndex = at;
      at = first ? first.end : at + RUN.exec(data)[0].length;
      continue;
    }
    const pairing = new Pairing(data);
    pairing.run({ ...first, at }, data[at]);
    const left = [...pairing.stacks["*"], ...pairing.stacks._];
    if (!pairing.regions.length) {
      at = left.length ? Math.max(...left.map((run) => run.to)) : first.end;
      continue;
    }
    pairing.regions.sort((a, b) => a.from - b.from || b.to - a.to);
    check(data, pairing.regions);
    regions.push(...pairing.regions);
    at = Math.max(...pairing.regions.map((region) => region.to));
  }
  return nested(data, regions, 0, data.length);
}

/** With several groups in one episode the library counts on nothing standing between them. */
function check(data, regions) {
  let end = regions[0].to;
  for (const { from, to } of regions) {
    if (from < end) {
      end = Math.max(end, to);
      continue;
    }
    if (/[*_]/.test(data.slice(end, from))) throw new Unsure("loose stars between emphasis");
    end = to;
  }
}

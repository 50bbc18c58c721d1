/**
 * Rows of tables as Python-Markdown and our own tables (mittkoping/text/render.py) cut them.
 */

const LEFT = 1;
const RIGHT = 2;
const LAST_BAR = /(?<!\\)(?:\\\\)*\|$/;
const SIGNS = /(\\\\)|(\\`+)|(`+)|(\\\|)|(\|)/g;
const LINK_WITH_BAR = /(\[\[[^[\]|]*)\|([^[\]|]*\]\])/g;
const HIDDEN = "\x1f";

/** The parts of a row between its bars; `border` tells which outer bars the table has. */
export function cut(row, border) {
  let inner = row;
  if (border) {
    if (inner.startsWith("|")) inner = inner.slice(1);
    inner = inner.replace(LAST_BAR, "");
  }
  const masked = inner.replace(LINK_WITH_BAR, `$1${HIDDEN}$2`);
  return parts(masked).map((part) => part.replaceAll(HIDDEN, "|"));
}

function parts(row) {
  const ticks = [];
  const bars = [];
  for (const match of row.matchAll(SIGNS)) {
    const { index } = match;
    if (match[2]) ticks.push({ length: match[2].length - 1, from: index, to: index + match[2].length - 1, escape: 1 });
    else if (match[3]) ticks.push({ length: match[3].length, from: index, to: index + match[3].length - 1, escape: 0 });
    else if (match[5]) bars.push(index);
  }
  const regions = codeRegions(ticks);
  const good = bars.filter((bar) => !isInside(bar, regions));
  let at = 0;
  const out = good.map((bar) => {
    const part = row.slice(at, bar);
    at = bar + 1;
    return part;
  });
  return [...out, row.slice(at)];
}

function codeRegions(ticks) {
  const regions = [];
  for (let at = 0; at < ticks.length; at += 1) {
    const size = ticks[at].length - ticks[at].escape;
    const found = size ? ticks.findIndex((other, i) => i > at && other.length === size) : -1;
    if (found < 0) continue;
    regions.push([ticks[at].from, ticks[found].to]);
    at = found;
  }
  return regions;
}

function isInside(bar, regions) {
  for (const [from, to] of regions) {
    if (bar < from) return false;
    if (bar <= to) return true;
  }
  return false;
}

/** Whether a block is a table: {border, separator}, or null. */
export function isTable(block) {
  const rows = block.split("\n").map((row) => row.replace(/^ +| +$/g, ""));
  if (rows.length < 2) return null;
  const border = (rows[0].startsWith("|") ? LEFT : 0) | (LAST_BAR.test(rows[0]) ? RIGHT : 0);
  const columns = cut(rows[0], border).length;
  const isColumn = columns === 1 && border && rows.slice(1).every((row) => row.startsWith("|") || LAST_BAR.test(row));
  if (columns < 2 && !isColumn) return null;
  const separator = cut(rows[1], border);
  const isRule = separator.length === columns && /^[|:\- ]*$/.test(separator.join(""));
  return isRule ? { border, separator: separator.map(sideOf) } : null;
}

function sideOf(cell) {
  const text = cell.replace(/^ +| +$/g, "");
  if (text.startsWith(":") && text.endsWith(":")) return "center";
  if (text.startsWith(":")) return "left";
  return text.endsWith(":") ? "right" : null;
}

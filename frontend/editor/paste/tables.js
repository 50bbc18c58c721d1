/**
 * Tables: what is one, which row is its header, and cells that cover several made into single ones.
 */
import { isText, tidy } from "./sink.js";

const MOST_COLUMNS = 60;
const MOST_ADDED = 5000; // cells, in one table: a number in the HTML must not fill the memory
const NOTHING = Object.freeze({ runs: [], isHeader: false });

/** Whether a table only places things on the screen, as those of mails and old pages do. */
export function isLayout(element) {
  if (element.getAttribute("role") === "presentation" || element.querySelector("table")) return true;
  return element.querySelector("h1, h2, h3, h4, h5, h6, pre") !== null
    || (element.rows.length < 2 && (element.rows[0]?.cells.length ?? 0) < 2);
}

/**
 * The block of a table: `{ type, rows: [[{ runs, isHeader }]] }`; null when it is empty. `merged`: cells that were;
 * `isCut`: whether it had more columns than are taken.
 */
export function tableBlock(rows) {
  const { grid, ...told } = unfold(rows.map((row) => ({ ...row, cells: row.cells.map(flatten) })));
  const width = grid.reduce((most, row) => Math.max(most, row.cells.findLastIndex(isFilled) + 1), 0);
  const kept = grid.filter((row) => row.cells.some(isFilled));
  if (!width || !kept.length) return { block: null, ...told };
  const isHeader = isHeaderRow(kept[0]);
  const block = { type: "table", rows: kept.map(({ cells }, i) => rowOf(cells, width, isHeader && i === 0)) };
  return { block, ...told };
}

const isFilled = (cell) => cell !== undefined && cell.runs.length > 0;

function rowOf(cells, width, isHeader) {
  return Array.from({ length: width }, (_, i) => {
    const { runs } = cells[i] ?? NOTHING;
    return { isHeader, runs: isHeader ? tidy(runs.map((run) => ({ ...run, strong: false }))) : runs };
  });
}

/** A row that says so itself, or where all that is said is bold. */
function isHeaderRow({ cells, isHead }) {
  const filled = cells.filter(isFilled);
  return isHead || filled.every((cell) => cell.isHeader)
    || filled.every(({ runs }) => runs.every((run) => !isText(run) || run.strong || run.text === " "));
}

/** One line of what a cell holds: Markdown has no more. */
function flatten({ sink, isHeader, columns, rows, isSpread }) {
  sink.close();
  return { runs: tidy(lineOf(sink.blocks)), isHeader, columns, rows, isSpread };
}

function lineOf(blocks) {
  const parts = blocks.map((block) => {
    if (block.type === "list") return apart(block.items.map(lineOf), ", ");
    if (block.type === "quote") return lineOf(block.blocks);
    if (block.type === "code") return [plain(block.text, { code: true })];
    return (block.runs ?? []).map((run) => (run.isBreak ? plain(" ") : run));
  });
  return apart(parts, " ");
}

function apart(parts, separator) {
  return parts.filter((part) => part.length).flatMap((part, i) => (i ? [plain(separator), ...part] : part));
}

const plain = (text, marks = {}) => ({ text, strong: false, em: false, code: false, href: "", ...marks });

/** Put every cell in its column; those that it covered besides are empty. */
function unfold(rows) {
  const taken = new Map(); // "row" → set of columns that cells from above cover
  let merged = 0;
  let isCut = false;
  let left = MOST_ADDED;
  const grid = rows.map((row, i) => {
    const covered = taken.get(i) ?? new Set();
    const cells = [];
    let column = 0;
    for (const cell of row.cells) {
      while (covered.has(column)) column += 1;
      if (column >= MOST_COLUMNS) {
        isCut ||= isFilled(cell);
        continue;
      }
      const columns = Math.min(cell.columns, MOST_COLUMNS - column);
      const down = Math.min(cell.rows, rows.length - i);
      const isMerged = columns * down > 1 && columns * down <= left;
      if (isMerged) {
        left -= columns * down;
        cover(taken, i, down, column, columns);
        if (cell.runs.length && !cell.isSpread) merged += 1;
      }
      cells[column] = cell;
      column += isMerged ? columns : 1;
    }
    return { cells, isHead: row.isHead };
  });
  return { grid, merged, isCut };
}

function cover(taken, row, down, column, columns) {
  for (let below = row + 1; below < row + down; below++) {
    if (!taken.has(below)) taken.set(below, new Set());
    for (let each = column; each < column + columns; each++) taken.get(below).add(each);
  }
}

/** What one does to tables. Every table of Markdown has a first row of headings. */
import { Fragment } from "@tiptap/pm/model";
import { Selection, TextSelection } from "@tiptap/pm/state";
import { findTable, selectedRect } from "@tiptap/pm/tables";

const BEGIN_WITH = { rows: 3, cols: 2, withHeaderRow: true };
const COMMANDS = [
  "addRowBefore", "addRowAfter", "addColumnBefore", "addColumnAfter", "deleteRow", "deleteColumn", "deleteTable",
];

export function tableDeeds({ editor }) {
  const isInTable = () => editor.isActive("table");
  const command = (name) => ({
    isOff: () => !isInTable() || isHeadingsOnly(editor, name),
    isHidden: () => !isInTable(),
    run: () => editor.chain().focus()[name]().run(),
  });
  return {
    insertTable: {
      isHidden: isInTable,
      isOff: () => editor.isActive("footnoteDef") || !editor.can().insertTable(BEGIN_WITH),
      run: () => editor.chain().focus().insertTable(BEGIN_WITH).run(),
    },
    ...Object.fromEntries(COMMANDS.map((name) => [name, command(name)])),
    headerRow: {
      isHidden: () => !isInTable(),
      isOff: () => !isInTable(),
      isOn: () => hasHeadings(editor.state),
      run: () => toggleHeadings(editor),
    },
    enterCell: { run: () => enterBelow(editor) },
  };
}

const partsOf = (node) => Array.from({ length: node.childCount }, (_, place) => node.child(place));
const isHeading = (row) => row?.firstChild?.type.name === "tableHeader";
const isEmpty = (row) => row.textContent === "" && row.childCount > 0;

/** Whether the first row says what is below it: an empty one in a table with words is there because it must be. */
function hasHeadings({ selection }) {
  const table = findTable(selection.$from);
  if (!table) return false;
  const [first, ...rest] = partsOf(table.node);
  return isHeading(first) && (!isEmpty(first) || rest.every(isEmpty));
}

/** Make the first row one of headings; or put an empty one above it, as Markdown has no tables without. */
function toggleHeadings({ state, view }) {
  const { node, pos } = findTable(state.selection.$from);
  const { tableHeader, tableCell } = state.schema.nodes;
  const changed = (row, change) => row.copy(Fragment.from(partsOf(row).map(change)));
  const as = (row, type) => changed(row, ({ attrs, content }) => type.create(attrs, content));
  const empty = (row) => changed(row, ({ attrs }) => tableHeader.createAndFill(attrs));
  const [first, ...rest] = partsOf(node);
  const [second, ...others] = rest;
  let rows = [as(first, tableHeader), ...rest];
  if (hasHeadings(state)) rows = [empty(first), as(first, tableCell), ...rest];
  else if (isHeading(first) && second) rows = [as(second, tableHeader), ...others];
  const tr = state.tr.replaceWith(pos + 1, pos + node.nodeSize - 1, rows);
  view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(pos + 3))).scrollIntoView());
}

/** The row of headings has nothing above it, and stays as long as the table has other rows. */
function isHeadingsOnly({ state }, name) {
  if (name !== "addRowBefore" && name !== "deleteRow") return false;
  const { top, map } = selectedRect(state);
  const isFirst = top === 0 && isHeading(findTable(state.selection.$from).node.firstChild);
  return isFirst && (name === "addRowBefore" || map.height > 1);
}

/** Enter leads to the cell below; from the last row out of the table. Says whether there is a table. */
function enterBelow({ state, view }) {
  const table = findTable(state.selection.$from);
  if (!table) return false;
  const { map, tableStart, bottom, left } = selectedRect(state);
  const { tr } = state;
  if (bottom < map.height) {
    const cell = tableStart + map.positionAt(bottom, left, table.node);
    tr.setSelection(TextSelection.near(tr.doc.resolve(cell + 1)));
  } else {
    const end = table.pos + table.node.nodeSize;
    const next = tr.doc.resolve(end).nodeAfter;
    if (next?.type.name !== "paragraph") tr.insert(end, state.schema.nodes.paragraph.create());
    tr.setSelection(Selection.near(tr.doc.resolve(end + 1)));
  }
  view.dispatch(tr.scrollIntoView());
  return true;
}

/**
 * What holds in the document whatever was done to it, and what the schema cannot say.
 */
import { Plugin } from "@tiptap/pm/state";
import { findTable } from "@tiptap/pm/tables";

/** A plugin that mends the document after each change, in the same step of undoing. */
const keeping = (mend) => new Plugin({
  appendTransaction: (transactions, _before, { tr, selection }) => {
    if (!transactions.some(({ docChanged }) => docChanged)) return null;
    mend(tr, selection);
    return tr.docChanged ? tr : null;
  },
});

/** Cells stand at the side that the heading of their column has, also those that are new. */
export const alignedCells = () => keeping((tr, { $from }) => {
  const table = findTable($from);
  if (!table) return;
  const sides = table.node.firstChild.content.content.map(({ attrs }) => attrs.align);
  table.node.descendants((node, at, _parent, column) => {
    if (node.type.name === "tableRow") return true;
    const side = sides[column] ?? null;
    if (node.attrs.align !== side) tr.setNodeAttribute(table.start + at, "align", side);
    return false;
  });
});

/**
 * A footnote has one text: of several with one label the first that says something. One that is empty goes, and
 * what was split off by a thing that no footnote holds becomes text.
 */
export const oneTextEach = () => keeping((tr) => {
  const notes = new Map();
  tr.doc.forEach((node, at) => {
    if (node.type.name !== "footnoteDef") return;
    const { label } = node.attrs;
    notes.set(label, [...(notes.get(label) ?? []), { node, at, isEmpty: node.content.size <= 2 }]);
  });
  const others = [...notes.values()].flatMap((same) => {
    const kept = same.find(({ isEmpty }) => !isEmpty) ?? same[0];
    return same.filter((note) => note !== kept);
  });
  for (const { node, at, isEmpty } of others.sort((one, other) => other.at - one.at)) {
    const end = at + node.nodeSize;
    if (isEmpty) tr.delete(at, end);
    else tr.lift(tr.doc.resolve(at + 1).blockRange(tr.doc.resolve(end - 1)), 0);
  }
});

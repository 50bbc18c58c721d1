/** Footnotes: a sign in the text, and what it says at the end. */
import { Fragment, Slice } from "@tiptap/pm/model";
import { TextSelection } from "@tiptap/pm/state";

import { askIn } from "./dialogs.js";

/** Ask what a new footnote says; from one that is there, go to its text. */
export async function askForNote(surface) {
  const { editor, words } = surface;
  const { selection } = editor.state;
  if (selection.node?.type.name === "footnoteRef") return goToNote(surface, selection.node.attrs.label);
  const answer = await askIn(surface.dialog("footnote"), {
    check: ({ note }) => (note.trim() ? {} : { note: words.noteMissing }),
  });
  if (!answer) return surface.focus();
  return insertNote(surface, answer.values.note);
}

function insertNote({ editor }, note) {
  const { schema, doc, tr } = editor.state;
  const label = freeLabel(takenIn(doc));
  const paragraphs = note.trim().split(/\n+/).map((line) =>
    schema.nodes.paragraph.create(null, schema.text(line.trim() || " ")));
  tr.setSelection(TextSelection.near(tr.doc.resolve(tr.selection.to), -1));
  tr.replaceSelectionWith(schema.nodes.footnoteRef.create({ label }), false);
  const place = tr.selection.to;
  tr.insert(tr.doc.content.size, schema.nodes.footnoteDef.create({ label }, paragraphs));
  tr.setSelection(TextSelection.near(tr.doc.resolve(place), -1));
  editor.view.dispatch(tr.scrollIntoView());
  editor.commands.focus();
}

/**
 * What is pasted out of an editor like this one, with other labels for the footnotes that it brings along when
 * the page has footnotes of the same labels: a sign must lead to its own text. Signs whose text was cut out wait
 * for it.
 */
export function renumbered(slice, doc) {
  const taken = takenIn(doc, ({ type, content }) => type.name === "footnoteDef" && content.size > 2);
  const labels = new Map();
  slice.content.descendants(({ type, attrs }) => {
    if (type.name !== "footnoteDef" || !taken.has(attrs.label)) return;
    labels.set(attrs.label, freeLabel(taken));
    taken.add(labels.get(attrs.label));
  });
  if (!labels.size) return slice;
  return new Slice(relabelled(slice.content, labels), slice.openStart, slice.openEnd);
}

function relabelled(fragment, labels) {
  const nodes = [];
  fragment.forEach((node) => {
    const label = node.type.name.startsWith("footnote") && labels.get(node.attrs.label);
    const attrs = label ? { ...node.attrs, label } : node.attrs;
    nodes.push(node.isText ? node : node.type.create(attrs, relabelled(node.content, labels), node.marks));
  });
  return Fragment.from(nodes);
}

/** Remove a footnote that says nothing any more, with its signs; says whether there was one. */
export function removeEmptyNote({ state, view }) {
  const { empty, $from } = state.selection;
  const note = empty && $from.depth > 1 ? $from.node(1) : null;
  if (note?.type.name !== "footnoteDef" || note.content.size > 2) return false;
  const { doc, tr } = state;
  const gone = [[$from.before(1), $from.after(1)]];
  doc.descendants((node, at) => {
    if (node.type.name === "footnoteRef" && node.attrs.label === note.attrs.label) gone.push([at, at + 1]);
  });
  for (const [from, to] of gone.sort(([one], [other]) => other - one)) tr.delete(from, to);
  const place = Math.min(gone.at(-1)[0], tr.doc.content.size);
  tr.setSelection(TextSelection.near(tr.doc.resolve(place), -1));
  view.dispatch(tr.scrollIntoView());
  return true;
}

/** The first number that is not taken. */
function freeLabel(taken) {
  let number = 1;
  while (taken.has(String(number))) number += 1;
  return String(number);
}

const isNote = ({ type }) => type.name === "footnoteRef" || type.name === "footnoteDef";

/** The labels of footnotes, and of what would become one if there were a text for it. */
function takenIn(doc, isTaking = isNote) {
  const taken = new Set();
  doc.descendants((node) => {
    if (isTaking(node)) taken.add(node.attrs.label);
    const words = node.type.name === "card" ? node.attrs.source : node.text ?? "";
    for (const [, label] of words.matchAll(/\[\^([^\]]+)\]/g)) taken.add(label);
  });
  return taken;
}

function goToNote({ editor }, label) {
  let place = null;
  editor.state.doc.descendants((node, at) => {
    if (node.type.name === "footnoteDef" && node.attrs.label === label) place ??= at + node.nodeSize - 2;
  });
  if (place === null) return;
  const { tr } = editor.state;
  editor.view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(place), -1)).scrollIntoView());
  editor.commands.focus();
}

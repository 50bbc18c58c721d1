/** Where the cursor goes when the browser would put it elsewhere. */
import { GapCursor } from "@tiptap/pm/gapcursor";
import { Selection } from "@tiptap/pm/state";

const WITHOUT_END = ["table", "card"];

/** Behind everything, also behind a table or a card, in which browsers would stay. */
export function goToEnd({ state, view }) {
  const { doc, tr } = state;
  const isBehind = WITHOUT_END.includes(doc.lastChild?.type.name);
  const end = isBehind ? new GapCursor(doc.resolve(doc.content.size)) : Selection.atEnd(doc);
  view.dispatch(tr.setSelection(end).scrollIntoView());
  return true;
}

/** At the very beginning, a heading becomes a paragraph; says whether it did. */
export function leaveHeading(editor) {
  const { empty, $from } = editor.state.selection;
  const isFirst = empty && $from.depth === 1 && $from.index(0) === 0 && $from.parentOffset === 0;
  return isFirst && $from.parent.type.name === "heading" && editor.commands.setParagraph();
}

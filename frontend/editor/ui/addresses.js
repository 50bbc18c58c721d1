/** Links to addresses: the dialog that asks for one. */
import { isAllowed } from "../core/addresses.js";
import { askIn } from "./dialogs.js";

const HOST = /^(?:www\.|[\w-]+(?:\.[\w-]+)*\.[a-zåäö]{2,}(?:[/?#]|$))/i;
const MAIL = /^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/;

/** What somebody means who leaves out the beginning. */
function completed(typed) {
  const address = typed.trim();
  if (MAIL.test(address)) return `mailto:${address}`;
  return HOST.test(address) ? `https://${address}` : address;
}

/** Ask where the selected words lead, or the link that the cursor stands in. */
export async function askForAddress(surface) {
  const { editor, words } = surface;
  const isChange = editor.isActive("link");
  if (isChange) editor.commands.extendMarkRange("link");
  const { from, to } = editor.state.selection;
  const before = editor.state.doc.textBetween(from, to, " ");
  const isPlain = isOneText(editor.state, from, to);
  const dialog = surface.dialog("link");
  dialog.querySelector("[data-heading]").textContent = isChange ? words.linkChange : words.linkHeading;
  dialog.querySelector("[data-field='linktext']").hidden = !isPlain;
  const answer = await askIn(dialog, {
    values: { address: editor.getAttributes("link").href ?? "", linktext: before },
    canRemove: isChange,
    check: (values) => errorsIn(values, words, isPlain),
  });
  if (!answer) return surface.focus();
  if (answer.isRemoved) return editor.chain().focus().unsetLink().run();
  const href = completed(answer.values.address);
  const text = answer.values.linktext.trim();
  const chain = editor.chain().focus().setTextSelection({ from, to });
  if (isPlain && text !== before) chain.insertContent({ type: "text", text, marks: marksAt(editor.state, from) })
    .setTextSelection({ from, to: from + text.length });
  return chain.setLink({ href, title: editor.getAttributes("link").title })
    .setTextSelection(from + (isPlain ? text.length : to - from)).unsetMark("link").run();
}

/** Whether the range is text in one block, so that the dialog can show it and put another in its place. */
function isOneText({ doc }, from, to) {
  let isText = doc.resolve(from).sameParent(doc.resolve(to));
  doc.nodesBetween(from, to, (node) => { if (node.isInline && !node.isText) isText = false; });
  return isText;
}

/** What the words are besides a link. */
function marksAt({ doc }, from) {
  const marks = doc.resolve(from).marksAcross(doc.resolve(from + 1)) ?? [];
  return marks.filter(({ type }) => type.name !== "link").map((mark) => mark.toJSON());
}

function errorsIn({ address, linktext }, words, isPlain) {
  const href = completed(address);
  return {
    ...(!href && { address: words.addressMissing }),
    ...(href && !isAllowed(href) && { address: words.addressBad }),
    ...(isPlain && !linktext.trim() && { linktext: words.linkTextMissing }),
  };
}

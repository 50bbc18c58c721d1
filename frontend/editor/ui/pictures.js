/** Pictures and files: chosen, dropped or pasted, sent to the server, and put into the text. */
import { askIn } from "./dialogs.js";
import { sender } from "./uploads.js";

const DECORATIVE = "dekorativ"; // as the server reads it, in the place of a picture's title
const PICTURES = ["image/png", "image/jpeg", "image/webp", "image/gif"];
const FILES = ".pdf,.odt,.ods,.odp,.docx,.xlsx,.pptx,.txt,.csv";

/** Ask for a picture, or for what the one that is selected shows. */
export function askForPicture(surface) {
  const { node } = surface.editor.state.selection;
  return node?.type.name === "image" ? changePicture(surface, node) : addPicture(surface);
}

async function changePicture(surface, node) {
  const { editor } = surface;
  const dialog = dressed(surface, { isNew: false, src: node.attrs.src });
  const answer = await askIn(dialog, {
    values: { alt: node.attrs.alt ?? "", decorative: isDecorative(node.attrs) },
    canRemove: true,
    check: (values) => errorsIn(surface, values, { hasFile: true }),
  });
  if (!answer) return surface.focus();
  if (answer.isRemoved) return editor.chain().focus().deleteSelection().run();
  return editor.chain().focus().updateAttributes("image", describing(answer.values, node.attrs.title)).run();
}

const isDecorative = ({ alt, title }) => !alt && title === DECORATIVE;

/** Whether nobody has said what a picture shows. */
const isSilent = (attrs) => !attrs.alt && attrs.title !== DECORATIVE;

function describing({ alt, decorative }, title = "") {
  if (decorative) return { alt: "", title: DECORATIVE };
  return { alt: alt.trim().replace(/\s*\n\s*/g, " "), title: title === DECORATIVE ? "" : title };
}

/** Ask for a picture, unless there is one already, and put it where the cursor is. */
async function addPicture(surface, file = null) {
  const dialog = dressed(surface, { isNew: true, file });
  const sending = sender(surface, dialog);
  let sent = null;
  const answer = await askIn(dialog, {
    check: async (values) => {
      const chosen = file ?? values.picture;
      const errors = errorsIn(surface, values, { hasFile: Boolean(chosen) });
      if (Object.keys(errors).length) return errors;
      sent = await sending(surface.words.upload, fieldsOf(chosen, values));
      return sent.error ? { [file ? "alt" : "picture"]: sent.error } : {};
    },
  });
  if (!answer) return surface.focus();
  const attrs = { src: sent.url, ...describing(answer.values) };
  surface.editor.chain().focus().insertContent({ type: "image", attrs }).run();
  return surface.announcer.say(surface.words.inserted.replace("[name]", sent.name));
}

function fieldsOf(file, { creator, licence }) {
  return [["file", file], ["creator", creator], ["licence", licence]];
}

function errorsIn({ words }, { alt, decorative }, { hasFile }) {
  return {
    ...(!hasFile && { picture: words.fileMissing }),
    ...(!alt.trim() && !decorative && { alt: words.altMissing }),
    ...(alt.trim() && decorative && { alt: words.altBoth }),
  };
}

/** The dialog of pictures, for a new one or one that is there. */
function dressed(surface, { isNew, file = null, src = "" }) {
  const dialog = surface.dialog("picture");
  const { pictureHeading, pictureChange } = surface.words;
  dialog.querySelector("[data-heading]").textContent = isNew ? pictureHeading : pictureChange;
  dialog.querySelector("[data-field='picture']").hidden = !isNew || file !== null;
  dialog.querySelector("[data-origin]").hidden = !isNew;
  dialog.querySelector("[name='picture']").accept = PICTURES.join(",");
  const preview = dialog.querySelector("[data-preview]");
  preview.hidden = !src;
  if (src) preview.querySelector("img").src = src;
  else preview.querySelector("img").removeAttribute("src");
  dialog.querySelector("[data-file]").textContent = file?.name ?? "";
  return dialog;
}

/** Ask for a file, unless there is one already, and link to it where the cursor is. */
export async function askForFile(surface, file = null) {
  const { editor, words } = surface;
  const dialog = surface.dialog("file");
  dialog.querySelector("[data-field='file']").hidden = file !== null;
  dialog.querySelector("[name='file']").accept = FILES;
  dialog.querySelector("[data-file]").textContent = file?.name ?? "";
  const sending = sender(surface, dialog);
  const { from, to } = editor.state.selection;
  let sent = null;
  const answer = await askIn(dialog, {
    values: { filetext: editor.state.doc.textBetween(from, to, " ") },
    check: async (values) => {
      const chosen = file ?? values.file;
      if (!chosen) return { file: words.fileMissing };
      sent = await sending(words.upload, fieldsOf(chosen, values));
      return sent.error ? { [file ? "filetext" : "file"]: sent.error } : {};
    },
  });
  if (!answer) return surface.focus();
  const text = answer.values.filetext.trim() || sent.name;
  editor.chain().focus()
    .insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href: sent.url } }] })
    .unsetMark("link").run();
  return surface.announcer.say(words.inserted.replace("[name]", sent.name));
}

/** Files that were dropped or pasted, one after the other: pictures are shown, others linked to. */
export async function insertFiles(surface, files) {
  for (const file of files) {
    if (PICTURES.includes(file.type)) await addPicture(surface, file);
    else await askForFile(surface, file);
  }
}

/** Ask for what is in every picture that nobody has described; stops when one says no. */
export async function describePictures(surface) {
  const { editor } = surface;
  const asked = new Set();
  for (;;) {
    let place = null;
    editor.state.doc.descendants(({ type, attrs }, at) => {
      if (type.name === "image" && isSilent(attrs) && !asked.has(attrs.src)) place ??= at;
    });
    if (place === null) return;
    editor.chain().setNodeSelection(place).scrollIntoView().run();
    const { node } = editor.state.selection;
    asked.add(node.attrs.src);
    await changePicture(surface, node);
    const after = editor.state.selection.node?.attrs;
    if (after?.src === node.attrs.src && isSilent(after)) return;
  }
}

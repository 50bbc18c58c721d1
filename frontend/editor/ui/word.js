/** Text out of a Word document: the server reads it, and it lands where the cursor is. */
import { parseMarkdown } from "../core/index.js";
import { askIn } from "./dialogs.js";
import { describePictures } from "./pictures.js";
import { sender } from "./uploads.js";

const TYPE = ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document";

export async function askForWord(surface) {
  const { words, form } = surface;
  const dialog = surface.dialog("word");
  dialog.querySelector("[name='document']").accept = TYPE;
  const sending = sender(surface, dialog);
  const { title } = form.elements;
  const isUntitled = title && !title.disabled && !title.value.trim();
  let read = null;
  const answer = await askIn(dialog, {
    check: async ({ document: file }) => {
      if (!file) return { document: words.fileMissing };
      // A title that is not asked for stands in the text as a heading.
      read = await sending(words.word, [["file", file], ["title", isUntitled ? "1" : ""]]);
      return read.error ? { document: read.error } : {};
    },
  });
  if (!answer) return surface.focus();
  if (read.title && isUntitled) give(title, read.title);
  const content = parseMarkdown(read.body).filter(Boolean);
  if (content.length) surface.editor.chain().focus().insertContent(content).run();
  surface.announcer.say(words.wordInserted, ...read.left_out, ...(read.pictures ? [words.wordPictures] : []));
  return read.pictures ? describePictures(surface) : undefined;
}

function give(field, value) {
  field.value = value;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

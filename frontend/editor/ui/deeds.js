/**
 * What the toolbar, the menus and the keys do: for each deed `run`, and where they say something
 * `isOn`, `isOff` (it cannot be done here) and `isHidden` (nor need it be seen).
 */
import { askForAddress } from "./addresses.js";
import { askForNote } from "./footnotes.js";
import { askForFile, askForPicture } from "./pictures.js";
import { tableDeeds } from "./tables.js";
import { askForLink } from "./wiki_links.js";
import { askForWord } from "./word.js";
import { askIn } from "./dialogs.js";

const NO_BREAKS = ["table", "heading"]; // one line in Markdown
const PLAIN = ["table", "footnoteDef"]; // hold paragraphs and nothing else

export function deedsOf(surface) {
  const { editor } = surface;
  return { ...styles(editor), ...lists(editor), ...tableDeeds(surface), ...dialogs(surface), ...doing(editor) };
}

const chain = (editor) => editor.chain().focus();

const isPlain = (editor) => PLAIN.some((name) => editor.isActive(name));

function styles(editor) {
  const mark = (name, toggle) => ({
    isOn: () => editor.isActive(name),
    isOff: () => editor.isActive("codeBlock"),
    run: () => chain(editor)[toggle]().run(),
  });
  const heading = (level) => ({
    isOn: () => editor.isActive("heading", { level }),
    isOff: () => !editor.can().setHeading({ level }),
    run: () => chain(editor).setHeading({ level }).run(),
  });
  return {
    bold: mark("bold", "toggleBold"),
    italic: mark("italic", "toggleItalic"),
    code: mark("code", "toggleCode"),
    paragraph: { isOn: () => editor.isActive("paragraph"), run: () => chain(editor).setParagraph().run() },
    heading2: heading(2),
    heading3: heading(3),
    heading4: heading(4),
    codeBlock: {
      isOn: () => editor.isActive("codeBlock"),
      isOff: () => !editor.can().toggleCodeBlock(),
      run: () => chain(editor).toggleCodeBlock().run(),
    },
  };
}

function lists(editor) {
  return {
    bulletList: {
      isOn: () => isInnermost(editor, "bulletList"),
      isOff: () => isPlain(editor),
      run: () => chain(editor).toggleBulletList().run(),
    },
    orderedList: {
      isOn: () => isInnermost(editor, "orderedList"),
      isOff: () => isPlain(editor),
      run: () => chain(editor).toggleOrderedList().run(),
    },
    indent: {
      isOff: () => !editor.can().sinkListItem("listItem"),
      run: () => chain(editor).sinkListItem("listItem").run(),
    },
    outdent: {
      isOff: () => !editor.can().liftListItem("listItem"),
      run: () => chain(editor).liftListItem("listItem").run(),
    },
    blockquote: {
      isOn: () => editor.isActive("blockquote"),
      isOff: () => isPlain(editor),
      run: () => chain(editor).toggleBlockquote().run(),
    },
  };
}

/** Whether the list that the cursor stands in is of that kind, and not one around it. */
function isInnermost({ state }, name) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const found = $from.node(depth).type.name;
    if (found === "bulletList" || found === "orderedList") return found === name;
  }
  return false;
}

function dialogs(surface) {
  const { editor } = surface;
  const isInCode = () => editor.isActive("codeBlock");
  return {
    link: { isOn: () => editor.isActive("link"), isOff: isInCode, run: () => askForAddress(surface) },
    wikiLink: { isOff: isInCode, run: () => askForLink(surface) },
    picture: { isOff: isInCode, run: () => askForPicture(surface) },
    footnote: { isOff: isInCode, run: () => askForNote(surface) },
    file: { isOff: isInCode, run: () => askForFile(surface) },
    word: { isOff: () => isPlain(editor), run: () => askForWord(surface) },
    shortcuts: { run: () => askIn(surface.dialog("shortcuts")).then(() => surface.focus()) },
    open: { run: () => openSelected(surface) },
  };
}

/** Open what is selected as one thing; says whether there was such a thing. */
function openSelected(surface) {
  const { selection } = surface.editor.state;
  const name = selection.node?.type.name;
  if (name === "image") surface.do("picture");
  else if (name === "wikiLink") surface.do("wikiLink");
  else if (name === "footnoteRef") surface.do("footnote");
  else if (name === "card") surface.editor.view.nodeDOM(selection.from).querySelector("[data-open]").click();
  else return false;
  return true;
}

function doing(editor) {
  return {
    undo: { isOff: () => !editor.can().undo(), run: () => chain(editor).undo().run() },
    redo: { isOff: () => !editor.can().redo(), run: () => chain(editor).redo().run() },
    divider: {
      isOff: () => isPlain(editor),
      run: () => chain(editor).setHorizontalRule().run(),
    },
    breakLine: {
      run: () => NO_BREAKS.some((name) => editor.isActive(name)) || editor.isActive("codeBlock")
        || editor.commands.setHardBreak(),
    },
  };
}

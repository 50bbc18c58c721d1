/**
 * The keys of the editor, and how they are written: templates/wiki/_editor_shortcuts.html lists them.
 */

import { removeEmptyNote } from "./footnotes.js";
import { goToEnd, leaveHeading } from "./places.js";

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** How keys are called on this machine. */
export function keysHere({ keys = "", mac }) {
  return IS_MAC ? mac ?? keys.replace("Ctrl", "⌘") : keys;
}

/** Deeds that keys lead to. */
const DEEDS = {
  "Mod-Shift-1": "paragraph",
  "Mod-Shift-2": "heading2",
  "Mod-Shift-3": "heading3",
  "Mod-Shift-4": "heading4",
  "Mod-Alt-0": "paragraph",
  "Mod-Alt-2": "heading2",
  "Mod-Alt-3": "heading3",
  "Mod-Alt-4": "heading4",
  "Mod-Shift-8": "bulletList",
  "Mod-Shift-6": "orderedList", // 7 is where Swedish keyboards have the slash
  "Mod-Shift-9": "blockquote",
  "Mod-b": "bold",
  "Mod-i": "italic",
  "Mod-e": "code",
  "Mod-k": "link",
  "Mod-Shift-f": "footnote",
  "Mod-/": "shortcuts",
  "Mod-?": "shortcuts",
};

/** On a Mac, Alt and Shift with an arrow select a word. */
const IN_LISTS = IS_MAC
  ? { "Ctrl-Alt-ArrowRight": "indent", "Ctrl-Alt-ArrowLeft": "outdent" }
  : { "Alt-Shift-ArrowRight": "indent", "Alt-Shift-ArrowLeft": "outdent" };

export function keys(surface) {
  const everywhere = Object.entries(DEEDS).map(([key, deed]) => [key, () => (surface.do(deed), true)]);
  const inLists = Object.entries(IN_LISTS).map(([key, deed]) => [key, () => surface.do(deed)]);
  return {
    ...Object.fromEntries([...everywhere, ...inLists]),
    "Alt-F10": () => (surface.toolbar.focus(), true),
    Enter: () => surface.deeds.open.run() || surface.deeds.enterCell.run(),
    "Shift-Enter": () => surface.deeds.breakLine.run(),
    "Mod-Enter": () => surface.deeds.breakLine.run(),
    [IS_MAC ? "Mod-ArrowDown" : "Mod-End"]: () => goToEnd(surface.editor),
    Backspace: () => removeEmptyNote(surface.editor) || leaveHeading(surface.editor),
    Delete: () => removeEmptyNote(surface.editor),
  };
}

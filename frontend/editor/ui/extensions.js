/**
 * What the editor is made of on the screen: the schema's extensions, with keys, cards and helps.
 */
import { Extension, textblockTypeInputRule, wrappingInputRule } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import { Dropcursor, Placeholder } from "@tiptap/extensions";

import { extensions } from "../core/index.js";
import { CardView } from "./cards.js";
import { keys } from "./shortcuts.js";
import { LinkView } from "./wiki_links.js";

const FIRST_HEADING = 2; // the title of the page is the first

/** Only headings that the page's title leaves, when one writes # and a space. */
const headingRules = {
  addInputRules() {
    return [2, 3, 4].map((level) =>
      textblockTypeInputRule({
        find: new RegExp(`^(#{${level === FIRST_HEADING ? "1,2" : level}})\\s$`),
        type: this.type,
        getAttributes: { level },
      }));
  },
  addKeyboardShortcuts: () => ({}),
};

/** A number begins a list, a year does not. */
const numberRules = {
  addInputRules() {
    return [wrappingInputRule({
      find: /^(\d{1,2})\.\s$/,
      type: this.type,
      getAttributes: ([, number]) => ({ start: Number(number) }),
      joinPredicate: ([, number], node) => node.childCount + node.attrs.start === Number(number),
    })];
  },
};

export function extensionsOf(surface) {
  const changes = {
    heading: headingRules,
    orderedList: numberRules,
    card: { addNodeView: () => ({ node, view, getPos }) => new CardView(surface, node, view, getPos) },
    wikiLink: { addNodeView: () => ({ node }) => new LinkView(surface, node) },
  };
  return [
    ...extensions.map((each) => (changes[each.name] ? each.extend(changes[each.name]) : each)),
    Placeholder.configure({ placeholder: surface.words.placeholder }),
    Dropcursor.configure({ color: false, class: "editor__drop" }),
    screenOf(surface),
  ];
}

/** Keys and clicks. Its keys come before those of the schema's own extensions. */
function screenOf(surface) {
  return Extension.create({
    name: "screen",
    priority: 1000,
    addKeyboardShortcuts: () => keys(surface),
    addProseMirrorPlugins: () => [new Plugin({ props: {
      handleDOMEvents: { keydown: (view, event) => takeKey(surface, view, event) },
      handleKeyDown: (view, event) => surface.completion.press(event),
      handleTextInput: (view, from, to, text) => surface.completion.type(from, to, text),
      handleClickOn: (view, place, node, nodePlace, event, isDirect) =>
        isDirect && clickOn(surface, node, nodePlace),
      handleDoubleClickOn: (view, place, node, nodePlace, event, isDirect) =>
        isDirect && node.type.name === "wikiLink" && (surface.do("wikiLink"), true),
    } })],
  });
}

function clickOn(surface, node, place) {
  if (node.type.name !== "image") return false;
  surface.editor.commands.setNodeSelection(place);
  surface.do("picture");
  return true;
}

/** Tab leads on to the next field; in a table to the next cell, unless Escape was pressed before it. */
function takeKey(surface, view, event) {
  // Keys are faster than the browser, which tells late where somebody has clicked.
  if (!view.composing) surface.settle();
  if (event.key === "Escape") surface.isLeaving = true;
  const isTab = event.key === "Tab" && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (!isTab) {
    if (!["Escape", "Shift"].includes(event.key)) surface.isLeaving = false;
    return false;
  }
  const isInTable = surface.editor.isActive("table") && !surface.isLeaving;
  surface.isLeaving = false;
  return !isInTable;
}

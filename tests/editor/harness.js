/**
 * The editor without its interface, for the tests: opens sources, types into every block, undoes it.
 */
import { Editor, extensions, openSource, readPart, saveSource, untouchedOf } from "/editor.js";

const WORD = /[\p{L}\p{N}]+/u;

const editor = new Editor({ element: document.querySelector("#editor"), injectCSS: false, extensions });
const EditorState = editor.state.constructor;
let map = null;

function open(source) {
  const opened = openSource(source, editor.schema);
  map = opened.map;
  const { plugins } = editor.view.state;
  editor.view.updateState(EditorState.create({ doc: opened.doc, plugins }));
}

const save = () => saveSource(editor.state.doc, map);

/** Where the first word of a block ends, or its text if it has no word; null if nothing can be typed into it. */
function placeIn(node, offset) {
  if (node.type.name === "card") return null;
  let word = null;
  let end = node.isTextblock ? offset + 1 + node.content.size : null;
  node.descendants((child, at) => {
    const place = offset + 1 + at;
    if (child.isTextblock) end ??= place + 1 + child.content.size;
    const found = child.isText && word === null ? WORD.exec(child.text) : null;
    if (found) word = place + found.index + found[0].length;
    return word === null;
  });
  return word ?? end;
}

/** What changed between two texts: {from, to, text}. */
function changed(before, after) {
  let from = 0;
  const most = Math.min(before.length, after.length);
  while (from < most && before[from] === after[from]) from += 1;
  let end = 0;
  while (end < most - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from, to: before.length - end, text: after.slice(from, after.length - end) };
}

/**
 * Open a source, then type a word into each block by itself.
 *
 * saved   what is saved when nothing was done
 * anew    what would be saved if nothing were known of the source: all blocks written anew
 * blocks  of each block {type, from, to}, the places of its raw text, and for those that can be edited {edit}: what
 *         typing changed in the source, {claim}, and {isUndone}: whether undoing gave the source back
 */
function typed(source, word, only = null) {
  open(source);
  const saved = save();
  const places = [];
  editor.state.doc.forEach((node, offset) => places.push({ type: node.type.name, at: placeIn(node, offset) }));
  let from = map.head.length;
  const blocks = map.entries.map(({ raw, after }, i) => {
    const block = { type: places[i].type, from, to: from + raw.length };
    from += raw.length + after.length;
    const isWanted = places[i].at !== null && (only === null || only.includes(i));
    if (isWanted) Object.assign(block, typedAt(places[i].at, word, source));
    return block;
  });
  const anew = saveSource(editor.state.doc, openSource("", editor.schema).map);
  return { saved, blocks, anew, claim: untouched() };
}

function typedAt(place, word, source) {
  const { tr } = editor.state;
  editor.view.dispatch(tr.insertText(word, place));
  const edit = changed(source, save());
  const claim = untouched();
  editor.commands.undo();
  return { edit, claim, isUndone: save() === source };
}

/** What a source becomes when its nodes are changed: `deeds` are [name, …arguments], see DEEDS. */
function done(source, deeds) {
  open(source);
  for (const [name, ...given] of deeds) DEEDS[name](...given);
  return { saved: save(), claim: untouched(), json: editor.getJSON() };
}

const spanOf = (index) => {
  let at = 0;
  for (let i = 0; i < index; i += 1) at += editor.state.doc.child(i).nodeSize;
  return { from: at, to: at + editor.state.doc.child(index).nodeSize };
};

const DEEDS = {
  undo: () => editor.commands.undo(),
  type: (index, word) => {
    const place = placeIn(editor.state.doc.child(index), spanOf(index).from);
    if (place !== null) editor.view.dispatch(editor.state.tr.insertText(word, place));
  },
  remove: (index) => {
    const { from, to } = spanOf(index);
    editor.view.dispatch(editor.state.tr.delete(from, to));
  },
  move: (index, before) => {
    const node = editor.state.doc.child(index);
    const { from, to } = spanOf(index);
    const { tr } = editor.state;
    tr.delete(from, to);
    editor.view.dispatch(tr.insert(tr.mapping.map(spanOf(before).from), node));
  },
  insert: (index, json) => {
    editor.view.dispatch(editor.state.tr.insert(spanOf(index).from, editor.schema.nodeFromJSON(json)));
  },
  /** Write a block as text, and read that again. */
  asText: (index, source) => {
    const { state, schema, view } = editor;
    const { from, to } = spanOf(index);
    view.dispatch(state.tr.replaceWith(from, to, schema.nodes.card.create({ source })));
    view.dispatch(view.state.tr.replaceWith(from, from + 1, readPart(source, view.state.doc, map, schema)));
  },
  /** A new last row of a table, with a word in its first cell. */
  row: (index, word) => {
    editor.chain().setTextSelection(spanOf(index).to - 4).addRowAfter().goToNextCell().insertContent(word).run();
  },
  split: (index) => {
    const place = placeIn(editor.state.doc.child(index), spanOf(index).from);
    editor.view.dispatch(editor.state.tr.split(place));
  },
  join: (index) => editor.view.dispatch(editor.state.tr.join(spanOf(index).to)),
};

/** Put the cursor into the paragraph that is nearest to a part of the page, from 0 to 1. */
function goTo(part) {
  let place = null;
  const wanted = editor.state.doc.content.size * part;
  editor.state.doc.forEach((node, offset) => {
    if (node.type.name === "paragraph" && (place === null || offset < wanted)) place = offset + node.nodeSize - 1;
  });
  editor.commands.focus(place);
}

const untouched = () => untouchedOf(editor.state.doc, map);

window.check = { open, save, typed, done, goTo, untouched };

/**
 * What is pasted or dropped: files are sent to the server, foreign HTML is cleaned, an address becomes a link.
 */
import { closeHistory } from "@tiptap/pm/history";
import { DOMSerializer } from "@tiptap/pm/model";

import { isAllowed } from "../core/addresses.js";
import { cleanHtml } from "../paste/clean.js";
import { renumbered } from "./footnotes.js";

const SIGN = "data-mittkoping"; // copied out of an editor like this one; many others are made of the same library
const OURS = new RegExp(`<[^<>]+ ${SIGN}=`);
const ADDRESS = /^https?:\/\/\S+$/i;
const FILM = /^https?:\/\/(?:www\.|m\.|player\.)?(?:youtube\.com|youtu\.be|youtube-nocookie\.com|vimeo\.com)\//i;

export function pasting(surface) {
  return {
    transformPastedHTML: (html) => (OURS.test(html) ? html : cleaned(surface, html)),
    // What is only moved keeps its labels.
    transformPasted: (slice, view) => (view.dragging ? slice : renumbered(slice, view.state.doc)),
    clipboardSerializer: { serializeFragment: (fragment, options) => signed(surface, fragment, options) },
    handlePaste: (view, event) => {
      // What was typed just before is undone by itself.
      view.dispatch(closeHistory(view.state.tr));
      return takeFiles(surface, event.clipboardData) || linkTo(surface, event.clipboardData);
    },
    handleDrop: (view, event, slice, isMoved) => {
      if (isMoved || !event.dataTransfer?.files.length) return false;
      const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
      if (place) surface.editor.commands.setTextSelection(place.pos);
      event.preventDefault();
      return takeFiles(surface, event.dataTransfer);
    },
  };
}

function signed({ editor }, fragment, options) {
  const copy = DOMSerializer.fromSchema(editor.schema).serializeFragment(fragment, options);
  copy.firstElementChild?.setAttribute(SIGN, "");
  return copy;
}

function cleaned(surface, html) {
  const { html: clean, left } = cleanHtml(html, { taken: labelsIn(surface.editor.state.doc) });
  const { leftOut } = surface.words;
  const kinds = left.map(({ kind, count }) => sentence(kind, count)).filter(Boolean);
  if (kinds.length) surface.announcer.say(`${leftOut} ${kinds.join(", ")}.`);
  else surface.announcer.hush();
  return clean;
}

function sentence(kind, count) {
  const words = document.querySelector("template[data-paste-words]")?.content.querySelector(`[data-kind="${kind}"]`);
  return words?.dataset[count === 1 ? "one" : "many"].replace("[n]", count);
}

function labelsIn(doc) {
  const labels = [];
  doc.descendants(({ type, attrs }) => { if (type.name === "footnoteDef") labels.push(attrs.label); });
  return labels;
}

/** Programs put a picture of a table beside the table: what has words is pasted as words. */
function takeFiles(surface, data) {
  const files = [...(data?.files ?? [])];
  if (!files.length || hasWords(data)) return false;
  surface.takeFiles(files);
  return true;
}

function hasWords(data) {
  const { body } = new DOMParser().parseFromString(data.getData("text/html"), "text/html");
  return Boolean(body.textContent.trim() || data.getData("text/plain").trim());
}

/** An address that is pasted over words makes them a link; by itself it is one. A film's stays as it is. */
function linkTo({ editor }, data) {
  const href = data?.getData("text/plain").trim() ?? "";
  const { empty, $from } = editor.state.selection;
  if (!ADDRESS.test(href) || !isAllowed(href) || $from.parent.type.spec.code) return false;
  if (!empty) return editor.commands.setLink({ href });
  const isFilm = FILM.test(href) && !$from.parent.content.size;
  const marks = isFilm ? [] : [{ type: "link", attrs: { href } }];
  return editor.chain().insertContent({ type: "text", text: href, marks }).unsetMark("link").run();
}

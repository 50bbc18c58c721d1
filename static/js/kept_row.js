/**
 * One copy on the screen: what it is, and the deeds that need no server. templates/wiki/_kept_rows.html and
 * _autosave.html have the words.
 */

import { forget, putBack, valueOf } from "./kept.js";

const TEXTS = ["title", "lead", "body"]; // in this order
const OF_THE_FORM = /^(base|first_base|revision|rubrik|once|tab|seq|draft|counter|tags-[A-Z_]+)$/;

/** Draw a copy from its model; deeds: name → what a button does beside "remove" and "undo". */
export function drawCopy(model, copy, { deeds = {}, whenChanged = () => {} } = {}) {
  const row = model.content.firstElementChild.cloneNode(true);
  for (const at of row.querySelectorAll("[data-at]")) at.textContent = clock(copy.at);
  for (const title of row.querySelectorAll("[data-title]")) title.textContent = copy.title;
  const all = {
    ...deeds,
    remove: () => {
      forget(copy.key);
      change(row, true);
      whenChanged();
    },
    undo: () => {
      putBack(copy);
      change(row, false);
      whenChanged();
    },
  };
  row.addEventListener("click", (event) => {
    const button = event.target.closest("[data-deed]");
    if (button) all[button.dataset.deed]();
  });
  return row;
}

/** Give the copy as a file, made here: its form may be gone. */
export function download(copy) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([asText(copy)], { type: "text/markdown;charset=utf-8" }));
  link.download = `${nameOf(copy)}.md`;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** All that was typed: the texts, and below them each of the other fields with its name. */
function asText(copy) {
  const [title, lead, body] = TEXTS.map((name) => valueOf(copy, name));
  const rest = copy.fields.filter(([name, value]) => value && !TEXTS.includes(name) && !OF_THE_FORM.test(name));
  const facts = rest.map(([name, value]) => `${name}: ${value}`).join("\n");
  return [title && `# ${title}`, lead, body, facts && `---\n${facts}`].filter(Boolean).join("\n\n").concat("\n");
}

function nameOf(copy) {
  return copy.title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "utkast";
}

/** Show that it is gone, with the way back; or that it is there again. The focus stays here. */
function change(row, isGone) {
  row.querySelector("[data-there]").hidden = isGone;
  row.querySelector("[data-gone]").hidden = !isGone;
  row.querySelector(isGone ? "[data-deed='undo']" : "[data-deed='remove']").focus();
}

/** 14.32, or with its day when that is not today. */
function clock(milliseconds) {
  const time = new Date(milliseconds);
  const hours = `${time.getHours()}.${String(time.getMinutes()).padStart(2, "0")}`.padStart(5, "0");
  if (time.toDateString() === new Date().toDateString()) return hours;
  return `${time.toLocaleDateString("sv", { day: "numeric", month: "long" })} ${hours}`;
}

/**
 * Tag words of the page: what is selected leads to the form, which opens on the page itself. Without this one
 * chooses a paragraph in a list, and the form is a page of its own.
 */

import { chooseByKeys } from "./passage_keys.js";
import { placeOf, readPlain } from "./plain_text.js";
import { enhance } from "./tag_form.js";

const LINGER = 300; // milliseconds; a finger that reaches for the button lets go of the selection first
const GAP = 8; // pixels between the words and the button
const text = document.getElementById("sidtext");
const tools = document.querySelector("template[data-passage-tools]");

/** The selection, if all of it stands in the text and it holds words. */
function selectedRange() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const isInside = text.contains(range.startContainer) && text.contains(range.endContainer);
  return isInside && selection.toString().trim() ? range : null;
}

class Tagging {
  constructor() {
    text.after(tools.content.cloneNode(true));
    const holder = text.parentElement;
    this.button = holder.querySelector("[data-tag-selection]");
    this.status = holder.querySelector("[data-passage-status]");
    this.dialog = holder.querySelector("[data-tagging-dialog]");
    this.content = this.dialog.querySelector("[data-dialog-content]");
    this.help = holder.querySelector("[data-passage-keys]");
    this.base = this.button.getAttribute("href");
    this.listen();
  }

  listen() {
    document.addEventListener("selectionchange", () => this.look());
    document.addEventListener("keydown", (event) => this.press(event));
    // Pressing the button would empty the selection before the click.
    this.button.addEventListener("pointerdown", (event) => event.preventDefault());
    this.button.addEventListener("mousedown", (event) => event.preventDefault());
    this.button.addEventListener("click", (event) => this.follow(event));
    this.dialog.addEventListener("click", (event) => {
      if (!event.target.closest("[data-close]")) return;
      event.preventDefault();
      this.dialog.close();
    });
    this.dialog.addEventListener("close", () => this.leave());
    this.link = document.querySelector("[data-tag-by-keyboard]");
    this.link?.addEventListener("click", (event) => this.startKeys(event, this.link));
  }

  /** Show the button where words are selected. */
  look() {
    clearTimeout(this.leaving);
    clearTimeout(this.resting);
    const range = selectedRange();
    if (!range) {
      this.leaving = setTimeout(() => this.hide(), LINGER);
      return;
    }
    this.range = range.cloneRange();
    this.isNew = true;
    this.resting = setTimeout(() => this.offer(), LINGER / 2);
  }

  offer() {
    const place = placeOf(this.range, readPlain(text));
    if (!place || !this.help.hidden) return;
    this.button.href = `${this.base}&start=${place[0]}&end=${place[1]}`;
    const isShown = !this.button.hidden;
    this.button.hidden = false;
    this.stand();
    if (!isShown) this.status.textContent = this.status.dataset.selected;
  }

  /** Below the last of the words; where fingers select, the style sheet has another place for it. */
  stand() {
    const boxes = [...this.range.getClientRects()].filter(({ width }) => width > 0);
    const last = boxes.at(-1) ?? this.range.getBoundingClientRect();
    const around = text.parentElement.getBoundingClientRect();
    const most = around.width - this.button.offsetWidth;
    const left = Math.max(0, Math.min(last.right - around.left - this.button.offsetWidth / 2, most));
    this.button.style.setProperty("--left", `${left}px`);
    this.button.style.setProperty("--top", `${last.bottom - around.top + GAP}px`);
  }

  hide() {
    if (this.button === document.activeElement) return;
    this.button.hidden = true;
    this.status.textContent = "";
  }

  /** The next Tab after selecting leads to the button; once, so that it holds nobody. */
  press(event) {
    const isTab = event.key === "Tab" && !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (!isTab || this.button.hidden || !this.isNew || this.dialog.open || !selectedRange()) return;
    event.preventDefault();
    this.isNew = false;
    this.button.focus();
  }

  follow(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    clearTimeout(this.resting);
    this.offer(); // who is fast means the words that are selected by now
    this.open(this.button.href, this.button);
  }

  /** Where the focus was when the dialog opened, unless that has gone out of sight meanwhile. */
  leave() {
    const isThere = this.returnTo?.isConnected && this.returnTo.checkVisibility({ visibilityProperty: true });
    (isThere ? this.returnTo : this.link)?.focus();
  }

  startKeys(event, link) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    chooseByKeys(text, {
      help: this.help,
      status: this.status,
      onChoose: ([start, end]) => this.open(`${this.base}&start=${start}&end=${end}`, link),
      onEnd: () => link.focus(),
    });
  }

  /** Show the form on the page; where it does not come, go to it. */
  async open(address, returnTo) {
    this.returnTo = returnTo;
    if (this.shown !== address) {
      const form = await fetchForm(address);
      if (!form) {
        location.assign(address);
        return;
      }
      this.content.replaceChildren(form);
      enhance(form);
      this.shown = address;
    }
    this.dialog.showModal();
    this.dialog.scrollTop = 0;
    this.content.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }
}

async function fetchForm(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) return null;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    return document.adoptNode(found.querySelector("[data-tagging]"));
  } catch {
    return null;
  }
}

if (text && tools) new Tagging();

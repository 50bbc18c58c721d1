/**
 * Links in the wiki: how they look in the text, and the dialog that asks where one leads.
 */
import { askIn } from "./dialogs.js";
import { LinkChoice } from "./link_choice.js";

const PREFIXES = { factor: "faktor:", municipality: "kommun:" };
const KINDS = { faktor: "factor", kommun: "municipality" };

/** [[…]] taken apart, as the server does it. */
export function readLink(markdown) {
  const [target, ...text] = markdown.replace(/^\[\[|\]\]$/g, "").split("|");
  const [prefix, ...rest] = target.split(":");
  const kind = rest.length ? KINDS[prefix.trim().toLowerCase()] : undefined;
  const name = (kind ? rest.join(":") : target).trim();
  return { kind: kind ?? "page", name, text: text.join("|").trim() };
}

function writeLink({ kind, name, text }) {
  return `[[${PREFIXES[kind] ?? ""}${name}${text ? `|${text}` : ""}]]`;
}

/** As on the page: in the words that it will have there, and red where there is no page yet. */
export class LinkView {
  constructor(surface, node) {
    this.dom = document.createElement("span");
    this.node = node;
    this.surface = surface;
    this.show();
  }

  async show() {
    const { attrs } = this.node;
    this.dom.className = "wl editor__link";
    this.dom.textContent = attrs.text || attrs.name;
    const html = await this.surface.drawing.draw(writeLink(attrs));
    const drawn = new DOMParser().parseFromString(html, "text/html").querySelector(".wl");
    if (!drawn || this.node.attrs !== attrs) return;
    this.dom.textContent = drawn.textContent;
    this.dom.classList.toggle("saknas", drawn.classList.contains("saknas"));
    this.dom.title = drawn.title;
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    const isSame = node.sameMarkup(this.node);
    this.node = node;
    if (!isSame) this.show();
    return true;
  }

  ignoreMutation() {
    return true;
  }
}

/** Put a link where the cursor is, or in the place of the one that is selected. */
export function insertLink(surface, attrs, range) {
  const content = { type: "wikiLink", attrs };
  const chain = surface.editor.chain().focus();
  (range ? chain.insertContentAt(range, content) : chain.insertContent(content)).run();
}

/** Ask where a link leads. */
export async function askForLink(surface) {
  const { selection, doc } = surface.editor.state;
  const { from, to } = selection;
  const old = selection.node?.type.name === "wikiLink" ? selection.node.attrs : null;
  const words = doc.textBetween(from, to, " ").replace(/[[\]|]/g, "").trim();
  const dialog = surface.dialog("wikiLink");
  const choice = new LinkChoice(surface, dialog);
  const answer = await askIn(dialog, {
    values: { page: old ? `${PREFIXES[old.kind] ?? ""}${old.name}` : words, wikitext: old?.text ?? "" },
    canRemove: old !== null,
    check: ({ page }) => (choice.chosen(page) ? {} : { page: surface.words.pageMissing }),
  });
  choice.close();
  if (!answer) return surface.focus();
  if (answer.isRemoved) return surface.editor.chain().focus().deleteSelection().run();
  const { page, wikitext } = answer.values;
  const text = wikitext.replace(/[[\]|]/g, "").trim();
  const chosen = choice.chosen(page);
  insertLink(surface, { ...chosen, text: text || chosen.text }, { from, to });
}

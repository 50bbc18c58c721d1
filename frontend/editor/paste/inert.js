/**
 * Parses foreign HTML where it can do nothing: in a document without a window, with nothing left in it that our
 * Content Security Policy would have to stop. A browser complains of styles and handlers even where they mean nothing.
 */

const NAME = /<([a-z][^\s/>]*)/iy;
const ATTRIBUTE = /[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"'][^\s>]*|))?/y;
const ACTIVE = /^(?:style$|on)/i;
// <input name="firstChild"> would be what form.firstChild gives.
const NAMED = "form, input, button, select, textarea, output, fieldset, object, embed, iframe, img";

// Elements whose text is no HTML. A style sheet is put into one that holds text only, wherever it stands.
const RAW = /^(?:style|script|textarea|title|xmp|iframe|noembed|noframes)$/;
const ENDS = new Map();

/** Where a style, and a style sheet, stand after parsing. */
export const STYLE = "pasted-style";
export const SHEET = "noframes[pasted-sheet]";

/** The root element of the parsed HTML. */
export function inertRoot(html, document) {
  const root = document.implementation.createHTMLDocument("").documentElement;
  root.innerHTML = disarmed(withoutHeader(html));
  for (const element of root.querySelectorAll(NAMED)) {
    element.removeAttribute("id");
    element.removeAttribute("name");
  }
  return root;
}

/** Without the lines that Windows puts in front, where a browser has not taken them away. */
function withoutHeader(html) {
  return /^\s*Version:[\d.]/.test(html) ? html.slice(Math.max(0, html.indexOf("<"))) : html;
}

/**
 * Styles and handlers under names that mean nothing, style sheets where none is applied. In one pass, so that no text
 * makes it slow; safety does not hang on it, for nothing of this HTML is ever put into the page.
 */
function disarmed(html) {
  const parts = [];
  let at = 0;
  for (let open = html.indexOf("<"); open >= 0; open = html.indexOf("<", at)) {
    parts.push(html.slice(at, open));
    const piece = html.startsWith("<!--", open) ? comment(html, open) : element(html, open);
    parts.push(piece.text);
    at = piece.end;
  }
  return parts.join("") + html.slice(at);
}

function comment(html, open) {
  const end = html.indexOf("-->", open + 2);
  return end < 0 ? { text: "", end: html.length } : { text: html.slice(open, end + 3), end: end + 3 };
}

/** A start tag, and the text of its element where that is no HTML. */
function element(html, open) {
  NAME.lastIndex = open;
  const name = NAME.exec(html)?.[1].toLowerCase();
  if (!name) return { text: "<", end: open + 1 };
  const attributes = disarmedAttributes(html, NAME.lastIndex);
  if (!attributes) return { text: "", end: html.length };
  if (!RAW.test(name) || html.charAt(attributes.end) !== ">") return { ...attributes, text: `<${name}${attributes.text}` };
  const end = endOf(name, html, attributes.end);
  const text = html.slice(attributes.end + 1, end);
  if (name === "style") return { text: `<noframes pasted-sheet>${text}</noframes`, end: Math.min(end + 7, html.length) };
  return { text: `<${name}${attributes.text}>${text}`, end };
}

/** Where the text of such an element ends: there, or nowhere. */
function endOf(name, html, from) {
  if (!ENDS.has(name)) ENDS.set(name, new RegExp(`</${name}(?![\\w-])`, "gi"));
  const ending = ENDS.get(name);
  ending.lastIndex = from;
  return ending.exec(html)?.index ?? html.length;
}

/** Null for a quote that never ends: a browser reads no further either. */
function disarmedAttributes(html, from) {
  const parts = [];
  let end = from;
  ATTRIBUTE.lastIndex = from;
  for (let found = ATTRIBUTE.exec(html); found; found = ATTRIBUTE.exec(html)) {
    const [whole, name, value] = found;
    end = ATTRIBUTE.lastIndex;
    if (value === "" && /["']/.test(html.charAt(end))) return null;
    parts.push(ACTIVE.test(name) ? ` pasted-${whole.replace(/^[\s/]+/, "")}` : whole);
  }
  return { text: parts.join(""), end };
}

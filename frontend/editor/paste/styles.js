/**
 * What the styles of pasted HTML say: those on the element, and those of its classes where the style sheet came along.
 * Word and Excel write much of what a text means there, and nowhere else.
 */
import { SHEET, STYLE } from "./inert.js";

const NEUTRAL = new Set([
  "", "auto", "black", "white", "gray", "grey", "silver", "darkgray", "dimgray", "windowtext", "window", "canvastext",
  "currentcolor", "inherit", "initial", "unset", "transparent", "none", "revert",
]);
const MOST_GREY = 48; // between the strongest and the weakest of red, green and blue
const LARGE = 18; // points
const POINTS = { pt: 1, px: 0.75, in: 72, cm: 28.35, mm: 2.835, pc: 12, em: 12, rem: 12 };
const NONE = new Map();

/** Read the document's style sheets: `{ of(element), list(name) }`. */
export function readStyles(source) {
  const classes = new Map();
  const lists = new Map();
  for (const sheet of source.querySelectorAll(SHEET)) readSheet(sheet.textContent, classes, lists);
  const known = new Map();
  return {
    of: (element) => declared(element, classes, known),
    list: (name) => lists.get(name) ?? NONE,
  };
}

/** By hand, in one pass: a regular expression for rules would take the square of a hostile sheet's length. */
function readSheet(css, classes, lists) {
  for (const rule of withoutComments(css).split("}")) {
    const brace = rule.lastIndexOf("{");
    if (brace < 0) continue;
    const styles = declarations(rule.slice(brace + 1));
    for (const selector of rule.slice(0, brace).split(",").map((part) => part.trim())) {
      if (selector.startsWith("@list ")) lists.set(selector.slice(6).trim(), styles);
      else if (/^\w*\.[\w-]+$/.test(selector)) extend(classes, selector.slice(selector.indexOf(".") + 1), styles);
    }
  }
}

function extend(classes, name, styles) {
  classes.set(name, new Map([...(classes.get(name) ?? NONE), ...styles]));
}

function withoutComments(css) {
  const [first, ...rest] = css.replaceAll("<!--", "").replaceAll("-->", "").split("/*");
  return first + rest.map((part) => (part.includes("*/") ? part.slice(part.indexOf("*/") + 2) : "")).join("");
}

function declarations(text) {
  const found = new Map();
  for (const each of text.split(";")) {
    const colon = each.indexOf(":");
    if (colon > 0) found.set(each.slice(0, colon).trim().toLowerCase(), each.slice(colon + 1).trim().toLowerCase());
  }
  return found;
}

/** Pasted paragraphs repeat the same few styles: each is read once. */
function declared(element, classes, known) {
  const style = element.getAttribute(STYLE) ?? element.getAttribute("style") ?? "";
  const names = classes.size ? (element.getAttribute("class") ?? "") : "";
  if (!style && !names) return NONE;
  const key = `${names}|${style}`;
  if (!known.has(key)) {
    const ofClasses = names.split(/\s+/).flatMap((name) => [...(classes.get(name) ?? NONE)]);
    known.set(key, new Map([...ofClasses, ...declarations(style)]));
  }
  return known.get(key);
}

/** Whether it makes the text bold; undefined: it does not say. */
export function boldness(styles) {
  const weight = styles.get("font-weight");
  if (weight === undefined) return undefined;
  if (/^\d+/.test(weight)) return parseInt(weight, 10) >= 600;
  return { bold: true, bolder: true, normal: false, lighter: false }[weight.split(" ")[0]];
}

/** Whether it makes the text slanted; undefined: it does not say. */
export function slant(styles) {
  const style = styles.get("font-style");
  return style && { italic: true, oblique: true, normal: false }[style.split(" ")[0]];
}

/** Whether readers of the original did not see it. */
export function isHidden(styles) {
  return styles.get("display")?.startsWith("none") || styles.get("visibility") === "hidden"
    || styles.get("mso-hide") === "all";
}

/** What is said with lines through or under the text. */
export function lines(styles) {
  return `${styles.get("text-decoration") ?? ""} ${styles.get("text-decoration-line") ?? ""}`;
}

/** Whether the writer gave the text colour; undefined: it does not say. */
export function colour(styles) {
  const said = ["color", "background", "background-color", "mso-highlight"].filter((name) => styles.has(name));
  return said.length ? said.some((name) => isColour(styles.get(name))) : undefined;
}

/** Whether the writer made the text large; undefined: it does not say. */
export function largeness(styles) {
  const size = points(styles.get("font-size"));
  return size && size >= LARGE;
}

/** Dark and light greys are what ordinary text and paper have. */
function isColour(value) {
  const word = value.split(/[\s(]/, 1)[0];
  if (NEUTRAL.has(word) || word === "var" || word === "url") return false;
  const parts = word.startsWith("#") ? hex(word) : value.match(/[\d.]+/g)?.map(Number);
  if (!parts || parts.length < 3) return true;
  if (parts[3] === 0) return false;
  const shades = parts.slice(0, 3);
  return Math.max(...shades) - Math.min(...shades) > MOST_GREY;
}

function hex(word) {
  const digits = word.length < 6 ? word.slice(1).replace(/./g, "$&$&") : word.slice(1);
  return digits.match(/../g)?.map((pair) => parseInt(pair, 16));
}

/** A length in points; undefined when it is none. */
export function points(length) {
  const found = /^(-?\d+(?:\.\d+)?|-?\.\d+)(pt|px|in|cm|mm|pc|em|rem)\b/.exec(length ?? "");
  return found ? Number(found[1]) * POINTS[found[2]] : undefined;
}

/** How far a paragraph is moved in, in points. */
export function indent(styles) {
  const shorthand = (styles.get("margin") ?? "").split(/\s+/);
  return points(styles.get("margin-left") ?? shorthand[3] ?? shorthand[1] ?? shorthand[0]) ?? 0;
}

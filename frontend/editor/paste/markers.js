/**
 * Bullets and numbers that word processors write into the text of a list's items.
 */

const SPACE = "[\\t\\u00a0 ]";
// A bullet needs a space after it; what may just as well begin a sentence needs a tab, or several hard spaces.
const WIDE = `(?:${SPACE}*\\t${SPACE}*| *\\u00a0${SPACE}+| {1,20}\\u00a0${SPACE}*)`;
const BULLET = new RegExp(`^\\s*[·•▪■◦‣●○➢✓❖\\uf000-\\uf0ff]${SPACE}+`);
const DOUBTFUL = new RegExp(`^\\s*[o§–-]${WIDE}`);
const NUMBER = new RegExp(`^\\s*\\(?(\\d{1,3}|[a-z])[.)]${WIDE}`);
const NUMBERED = /^[\s(]*((?:\d{1,3}\.)*\d{1,3}|[a-zåäö]{1,4})[.):]?\s*$/i;
const BULLETS_OF_LETTERS = new Set(["o", "n", "q", "v", "§", "ø", "ü"]); // in Courier, Wingdings, Symbol

/** The bullet or number that a text begins with: `{ length, number }`; null when there is none. */
export function leadingMarker(text) {
  const bullet = BULLET.exec(text) ?? DOUBTFUL.exec(text);
  if (bullet) return { length: bullet[0].length, number: null };
  const number = NUMBER.exec(text);
  return number && { length: number[0].length, number: numberOf(number[1]) };
}

/** The number that a marker says, as Word writes it before an item; null: it is a bullet. */
export function markerNumber(marker, format) {
  const found = NUMBERED.exec(marker);
  if (format === "bullet" || !found || (!format && BULLETS_OF_LETTERS.has(found[1]))) return null;
  return numberOf(found[1].split(".").at(-1), format);
}

function numberOf(word, format = "") {
  if (/^\d/.test(word)) return Number(word);
  const letters = word.toLowerCase();
  if (format.includes("roman") || letters === "i" || letters.length > 1) return roman(letters);
  return Math.max(1, "abcdefghijklmnopqrstuvwxyzåäö".indexOf(letters) + 1);
}

function roman(letters) {
  const worth = [...letters].map((letter) => ({ i: 1, v: 5, x: 10, l: 50, c: 100 })[letter] ?? 0);
  return Math.max(1, worth.reduce((sum, each, i) => sum + (each < (worth[i + 1] ?? 0) ? -each : each), 0));
}

/**
 * Finds footnotes, and comments in the margin, before the text is read: a sign and its text point at each other.
 */

// A number, a letter or a star, in brackets or not.
const SIGN = /^[\s[(]*(?:\d{1,4}|[a-z]{1,4}|[*†‡§]{1,3})[\s\])]*$/i;
const TO_A_TEXT = /^(?:_ftn|_edn|sdfootnote\d+sym|sdendnote\d+sym|ftnt\d|fn[:-]?\d|cite_note-)/;
const COMMENT = /^(?:cmnt|_msocom_)\d+$/;
const COMMENT_TEXT = /^(?:cmnt_ref|_msoanchor_)\d+$/;

/**
 * `{ signs, texts, backs, dangling, comments, commentTexts }`: signs is a map from a link to the element of its text;
 * the rest are sets of elements.
 */
export function findNotes(source) {
  const places = placesOf(source);
  const found = {
    signs: new Map(), texts: new Set(), backs: new Set(), dangling: new Set(), comments: new Set(), commentTexts: new Set(),
  };
  const answers = new Map();
  for (const link of source.querySelectorAll("a[href*='#']")) {
    const target = targetOf(link);
    if (COMMENT.test(target)) found.comments.add(link);
    else if (COMMENT_TEXT.test(target)) found.commentTexts.add(commentAround(link));
    else findSign(link, target, { places, answers, found });
  }
  return found;
}

function findSign(link, target, { places, answers, found }) {
  if (found.backs.has(link) || !SIGN.test(link.textContent)) return; // the sign comes first, then the way back
  const place = places.get(target);
  const text = place && textAround(place);
  const back = text && !text.contains(link) ? backTo(link, text, answers) : undefined;
  if (back) {
    found.signs.set(link, text);
    found.texts.add(text);
    found.backs.add(back);
  } else if (!place && TO_A_TEXT.test(target)) found.dangling.add(link);
}

/** Elements by their id or name; the first has it. */
function placesOf(source) {
  const places = new Map();
  for (const element of source.querySelectorAll("[id], a[name]")) {
    for (const name of [element.id, element.getAttribute("name")]) {
      if (name && !places.has(name)) places.set(name, element);
    }
  }
  return places;
}

function targetOf(link) {
  const href = link.getAttribute("href");
  return href.slice(href.indexOf("#") + 1);
}

/** What the text of the footnote stands in, when its anchor is only a word in it. */
function textAround(place) {
  if (!place.matches("a, span, sup")) return place;
  const block = place.closest("li, p, dd, div, td");
  const around = block?.parentElement;
  const isOne = around?.matches("div[id^='ftn'], div[id^='edn'], div[id^='sdfootnote'], div[id^='sdendnote']")
    || (around?.matches("div") && around.children.length === 1);
  return isOne ? around : block;
}

/** The link in the footnote's text that leads to the sign, or to what stands close around it. */
function backTo(link, text, answers) {
  if (!answers.has(text)) {
    const backs = [...text.querySelectorAll("a[href*='#']")].map((back) => [targetOf(back), back]);
    answers.set(text, new Map(backs));
  }
  const around = [link, link.parentElement, link.parentElement?.parentElement, ...link.children].filter(Boolean);
  const names = around.flatMap((each) => [each.id, each.getAttribute("name")]).filter(Boolean);
  return names.map((name) => answers.get(text).get(name)).find(Boolean);
}

function commentAround(link) {
  const paragraph = link.closest("p") ?? link;
  const around = paragraph.parentElement;
  return around?.matches("div") && around.children.length === 1 ? around : paragraph;
}

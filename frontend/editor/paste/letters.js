/**
 * The letters of pasted text: those that only word processors need are taken out.
 */

const REFUSED = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const INVISIBLE = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
// Scripts other than Latin, and emoji, need joiners inside words.
const LOOSE_JOINER = /(?<![^\s\p{Script=Latin}\p{P}\u200c\u200d])[\u200c\u200d]+|[\u200c\u200d]+(?![^\s\p{Script=Latin}\p{P}\u200c\u200d])/gu;
const SPACES = /[\s\u2800\u3164]+/g;
const HARD_SPACE = "\u00a0";
const RAISED = new Map([..."0123456789+-()n"].map((plain, i) => [plain, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ"][i]]));
const LOWERED = new Map([..."0123456789+-()"].map((plain, i) => [plain, [..."₀₁₂₃₄₅₆₇₈₉₊₋₍₎"][i]]));
const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\u20e3#*0-9])+$/u;

/** Take out what has no place in our texts; spaces are left. */
export function visible(text) {
  return text.replace(LONE_SURROGATE, "").replace(REFUSED, "").replace(INVISIBLE, "").replace(LOOSE_JOINER, "")
    .normalize("NFC");
}

/** Make every run of spaces one; a lone hard space stays beside a digit ("10 000", "3 §"). `before`: what precedes. */
export function spaced(text, before) {
  return text.replace(SPACES, (space, at) => {
    const around = (text[at - 1] ?? before) + (text[at + 1] ?? "");
    const isHard = (space === HARD_SPACE || space === "\u202f" || space === "\u2009") && text[at + 1];
    return isHard && /\d/.test(around) ? HARD_SPACE : " ";
  });
}

/** Write small digits with their own letters ("m²", "CO₂"), where all of them have such. */
export function shifted(text, way) {
  const table = way === "sup" ? RAISED : LOWERED;
  const letters = [...text.trim()].map((letter) => table.get(letter));
  return letters.length && letters.every(Boolean) ? letters.join("") : text;
}

/** Whether a text is nothing but emoji. */
export function isEmoji(text) {
  return text.length < 30 && EMOJI.test(text) && !/^[#*0-9]+$/.test(text);
}

/** Whether anything can be seen in it. */
export function isBlank(text) {
  return !/[^\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\u2800\u3164\ufeff]/.test(text);
}

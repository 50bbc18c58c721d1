/**
 * Which addresses a text may point at: the same judgement as the server's (mittkoping/text/addresses.py).
 */

const DECEITFUL = /[\x00-\x20\x7f-\xa0\\\u2028\u2029]/;
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const WEB = /^https?:\/\/[^/?#]/i;
const OWN_IMAGE = /^\/media\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*$/;

/** Whether a link may point there: http, https, mailto, tel, or a place on this site. */
export function isAllowed(address) {
  if (DECEITFUL.test(address)) return false;
  const scheme = SCHEME.exec(address)?.[1].toLowerCase();
  if (scheme === undefined) return !address.startsWith("//") && !address.split(/[/?#]/, 1)[0].includes(":");
  return WEB.test(address) || scheme === "mailto" || scheme === "tel";
}

/** Whether an address is a picture in our own storage. */
export const isOwnImage = (address) => OWN_IMAGE.test(address);

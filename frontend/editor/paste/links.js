/**
 * Where pasted links lead, without the stations that only watch who passes.
 */
import { isAllowed, isOwnImage } from "../core/addresses.js";

const LONGEST = 2000;
const MOST_WRAPPINGS = 5;
const WATCHED_HOST = /(?:^|\.)safelinks\.protection\.outlook\.com$|^statics\.teams\.cdn\.office\.net$/;
const GOOGLE = /(?:^|\.)google\.[a-z]{2,3}(?:\.[a-z]{2})?$/;
const FACEBOOK = /^l\.(?:facebook|instagram)\.com$/;

/** The address that a link really leads to; empty when texts may not point there. */
export function realAddress(written, origin) {
  let address = written.trim().replace(/[\t\n\r]/g, "");
  for (let i = 0; i < MOST_WRAPPINGS; i++) {
    const inner = unwrapped(address);
    if (!inner) break;
    address = inner;
  }
  if (address.length > LONGEST || !/^(?:https?|mailto|tel):/i.test(address)) return "";
  const url = parsed(address);
  if (!url) return "";
  if (origin && url.origin === origin) return url.pathname + url.search + url.hash;
  const readable = /[<>"`{}|^]/.test(address) || !isAllowed(address) ? url.href : address;
  return isAllowed(readable) ? readable : "";
}

/** What a link through another's gate really leads to. */
function unwrapped(address) {
  if (!/^https?:/i.test(address)) return null;
  const url = parsed(address);
  if (!url) return null;
  const { hostname, pathname, searchParams } = url;
  let inner = null;
  if (WATCHED_HOST.test(hostname)) inner = searchParams.get("url");
  else if (GOOGLE.test(hostname) && pathname === "/url") inner = searchParams.get("q") ?? searchParams.get("url");
  else if (FACEBOOK.test(hostname) && pathname === "/l.php") inner = searchParams.get("u");
  return inner && /^(?:https?|mailto|tel):/i.test(inner) ? inner : null;
}

/** The place of a picture in our own storage; empty when it is somewhere else. */
export function ownPicture(written, origin) {
  const url = origin && origin !== "null" ? parsed(written, origin) : null;
  return url && url.origin === origin && isOwnImage(url.pathname) ? url.pathname : "";
}

function parsed(address, base) {
  return URL.canParse(address, base) ? new URL(address, base) : null;
}

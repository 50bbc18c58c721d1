/**
 * The browser's copy of what somebody has typed and the server does not have: one for each user, form and
 * window. That there is one says that the server has not got it; nobody but that user is shown it.
 *
 * A copy: { key, user, path, fields: [[name, value], …], title, at: milliseconds, isSending }; isSending: it was
 * on its way when the window was left, and may have arrived.
 */

const MARK = "utkast";

/** Storage, or nothing where the browser forbids it. */
function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

export function keyOf(user, path, tab) {
  return [MARK, user, path, tab].join(":");
}

/** Write a copy in the place of what the key had; says whether there was room for it. */
export function keep(key, { fields, title, isSending }) {
  try {
    storage().setItem(key, JSON.stringify({ fields, title, isSending, at: Date.now() }));
    return true;
  } catch {
    return false; // forbidden, or full: what was kept before is older, and better than nothing
  }
}

/** Put a copy back that was thrown away. */
export function putBack({ key, fields, title, isSending, at }) {
  try {
    storage().setItem(key, JSON.stringify({ fields, title, isSending, at }));
  } catch {
    // There was room a moment ago.
  }
}

export function forget(key) {
  storage()?.removeItem(key);
}

/** Erase a copy unless its window has written a newer one in its place. */
export function forgetAsItWas({ key, at }) {
  const store = storage();
  if (store && read(store, key)?.at === at) store.removeItem(key);
}

/** All copies of a user, the oldest first. */
export function copiesOf(user) {
  const store = storage();
  const keys = store ? Object.keys(store).filter((key) => key.startsWith(`${MARK}:${user}:`)) : [];
  return keys.map((key) => read(store, key)).filter(Boolean).sort((one, other) => one.at - other.at);
}

function read(store, key) {
  try {
    const copy = JSON.parse(store.getItem(key));
    const [, user, path] = key.split(":");
    return Array.isArray(copy.fields) && path.startsWith("/") ? { ...copy, key, user, path } : null;
  } catch {
    return null;
  }
}

/** The first value that a field has in a copy. */
export function valueOf(copy, name) {
  return copy.fields.find(([each]) => each === name)?.[1] ?? "";
}

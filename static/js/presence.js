/**
 * Says that this window has the page open for writing, and shows who else has: wiki/views/presence.py answers.
 * Without this the form shows who was there when it was drawn.
 */

const SECOND = 1000;
const VISIBLE_EVERY = 15 * SECOND; // it runs out after 45
const HIDDEN_EVERY = 60 * SECOND; // and after 150; browsers wake hidden windows no more often
const PATIENCE = 10 * SECOND;
// Some browsers hide a window on closing it: that is no reason to say that it is there.
const SETTLED_AFTER = 1 * SECOND;

const region = document.querySelector("[data-presence]");
const form = document.querySelector("form[data-edit]");
// By chance, also where crypto.randomUUID is missing: on plain http.
const tab = [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("-");

let isHere = true;
let timer;
let asking = new AbortController();

/** What is sent. Base and token are read each time: other scripts may renew them. */
function bodyOf(said) {
  const { base, csrfmiddlewaretoken } = form.elements;
  return new URLSearchParams({
    csrfmiddlewaretoken: csrfmiddlewaretoken.value, base: base.value, tab, ...said,
  });
}

function pingIn(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(ping, milliseconds);
}

/** Say that the window is here, and show what is answered. A server that does not answer is asked again later. */
async function ping() {
  pingIn(document.hidden ? HIDDEN_EVERY : VISIBLE_EVERY);
  asking.abort();
  const mine = new AbortController();
  asking = mine;
  const patience = setTimeout(() => mine.abort(), PATIENCE);
  try {
    const answer = await fetch(region.dataset.presence, {
      method: "POST",
      body: bodyOf({ hidden: Number(document.hidden) }),
      headers: { "X-Requested-With": "fetch" },
      signal: mine.signal,
    });
    if (answer.ok) show(await answer.text());
  } catch {
    // What was last heard stays on the screen.
  } finally {
    clearTimeout(patience);
  }
}

/** Change only what has changed: a screen reader says that, and nothing else. */
function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-presence]");
  if (!fresh) return;
  const before = new Map([...region.children].map((line) => [line.dataset.key, line]));
  let last = null;
  for (const line of [...fresh.children]) {
    const old = before.get(line.dataset.key);
    before.delete(line.dataset.key);
    if (old?.textContent === line.textContent) {
      last = old;
      continue;
    }
    if (old) old.replaceWith(line);
    else if (last) last.after(line);
    else region.prepend(line);
    last = line;
  }
  const left = [...before.values()].map((line) => line.dataset.left).filter(Boolean);
  for (const line of before.values()) line.remove();
  tellOfVersion();
  if (left.length) region.querySelector("[data-key='left']").textContent = left.join(" ");
}

/** Tell other scripts that somebody has published meanwhile. */
function tellOfVersion() {
  const line = region.querySelector("[data-number]");
  if (!line) return;
  const { number, by } = line.dataset;
  const detail = { number: Number(number), by, compare: line.querySelector("a").getAttribute("href") };
  document.dispatchEvent(new CustomEvent("newer-version", { detail }));
}

/** Nobody is to be seen where nobody is any more. */
function leave() {
  isHere = false;
  clearTimeout(timer);
  asking.abort();
  navigator.sendBeacon(region.dataset.presence, bodyOf({ leave: 1 }));
}

if (region && form) {
  ping();
  document.addEventListener("visibilitychange", () => {
    if (isHere) pingIn(document.hidden ? SETTLED_AFTER : 0);
  });
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    isHere = true;
    ping();
  });
}

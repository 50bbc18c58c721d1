/**
 * Sends what stands in a form to the server as a draft, also when the token of the form has grown old:
 * wiki/views/drafting.py answers.
 */

const PATIENCE = 20 * 1000; // milliseconds
const TOKEN = "csrfmiddlewaretoken";

/**
 * Send the fields ([[name, value], …]) to the form's own address, for a user, and say what came of it: { kind, … }.
 *
 * "saved"      with draft, counter, at, is_forked, newest
 * "sent"       with url: the form was sent meanwhile
 * "refused"    with error: a sentence
 * "signed-out", "other-user": who is signed in is not who has written this
 * "failed"     the server could not be reached, or not do it just now
 *
 * isDoubtful: the session may have ended; asked first, so that a large text is not sent in vain.
 */
export async function sendDraft(address, fields, user, { isDoubtful = false } = {}) {
  try {
    let answer = isDoubtful ? null : await post(address, fields);
    if (!answer || answer.status === 403) {
      const who = await renewToken(address, user);
      if (who) return { kind: who };
      answer = await post(address, fields);
    }
    return await understand(answer);
  } catch {
    return { kind: "failed" };
  }
}

/** Send it while the window closes: short texts only, for browsers take no longer ones along. Nobody waits. */
export function sendOnLeaving(address, fields) {
  post(address, fields, { keepalive: true }).catch(() => {});
}

function post(address, fields, options = {}) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.set("do", "draft");
  body.set(TOKEN, document.querySelector(`[name='${TOKEN}']`).value);
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  return fetch(address, {
    method: "POST", body, headers: { Accept: "application/json" }, signal: patience.signal, ...options,
  }).finally(() => clearTimeout(timer));
}

/** What the server has said. A page instead of an answer to a script says no more than its status. */
async function understand(answer) {
  const said = await answer.json().catch(() => null);
  if (answer.ok && said?.is_sent) return { kind: "sent", ...said };
  if (answer.ok && said?.draft) return { kind: "saved", ...said };
  if (answer.status === 429 || answer.status >= 500 || answer.ok) return { kind: "failed" };
  return { kind: "refused", error: said?.error ?? "" };
}

/**
 * Give every form of this window a token that holds; somebody who signs in gets another one.
 *
 * Says nothing when that went well, else why not.
 */
async function renewToken(address, user) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const there = new DOMParser().parseFromString(await answer.text(), "text/html");
  const whose = there.querySelector("[data-sign-out]");
  if (!whose) return answer.status >= 500 ? "failed" : "signed-out";
  if (whose.dataset.signOut !== user) return "other-user";
  const fresh = whose.elements[TOKEN].value;
  for (const token of document.getElementsByName(TOKEN)) token.value = fresh;
  return "";
}

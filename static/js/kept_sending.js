/**
 * Sends what the browser has kept to where it belongs, as drafts: wherever a person comes next, not only to the
 * form that it was typed in, for that may have got another address, or be gone.
 */

import { sendDraft } from "./draft_sending.js";
import { forgetAsItWas } from "./kept.js";

/** Send copies of a user; says of each what came of it: [{ copy, kind, … }], as sendDraft says it. */
export function sendCopies(copies, user) {
  return Promise.all(copies.map(async (copy) => {
    const answer = await sendDraft(copy.path, copy.fields, user);
    if (isThere(answer)) forgetAsItWas(copy);
    return { copy, ...answer };
  }));
}

/** Whether the server has it. */
export function isThere({ kind }) {
  return kind === "saved" || kind === "sent";
}

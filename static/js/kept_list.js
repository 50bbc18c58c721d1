/**
 * Mina utkast: what the browser has kept becomes drafts, and what the server does not take is shown here, where
 * it can be taken care of. templates/wiki/_kept_rows.html has the words.
 */

import { copiesOf } from "./kept.js";
import { download, drawCopy } from "./kept_row.js";
import { sendCopies } from "./kept_sending.js";

/** Show copies in the list of a notice. */
export function listCopies(notice, copies, whenChanged) {
  const model = notice.querySelector("template");
  const rows = copies.map((copy) => (
    drawCopy(model, copy, { deeds: { download: () => download(copy) }, whenChanged })
  ));
  notice.querySelector("ul").replaceChildren(...rows);
  notice.hidden = false;
}

async function sendAndTell(notice) {
  const { user } = notice.dataset;
  const sent = await sendCopies(copiesOf(user), user);
  const left = copiesOf(user);
  if (sent.some(({ kind }) => kind === "saved") && left.length < sent.length) location.reload(); // it is in the list
  else if (left.length) listCopies(notice, left);
}

const notice = document.querySelector("[data-kept-list]");
if (notice) sendAndTell(notice);

/**
 * Offers what the browser has kept and the server did not have, above a form: templates/wiki/_autosave.html has
 * the words.
 */

import { isReloaded, standsInForm } from "./form_window.js";
import { copiesOf } from "./kept.js";
import { drawCopy } from "./kept_row.js";
import { isThere, sendCopies } from "./kept_sending.js";

const form = document.querySelector("form[data-edit]");
const NOT_RESTORED = new Set(["tab", "seq"]); // of the window that is gone

/** Send all that there is, whatever form it comes from, and offer what concerns the writer. */
export async function offerKept() {
  const { user } = form.dataset;
  const waiting = copiesOf(user).filter((copy) => !standsInForm(copy));
  for (const { copy, kind, draft } of await sendCopies(waiting, user)) {
    if (kind === "saved") offerDraft(copy, String(draft));
    // What belongs elsewhere and was not taken is offered among the drafts.
    else if (!isThere({ kind }) && copy.path === location.pathname) offer(copy);
  }
  if (isReloaded && history.state?.draft) offerTypedSince(String(history.state.draft));
}

/** A form that was sent and loaded again shows what was sent; what was typed since is in the draft. */
function offerTypedSince(draft) {
  if (isLinked(draft)) return;
  const section = modelOf("since").content.firstElementChild.cloneNode(true);
  section.querySelector("[data-open]").href = `${location.pathname}?utkast=${draft}`;
  form.before(section);
}

/** What the browser had is a draft by now; unless the screen says so already, it is offered. */
function offerDraft(copy, draft) {
  const isInForm = !isReloaded && form.elements.draft.value === draft;
  if (isInForm || isLinked(draft)) return;
  const section = drawCopy(modelOf("draft"), copy);
  const [open, look] = ["[data-open]", "[data-look]"].map((each) => section.querySelector(each));
  const isHere = copy.path === location.pathname;
  open.hidden = !isHere;
  look.hidden = isHere;
  open.href = `${location.pathname}?utkast=${draft}`;
  look.href += `${draft}/`;
  form.before(section);
}

function isLinked(draft) {
  return document.querySelector(`a[href$="utkast=${draft}"]`) !== null;
}

function offer(copy) {
  const deeds = { restore: () => post(copy, "show"), download: () => post(copy, "download") };
  form.before(drawCopy(modelOf("kept"), copy, { deeds }));
}

function modelOf(kind) {
  return document.querySelector(`template[data-offer="${kind}"]`);
}

/** Send a copy to the form's own address, which draws the form with it, or makes a file of it. */
function post(copy, deed) {
  const sending = document.createElement("form");
  sending.method = "post";
  sending.action = location.pathname;
  sending.hidden = true;
  const token = form.elements.csrfmiddlewaretoken.value;
  const fields = copy.fields.filter(([name]) => !NOT_RESTORED.has(name));
  for (const [name, value] of [...fields, ["csrfmiddlewaretoken", token], ["do", deed]]) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    sending.append(field);
  }
  document.body.append(sending);
  sending.submit();
  sending.remove();
}

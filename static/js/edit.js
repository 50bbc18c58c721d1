/**
 * The form of a page. Everything here is a help: without it the form works by its buttons alone.
 */

import { isSafe, startAutosave } from "./autosave.js";
import { offerKept } from "./kept_offer.js";

const form = document.querySelector("form[data-edit]");
const A_MOMENT = 1000; // milliseconds
const STOPPED_AFTER = 10 * A_MOMENT;

/**
 * Ask before a tab is closed whose text is neither on the server nor on its way there, and send the form once
 * when its button is pressed twice.
 */
function guardLeaving() {
  let leavingBy = ""; // the button that has sent the form
  let timer;
  const stay = () => { leavingBy = ""; };
  form.addEventListener("input", stay); // somebody who still types has not left: the sending failed
  form.addEventListener("keydown", ({ key }) => { if (key === "Escape") stay(); });
  window.addEventListener("pageshow", stay);
  form.addEventListener("submit", (event) => {
    const deed = event.submitter?.value ?? "save";
    if (leavingBy === deed) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    leavingBy = deed;
    clearTimeout(timer);
    // A download leaves the form where it is; so does a sending that the browser's own button has stopped.
    timer = setTimeout(stay, deed === "download" ? A_MOMENT : STOPPED_AFTER);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leavingBy && !isSafe()) event.preventDefault();
  });
}

/** Show how much of a limit is used, once most of it is. */
function countCharacters(root) {
  for (const holder of root.querySelectorAll("[data-max]")) {
    const field = holder.querySelector("input, textarea");
    const max = Number(holder.dataset.max);
    const counter = document.createElement("p");
    counter.className = "field__count";
    counter.hidden = true;
    (holder.querySelector(".field") ?? holder).append(counter);
    const update = () => {
      const length = [...field.value].length;
      counter.hidden = length < max * 0.75;
      counter.classList.toggle("field__count--over", length > max);
      counter.textContent = form.dataset.count.replace("[n]", length).replace("[max]", max);
    };
    field.addEventListener("input", update);
    update();
  }
}

/** Add an empty row for a tag without asking the server; at the limit the button asks it after all. */
function addRowsHere() {
  const button = form.querySelector("[data-add-row]");
  const rows = form.querySelector("[data-rows]");
  const model = form.querySelector("template[data-row]");
  const total = form.querySelector("[name='tags-TOTAL_FORMS']");
  if (!button) return; // a part of a page has no tags
  button.addEventListener("click", (event) => {
    const count = Number(total.value);
    if (count >= Number(rows.dataset.maxRows)) return;
    event.preventDefault();
    const row = model.content.cloneNode(true);
    for (const element of row.querySelectorAll("*")) {
      for (const attribute of element.attributes) {
        attribute.value = attribute.value.replace("__prefix__", count);
      }
    }
    countCharacters(row);
    total.value = count + 1;
    rows.append(row);
    rows.lastElementChild.querySelector("select").focus();
  });
}

/** Lead the eye, and the screen reader, to a preview that has arrived; say so when none came. */
function tellOfPreview() {
  const preview = document.getElementById("forhandsgranskning");
  const status = form.querySelector("[data-status]");
  const fail = () => {
    status.textContent = form.dataset.failed;
    status.classList.remove("ds-sr-only");
  };
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== preview) return;
    status.classList.add("ds-sr-only");
    status.textContent = form.dataset.previewed;
    preview.focus();
  });
  document.addEventListener("htmx:responseError", fail);
  document.addEventListener("htmx:sendError", fail);
}

if (form) {
  guardLeaving();
  startAutosave();
  offerKept();
  countCharacters(form);
  addRowsHere();
  tellOfPreview();
  document.getElementById("fel")?.focus();
}

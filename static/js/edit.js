/**
 * The form of a page. Everything here is a help: without it the form works by its buttons alone.
 */

const form = document.querySelector("form[data-edit]");

/** Ask before a tab with unsaved text is closed. */
function warnBeforeLoss() {
  let isChanged = form.hasAttribute("data-changed");
  let isLeaving = false;
  const change = () => {
    isChanged = true;
    isLeaving = false; // somebody who still types has not left: the sending failed
  };
  form.addEventListener("input", change);
  form.addEventListener("change", change);
  form.addEventListener("submit", (event) => {
    // A download leaves the form where it is, with its text still unsaved.
    isLeaving = event.submitter?.value !== "download";
  });
  window.addEventListener("pageshow", () => { isLeaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged && !isLeaving) event.preventDefault();
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
  warnBeforeLoss();
  countCharacters(form);
  addRowsHere();
  tellOfPreview();
  document.getElementById("fel")?.focus();
}

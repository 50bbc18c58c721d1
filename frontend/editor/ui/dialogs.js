/**
 * Dialogs: each is asked once and answers with what was filled in, or with nothing when it was closed.
 */

/**
 * Open a dialog: { values, isRemoved }, or null.
 *
 * values      what its fields begin with, by name
 * canRemove   shows the button that removes what is being changed
 * check       from values to a sentence for each field that is wrong, by name; may take its time
 * busy        called while `check` takes its time, with whether it does
 */
export function askIn(dialog, { values = {}, canRemove = false, check = () => ({}) } = {}) {
  const form = dialog.querySelector("form");
  const listening = new AbortController();
  const { signal } = listening;
  fill(form, values);
  const remove = form.querySelector("[data-remove]");
  if (remove) remove.hidden = !canRemove;
  return new Promise((resolve) => {
    let answer = null;
    let isBusy = false;
    const finish = (given) => {
      answer = given;
      dialog.close();
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (isBusy) return;
      isBusy = true;
      const filled = valuesOf(form);
      const errors = await check(filled);
      isBusy = false;
      if (!dialog.open) return;
      if (!tell(form, errors)) finish({ values: filled, isRemoved: false });
    }, { signal });
    form.querySelector("[data-close]").addEventListener("click", () => finish(null), { signal });
    remove?.addEventListener("click", () => finish({ values: {}, isRemoved: true }), { signal });
    dialog.addEventListener("close", () => {
      listening.abort();
      resolve(answer);
    }, { signal });
    dialog.showModal();
  });
}

function fill(form, values) {
  form.reset();
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements[name];
    if (field.type === "checkbox") field.checked = value;
    else field.value = value;
  }
  tell(form, {});
}

function valuesOf(form) {
  const values = {};
  for (const field of form.elements) {
    if (!field.name) continue;
    if (field.type === "checkbox") values[field.name] = field.checked;
    else values[field.name] = field.type === "file" ? field.files[0] : field.value;
  }
  return values;
}

/** Show what is wrong below its field, and lead to the first of it; says whether anything is. */
export function tell(form, errors) {
  let first = null;
  for (const holder of form.querySelectorAll("[data-field]")) {
    const field = holder.querySelector("input, textarea, select");
    const sentence = errors[field.name] ?? "";
    const line = holder.querySelector("[data-error]");
    line.textContent = sentence;
    line.hidden = !sentence;
    const described = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== line.id);
    if (sentence) described.push(line.id);
    if (described.length) field.setAttribute("aria-describedby", described.join(" "));
    else field.removeAttribute("aria-describedby");
    if (sentence) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    if (sentence) first ??= field;
  }
  first?.focus();
  return first !== null;
}

/**
 * What a form would send, as [[name, value], …]. `new FormData(form)` says the same, but takes ten times as long
 * over a long text, and that is felt.
 */
export function fieldsOf(form) {
  const fields = [];
  for (const element of form.elements) {
    if (!element.name || element.matches("button, fieldset, output, object, :disabled")) continue;
    for (const value of valuesOf(element)) fields.push([element.name, value]);
  }
  return fields;
}

function valuesOf(element) {
  if (element.localName === "select") {
    return [...element.selectedOptions].filter((option) => !option.disabled).map((option) => option.value);
  }
  const isChoice = element.type === "checkbox" || element.type === "radio";
  const isButton = ["submit", "button", "reset", "image"].includes(element.type);
  return isButton || (isChoice && !element.checked) ? [] : [element.value];
}

/**
 * The visual editor: stands over the field "body" of the form of a page. Without it there is the field.
 */
import { attach } from "./ui/attach.js";

export * from "./core/index.js";

const form = document.querySelector("form[data-edit]");
const textarea = form?.querySelector("textarea[name='body']");
const model = document.querySelector("template[data-visual-editor]");
if (textarea && model) attach(form, textarea, model);

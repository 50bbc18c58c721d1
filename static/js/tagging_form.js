/** The form of a tag at its own address: the list of factors becomes a field that one searches in. */

import { enhance } from "./tag_form.js";

document.querySelectorAll("[data-tagging]").forEach(enhance);
document.getElementById("fel")?.focus();

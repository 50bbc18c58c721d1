/**
 * The heart of the editor: source in, source out.
 */
export { parseMarkdown } from "./parse.js";
export { extensions, schema } from "./schema.js";
export { openSource, readPart, saveSource, untouchedOf } from "./sourcemap.js";
export { Editor } from "@tiptap/core";

/**
 * What a page can hold in the visual editor: one small extension for each thing that our Markdown has, and no more.
 */
import { Node, getSchema, mergeAttributes } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Bold } from "@tiptap/extension-bold";
import { Code } from "@tiptap/extension-code";
import { CodeBlock } from "@tiptap/extension-code-block";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { HorizontalRule } from "@tiptap/extension-horizontal-rule";
import { Image } from "@tiptap/extension-image";
import { Italic } from "@tiptap/extension-italic";
import { Link } from "@tiptap/extension-link";
import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { Text } from "@tiptap/extension-text";
import { Gapcursor, UndoRedo } from "@tiptap/extensions";

import { isOwnImage } from "./addresses.js";
import { alignedCells, oneTextEach } from "./keeping.js";

const SIDES = ["left", "right", "center"];

/** An attribute that the HTML of the editor carries as data-…, so that copies within the editor keep it. */
const carried = (name, fallback = null) => ({
  default: fallback,
  parseHTML: (element) => element.getAttribute(`data-${name}`) ?? fallback,
  renderHTML: (attributes) => (attributes[name] === null ? {} : { [`data-${name}`]: attributes[name] }),
});

/** Which side the text of a cell is at; the class is the one that the page's own tables have. */
const align = {
  default: null,
  parseHTML: (element) =>
    SIDES.find((side) => side === element.getAttribute("align") || element.classList.contains(`ta-${side}`)
      || element.style.textAlign === side) ?? null,
  renderHTML: (attributes) => (SIDES.includes(attributes.align) ? { class: `ta-${attributes.align}` } : {}),
};

/** Cells hold one line: Markdown has no more. */
const cell = {
  content: "paragraph",
  addAttributes() {
    return { ...this.parent?.(), align };
  },
};

/** A list whose items stand without paragraphs of their own is tight. */
const tight = {
  addAttributes() {
    return { ...this.parent?.(), tight: { default: true, rendered: false } };
  },
};

/** [[Sida]], [[Sida|text]], [[faktor:slug]], [[kommun:Malmö]]. */
export const WikiLink = Node.create({
  name: "wikiLink",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ kind: carried("kind", "page"), name: carried("name", ""), text: carried("text", "") }),
  parseHTML: () => [{ tag: "span[data-wiki]" }],
  renderHTML: ({ node, HTMLAttributes }) => [
    "span",
    mergeAttributes(HTMLAttributes, { "data-wiki": "", class: "wl" }),
    node.attrs.text || node.attrs.name,
  ],
  renderText: ({ node }) => node.attrs.text || node.attrs.name,
});

/** The sign in the text: [^label]. */
export const FootnoteRef = Node.create({
  name: "footnoteRef",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ label: carried("label", "") }),
  parseHTML: () => [{ tag: "sup[data-footnote]" }],
  renderHTML: ({ node, HTMLAttributes }) => [
    "sup",
    mergeAttributes(HTMLAttributes, { "data-footnote": "", class: "fotnot" }),
    node.attrs.label,
  ],
});

/** What the footnote says: [^label]: … */
export const FootnoteDef = Node.create({
  name: "footnoteDef",
  group: "block",
  content: "paragraph+",
  defining: true,
  isolating: true,
  addProseMirrorPlugins: () => [oneTextEach()],
  addAttributes: () => ({ label: carried("label", "") }),
  parseHTML: () => [{ tag: "div[data-footnote-text]" }],
  renderHTML: ({ HTMLAttributes }) => [
    "div",
    mergeAttributes(HTMLAttributes, { "data-footnote-text": "", class: "fotnotstext" }),
    0,
  ],
});

/** A block that is edited as text: its source, as it stands. */
export const Card = Node.create({
  name: "card",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({ source: carried("source", "") }),
  // Before code, which is a <pre> as well.
  parseHTML: () => [{ tag: "pre[data-card]", priority: 60 }],
  renderHTML: ({ node, HTMLAttributes }) => [
    "pre",
    mergeAttributes(HTMLAttributes, { "data-card": "" }),
    node.attrs.source,
  ],
});

/** Pictures of our own are shown; others are never fetched, so that nobody learns who writes. */
const Picture = Image.extend({
  addAttributes: () => ({ src: { default: "" }, alt: { default: "" }, title: { default: "" } }),
  parseHTML: () => [
    { tag: "img[src]" },
    {
      tag: "span[data-src]",
      getAttrs: ({ dataset }) => ({ src: dataset.src, alt: dataset.alt ?? "", title: dataset.title ?? "" }),
    },
  ],
  renderHTML: ({ node: { attrs: { src, alt, title } } }) =>
    isOwnImage(src)
      ? ["img", { src, alt, ...(title && { title }) }]
      : ["span", { "data-src": src, "data-alt": alt, "data-title": title, class: "bild-lank" }, alt || src],
  addNodeView: null,
  addInputRules: () => [],
});

const PlainLink = Link.extend({
  addAttributes: () => ({ href: { default: "" }, title: { default: null } }),
  renderHTML: ({ HTMLAttributes }) => ["a", mergeAttributes(HTMLAttributes, { rel: "noopener nofollow ugc" }), 0],
});

/** Without column groups: their widths are inline styles, and Markdown has none. */
const PlainTable = Table.extend({
  addProseMirrorPlugins() {
    return [...this.parent(), alignedCells()];
  },
  renderHTML: ({ HTMLAttributes }) => ["table", HTMLAttributes, ["tbody", 0]],
});

/** Everything that the schema needs, and undoing; what only the screen needs is added by the interface. */
export const extensions = [
  Document,
  Paragraph,
  Text,
  Heading.configure({ levels: [1, 2, 3, 4, 5, 6] }),
  BulletList.extend(tight),
  OrderedList.extend(tight),
  ListItem,
  ListKeymap,
  Blockquote,
  CodeBlock,
  HorizontalRule,
  PlainTable.configure({ resizable: false }),
  TableRow,
  TableHeader.extend(cell),
  TableCell.extend(cell),
  Picture.configure({ inline: true, allowBase64: false }),
  HardBreak,
  WikiLink,
  FootnoteRef,
  FootnoteDef,
  Card,
  PlainLink.configure({ openOnClick: false, autolink: false, linkOnPaste: false, HTMLAttributes: {} }),
  Bold,
  Italic,
  Code.extend({ excludes: "" }),
  Gapcursor,
  UndoRedo,
];

/** The schema alone, for those who need no editor. */
export const schema = () => getSchema(extensions);

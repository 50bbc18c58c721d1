/**
 * From the editor's nodes to Markdown that Python-Markdown reads as the same.
 */
import { inlineText } from "./serialize_inline.js";

const INDENT = "    ";

const indent = (text) => text.replace(/^(?=[^\n])/gm, INDENT);

/**
 * Write one block.
 *
 * node    JSON of a node
 * style   how much is escaped ({level: 0…2}), and how the source that it comes from was written
 */
export function serialize(node, style) {
  return WRITERS[node.type](node, style);
}

const inner = (node) => node.content ?? [];

const WRITERS = {
  paragraph: (node, style) => inlineText(inner(node), style),
  heading: ({ attrs: { level }, content = [] }, style) => {
    const text = inlineText(content, { ...style, isHeading: true });
    if (style.setext && level <= 2 && text) return `${text}\n${(level === 1 ? "=" : "-").repeat(style.setext)}`;
    return `${"#".repeat(level)} ${text}`.trimEnd();
  },
  horizontalRule: () => "---",
  codeBlock: codeBlock,
  blockquote: (node, style) =>
    blocks(inner(node), { ...style, isNested: true }).split("\n").map((line) => (line ? `> ${line}` : ">")).join("\n"),
  bulletList: (node, style) => list(node, () => `${style.bullet ?? "-"} `, style),
  orderedList: (node, style) => list(node, (i) => `${style.counts === false ? start(node) : start(node) + i}. `, style),
  table: (node, style) => table(node, style),
  footnoteDef: ({ attrs, content = [] }, style) =>
    `[^${attrs.label}]: ${indent(blocks(content, { ...style, isNested: true })).trimStart()}`.trimEnd(),
  card: ({ attrs }) => attrs.source,
};

const start = ({ attrs }) => attrs?.start ?? 1;

/** Several blocks in another one; empty paragraphs cannot be written. */
function blocks(nodes, style) {
  return nodes.map((node) => serialize(node, style)).filter((text) => text !== "").join("\n\n");
}

/** Code between fences, or indented where fences have no meaning. */
function codeBlock({ attrs, content = [] }, style) {
  const text = content.map((node) => node.text).join("");
  if (style.isNested || (style.indented && !attrs?.language && text.trim())) return indent(text);
  const runs = text.match(/^`{3,}/gm) ?? [];
  const fence = "`".repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}${attrs?.language ?? ""}\n${text}${text ? "\n" : ""}${fence}`;
}

/** Whether a list can be written without blank lines: each item is one paragraph and lists. */
export function canBeTight({ attrs, content = [] }) {
  const isList = ({ type }) => type === "bulletList" || type === "orderedList";
  return (attrs?.tight ?? true) && content.every(({ content: [first, ...rest] = [] }) =>
    (!first || first.type === "paragraph") && rest.every(isList));
}

function list(node, marker, style) {
  const isTight = canBeTight(node);
  const gap = isTight ? "\n" : "\n\n";
  const nested = { ...style, isNested: true, bullet: undefined };
  const items = inner(node).map(({ content = [] }, i) => {
    const [first = "", ...rest] = content.map((child) => serialize(child, nested));
    return [marker(i) + indent(first).trimStart(), ...rest.filter(Boolean).map(indent)].join(gap);
  });
  return items.join(gap);
}

const RULES = { left: ":---", right: "---:", center: ":---:" };

function table({ content = [] }, style) {
  const [head, ...body] = content.map((row) => inner(row).map((cell) => cellText(cell, style)));
  const rule = inner(content[0] ?? {}).map(({ attrs }) => RULES[attrs?.align] ?? "---");
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [head, rule, ...body].map(line).join("\n");
}

function cellText({ content = [] }, style) {
  const nodes = content.flatMap((child, i) => [...(i ? [{ type: "text", text: " " }] : []), ...inner(child)]);
  return inlineText(nodes, { ...style, isCell: true });
}

/**
 * One form for what looks the same, so that it can be compared and written: white space that nobody sees is gone,
 * marks hold no white space at their ends, neighbours of the same kind are one.
 */

const EDGE = /^([^\S\u00a0]*)([^]*?)([^\S\u00a0]*)$/;
const isCode = ({ marks = [] }) => marks.some(({ type }) => type === "code");
const key = (marks = []) =>
  marks.map(({ type, attrs }) => `${type} ${attrs?.href ?? ""} ${attrs?.title ?? ""}`).sort().join("\n");

/** Inline nodes (JSON) in their one form. */
export function tidy(nodes) {
  return trimmed(joined(outside(joined(flat(nodes)))));
}

/** Marks without attributes that mean nothing; line ends are spaces; only words are code. */
function flat(nodes) {
  return nodes.map((node) => {
    const marks = (node.marks ?? [])
      .filter(({ type }) => node.type === "text" || (type !== "code" && node.type !== "hardBreak"))
      .map(({ type, attrs }) =>
        (type === "link" ? { type, attrs: { href: attrs.href, title: attrs.title || null } } : { type }));
    if (node.type !== "text") return { ...node, marks };
    return { ...node, marks, text: node.text.replace(/[ \t]*[\n\r][ \t\n\r]*/g, " ").replaceAll("\t", " ") };
  });
}

/** Take white space out of the ends of marks: `**a **b` is no emphasis. */
function outside(nodes) {
  const out = [];
  nodes.forEach((node, i) => {
    if (node.type !== "text" || !node.marks.length) {
      out.push(node);
      return;
    }
    const [, before, text, after] = EDGE.exec(node.text);
    const kept = (other) => node.marks.filter((mark) =>
      mark.type !== "code" && other?.marks?.some((own) => key([own]) === key([mark])));
    if (before) out.push({ type: "text", text: before, marks: kept(nodes[i - 1]) });
    if (text) out.push({ ...node, text });
    if (after) out.push({ type: "text", text: after, marks: text ? kept(nodes[i + 1]) : [] });
  });
  return out;
}

function joined(nodes) {
  const out = [];
  for (const node of nodes) {
    const last = out.at(-1);
    if (node.type === "text" && last?.type === "text" && key(last.marks) === key(node.marks)) {
      out[out.length - 1] = { ...last, text: last.text + node.text };
    } else {
      out.push(node);
    }
  }
  return out;
}

/** No white space at the ends and around breaks, no break at the ends. */
function trimmed(nodes) {
  const list = [...nodes];
  const isBreak = (node) => node?.type === "hardBreak";
  while (isBreak(list[0])) list.shift();
  while (isBreak(list.at(-1)) || (list.at(-1)?.type === "text" && !isCode(list.at(-1)) && !list.at(-1).text.trim())) {
    list.pop();
  }
  return list.flatMap((node, i) => {
    if (node.type !== "text" || isCode(node)) return [node];
    let { text } = node;
    if (i === 0 || isBreak(list[i - 1])) text = text.replace(/^[^\S\u00a0]+/, "");
    if (i === list.length - 1 || isBreak(list[i + 1])) text = text.replace(/[^\S\u00a0]+$/, "");
    return text ? [{ ...node, text }] : [];
  });
}

/** A block in its one form, as text that is the same for blocks that look the same. */
export function fingerprint(node) {
  return JSON.stringify(canonical(node));
}

function canonical(node) {
  const { type, attrs = {}, content = [] } = node;
  switch (type) {
    case "paragraph":
      return ["p", line(content)];
    case "heading":
      return ["h", attrs.level, line(content)];
    case "codeBlock":
      return ["code", attrs.language || "", content.map(({ text }) => text).join("").replace(/[ \n]+$/, "")];
    case "bulletList":
    case "orderedList":
      return [type, type === "orderedList" ? (attrs.start ?? 1) : 0, isTight(node), content.map(canonical)];
    case "table":
      return [type, sides(content[0]), content.map((row) => row.content.map(words))];
    case "card":
      return [type, attrs.source];
    case "footnoteDef":
      return [type, attrs.label, content.map(canonical).filter(([, text]) => text.length)];
    case "blockquote":
      return [type, content.map(canonical).filter(([kind, text]) => kind !== "p" || text.length)];
    default:
      return [type, content.map(canonical)];
  }
}

/** At which side its columns stand: the row of headings says it for all. */
const sides = (row) => (row?.content ?? []).map(({ attrs }) => attrs?.align ?? "");

const words = (cell) => (cell.content ?? []).map((paragraph) => line(paragraph.content ?? []));

/** A single item of one paragraph looks the same in both. */
function isTight({ attrs = {}, content = [] }) {
  if (content.some(({ content: kids = [] }) => kids.slice(1).some(({ type }) => !/List$/.test(type)))) return false;
  return content.length < 2 ? true : (attrs.tight ?? true);
}

function line(nodes) {
  return tidy(nodes).map((node) => {
    const marks = key(node.marks);
    if (node.type === "text") return [node.text, marks];
    if (node.type === "hardBreak") return ["\n"];
    const { kind, name, text, label, src, alt, title } = node.attrs ?? {};
    return [node.type, kind ?? label ?? src ?? "", name ?? alt ?? "", text || title || "", marks];
  });
}

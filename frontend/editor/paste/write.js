/**
 * Writes the blocks as HTML. Nothing of what was pasted gets out but through `escaped`, so there is no element and no
 * attribute beside those that stand here.
 */
import { isText } from "./sink.js";

// Outermost first.
const MARKS = [
  ["href", (run) => `<a href="${escaped(run.href)}">`, "</a>"],
  ["strong", () => "<strong>", "</strong>"],
  ["em", () => "<em>", "</em>"],
  ["code", () => "<code>", "</code>"],
];
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\u00a0": "&nbsp;" };

/** One line for each block, then one for each footnote. */
export function writeBlocks(blocks, footnotes) {
  return [...blocks.map(write), ...footnotes.map(writeFootnote)].join("\n");
}

function write(block) {
  return WRITERS[block.type](block);
}

const WRITERS = {
  paragraph: ({ runs }) => `<p>${inline(runs)}</p>`,
  heading: ({ level, runs }) => `<h${level}>${inline(runs)}</h${level}>`,
  quote: ({ blocks }) => `<blockquote>${blocks.map(write).join("")}</blockquote>`,
  code: ({ text }) => `<pre><code>${escaped(text)}</code></pre>`,
  rule: () => "<hr>",
  list: ({ isOrdered, start, items }) => {
    const inside = items.map((item) => `<li>${item.map(write).join("")}</li>`).join("");
    return isOrdered ? `<ol${start === 1 ? "" : ` start="${start}"`}>${inside}</ol>` : `<ul>${inside}</ul>`;
  },
  table: ({ rows }) => `<table>${rows.map(writeRow).join("")}</table>`,
};

function writeRow(cells) {
  return `<tr>${cells.map(({ isHeader, runs }) => `<t${isHeader ? "h" : "d"}>${inline(runs)}</t${isHeader ? "h" : "d"}>`).join("")}</tr>`;
}

/** A footnote holds paragraphs only. */
function writeFootnote({ label, blocks }) {
  const texts = paragraphsOf(blocks).map((runs) => `<p>${inline(runs)}</p>`).join("") || "<p></p>";
  return `<div data-footnote-text="" data-label="${escaped(label)}">${texts}</div>`;
}

function paragraphsOf(blocks) {
  return blocks.flatMap((block) => {
    if (block.type === "list") return block.items.flatMap(paragraphsOf);
    if (block.type === "quote") return paragraphsOf(block.blocks);
    if (block.type === "table") return block.rows.map((cells) => cells.flatMap(({ runs }) => [...runs, SPACE]).slice(0, -1));
    return block.type === "code" ? [[{ text: block.text, code: true }]] : block.runs ? [block.runs] : [];
  });
}

const SPACE = { text: " " };

function inline(runs) {
  let html = "";
  let open = [];
  for (const run of runs) {
    const marks = isText(run) ? MARKS.filter(([name]) => run[name]) : [];
    const kept = open.findIndex((mark, i) => !marks[i] || keyOf(mark, run) !== mark.key);
    const from = kept < 0 ? open.length : kept;
    html += open.slice(from).reverse().map(({ end }) => end).join("");
    open = open.slice(0, from);
    for (const [name, begin, end] of marks.slice(from)) {
      html += begin(run);
      open.push({ name, key: `${name} ${run[name]}`, end });
    }
    html += isText(run) ? escaped(run.text) : thing(run);
  }
  return html + open.reverse().map(({ end }) => end).join("");
}

const keyOf = ({ name }, run) => `${name} ${run[name]}`;

function thing({ note, image }) {
  if (note) return `<sup data-footnote="" data-label="${escaped(note)}">${escaped(note)}</sup>`;
  if (!image) return "<br>";
  const title = image.title ? ` title="${escaped(image.title)}"` : "";
  return `<img src="${escaped(image.src)}" alt="${escaped(image.alt)}"${title}>`;
}

function escaped(text) {
  return text.replace(/[&<>"\u00a0]/g, (letter) => ESCAPES[letter]);
}

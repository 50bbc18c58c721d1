/**
 * A second reader of Markdown, which knows nothing of the first: what is lost while reading is not seen by reading
 * again. It reads CommonMark, so it is only asked whether two texts are the same to it, never what they mean.
 */
import MarkdownIt from "markdown-it";
import footnotes from "markdown-it-footnote";

export const markdownIt = new MarkdownIt({ html: false, linkify: false, typographer: false }).use(footnotes);

/** Our own links, so that how their names are spaced is no difference. */
markdownIt.inline.ruler.before("link", "wiki", (state, silent) => {
  const match = /^\[\[(?!\^)([^[\]]{1,400})\]\]/.exec(state.src.slice(state.pos, state.pos + 404));
  if (!match) return false;
  const lower = (prefix) => prefix.trim().toLowerCase();
  if (!silent) state.push("wiki", "", 0).content = match[1].replace(/^\s*(faktor|kommun)\s*:/i, lower);
  state.pos += match[0].length;
  return true;
});
markdownIt.renderer.rules.wiki = (tokens, i) => markdownIt.utils.escapeHtml(`[[${tokens[i].content}]]`);

const PIECES = /<[^>]*>|[^<]+/g;

/** Whether two ways to write a block have the same words in the same order, and the same elements. */
export function agrees(one, two, { refs }) {
  if (one === two) return true;
  const references = Object.fromEntries([...refs].map(([label, to]) => [label.toUpperCase(), to]));
  return account(one, references) === account(two, references);
}

function account(text, references) {
  const pieces = markdownIt.render(text, { references }).match(PIECES) ?? [];
  const isTag = (piece) => piece.startsWith("<");
  const words = pieces.filter((piece) => !isTag(piece)).join("").replace(/\s+/g, "");
  return `${words}\n${pieces.filter((piece) => isTag(piece) && !/^<\/?p>$/.test(piece)).sort().join("")}`;
}

/**
 * Puts the blocks in the shape of the schema: flat items become nested lists, quoted paragraphs become quotes, lists
 * that were torn apart become one.
 */

const DEEPEST = 6;

/** Add all to a list: spread into push(), so many as a hostile text has would not fit the stack. */
export function append(list, more) {
  for (const each of more) list.push(each);
}

/** Fold the blocks, and those inside them. Depth is bounded where they are read. */
export function foldBlocks(blocks) {
  return trimRules(joinLists(nestItems(gatherQuotes(blocks.filter(hasContent))).map(foldInside).filter(hasContent)));
}

function foldInside(block) {
  if (block.type === "quote") return { ...block, blocks: foldBlocks(block.blocks) };
  if (block.type === "list") return { ...block, items: liftLists(block.items.map(foldBlocks)) };
  return block;
}

function hasContent(block) {
  if (block.type === "quote") return block.blocks.length > 0;
  return block.type !== "list" || block.items.length > 0;
}

/** An item begins with a paragraph: a list that stands alone in one belongs to the item before. */
function liftLists(items) {
  const kept = [];
  for (const item of items.filter((each) => each.length)) {
    const isBare = item[0].type === "list";
    if (isBare && kept.length) append(kept.at(-1), item);
    else if (isBare) append(kept, [...item[0].items, ...(item.length > 1 ? [item.slice(1)] : [])]);
    else kept.push(item);
  }
  return kept.map(joinLists);
}

/** Paragraphs in Word's styles for quotations. */
function gatherQuotes(blocks) {
  const gathered = [];
  for (const block of blocks) {
    const last = gathered.at(-1);
    if (!block.isQuote) gathered.push(block);
    else if (last?.isOfParagraphs) last.blocks.push(block);
    else gathered.push({ type: "quote", isOfParagraphs: true, blocks: [block] });
    block.isQuote = false;
  }
  return gathered;
}

/** Word writes items as paragraphs that say how deep they are. */
function nestItems(blocks) {
  const nested = [];
  let open = []; // the lists that the next item may belong to, outermost first: { level, list }
  for (const block of blocks) {
    if (block.item) addItem(block, open, nested);
    else if (block.goesOn && open.length) open.at(-1).list.items.at(-1).push({ ...block, goesOn: false });
    else {
      open = [];
      nested.push(block);
    }
  }
  return nested;
}

function addItem(block, open, nested) {
  const { level, number } = block.item;
  block.item = null; // it has its place now, and is not given another when the list is folded
  const isOrdered = number !== null;
  while (open.length > 1 && open.at(-1).level > level) open.pop();
  if (open.length && open.at(-1).level > level) open.at(-1).level = level;
  const last = open.at(-1);
  if (last && (last.level === level || open.length >= DEEPEST) && last.list.isOrdered === isOrdered) {
    last.list.items.push([block]);
    return;
  }
  if (last && (last.level === level || open.length >= DEEPEST)) open.pop();
  const list = { type: "list", isOrdered, start: number ?? 1, items: [[block]] };
  const parent = open.at(-1)?.list.items.at(-1) ?? nested;
  parent.push(list);
  open.push({ level, list });
}

/** Lists side by side would be one in Markdown anyhow: numbers must go on where they stopped. */
function joinLists(blocks) {
  const joined = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    const isNext = last?.type === "list" && block.type === "list" && last.isOrdered === block.isOrdered
      && (!block.isOrdered || block.start === last.start + last.items.length);
    if (isNext) append(last.items, block.items);
    else joined.push(block);
  }
  return joined;
}

/** A divider divides something. */
function trimRules(blocks) {
  const last = blocks.findLastIndex(({ type }) => type !== "rule");
  return blocks.filter(({ type }, i) => type !== "rule" || (i > 0 && i < last && blocks[i - 1].type !== "rule"));
}

/**
 * Links beside the headings of a page, and in its list of contents, that lead to the form of one heading's part.
 * Without them the form of the whole page has a list of its headings.
 */

const model = document.querySelector("template[data-section-link]");
const text = document.getElementById("sidtext");

/** The link to one heading's part. */
function linkTo(heading) {
  const link = model.content.firstElementChild.cloneNode(true);
  link.href = `${link.getAttribute("href")}&rubrik=${encodeURIComponent(heading.id)}`;
  link.querySelector("[data-name]").textContent = heading.textContent.trim() || model.dataset.heading;
  return link;
}

/** Outside the heading: its words stay its own, for those who go from heading to heading. */
function addBeside(heading) {
  const link = linkTo(heading);
  const row = document.createElement("div");
  row.className = "section-heading";
  heading.replaceWith(row);
  row.append(heading, link);
}

function addToContents(heading) {
  const entry = document.querySelector(`.contents a[href="#${heading.id}"]`);
  if (!entry) return;
  const link = linkTo(heading);
  link.querySelector("[data-word]").classList.add("ds-sr-only");
  entry.after(link);
}

if (model && text) {
  const own = ":scope > :is(h2, h3, h4, h5, h6)[id]"; // those inside lists and quotations have no part
  for (const heading of text.querySelectorAll(own)) {
    addToContents(heading);
    addBeside(heading);
  }
}

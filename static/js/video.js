/**
 * Plays films in the page, for those who press play. Until then no other host is asked for anything, and nothing
 * is remembered. Loaded only where the operator lets films be played in frames.
 */

const TIME = /^(\d{1,5})s$/;
// The players run scripts of their own and need their own storage; they cannot lead the page away or open others.
const SANDBOX = "allow-scripts allow-same-origin";

const model = document.querySelector("template[data-video]");

/** The film of a card, {host, address}; null for any other link. The server writes cards in these forms only. */
function filmOf(link) {
  const { origin, pathname, searchParams, hash } = new URL(link.href);
  if (origin === "https://www.youtube.com" && pathname === "/watch") return youtube(searchParams);
  const film = origin === "https://vimeo.com" && /^\/(\d{1,12})(?:\/([0-9a-f]{6,20}))?$/.exec(pathname);
  if (!film) return null;
  const query = film[2] ? `h=${film[2]}&dnt=1` : "dnt=1";
  const start = TIME.test(hash.replace("#t=", "")) ? hash : "";
  return { host: "Vimeo", address: `https://player.vimeo.com/video/${film[1]}?${query}${start}` };
}

function youtube(asked) {
  const id = asked.get("v") ?? "";
  if (!/^[\w-]{11}$/.test(id)) return null;
  const start = TIME.exec(asked.get("t") ?? "");
  const query = start ? `?start=${start[1]}` : "";
  return { host: "YouTube", address: `https://www.youtube-nocookie.com/embed/${id}${query}` };
}

function frameOf({ host, address }) {
  const frame = document.createElement("iframe");
  frame.title = model.dataset.title.replace("[host]", host);
  frame.allow = "fullscreen";
  // Without knowing which site asks, the players refuse to play.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.setAttribute("sandbox", SANDBOX);
  frame.src = address;
  return frame;
}

/** Offer to play a film, below its card. */
function offer(card, number) {
  const link = card.querySelector("a.video-lank");
  const film = link && filmOf(link);
  if (!film) return;
  const box = model.content.firstElementChild.cloneNode(true);
  const note = box.querySelector("p");
  note.id = `film-${number}`;
  note.textContent = note.textContent.replace("[host]", film.host);
  const button = box.querySelector("button");
  button.setAttribute("aria-describedby", note.id);
  button.addEventListener("click", () => {
    const frame = frameOf(film);
    button.parentElement.replaceWith(frame);
    frame.focus();
  });
  card.after(box);
}

if (model) [...document.querySelectorAll("#sidtext p.video")].forEach(offer);

/**
 * Who comes to what they have been told of has seen it: presses "Markera som läst" for them.
 * The button is shown to those without scripts, and when pressing it did not go well.
 */

const form = document.querySelector("form[data-seen]");

async function markAsSeen() {
  const request = { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } };
  try {
    const answer = await fetch(form.action, request);
    form.toggleAttribute("data-failed", answer.status !== 204);
  } catch {
    form.setAttribute("data-failed", "");
  }
}

// A tab that was opened in the background has not been seen yet.
if (document.visibilityState === "visible") markAsSeen();
else document.addEventListener("visibilitychange", markAsSeen, { once: true });

/**
 * Says to other moderators that this one is looking: takes the claim, keeps it, lets go of it.
 * Without this the buttons of templates/wiki/_claim_state.html do it.
 */

const MINUTE = 60 * 1000;
const KEEP_EVERY = 5 * MINUTE; // it runs out after 15
// Long enough for what the screen before has sent on leaving to have arrived.
const SETTLED_AFTER = 5 * 1000;

const form = document.querySelector("form[data-claim]");

/** Show whose it is: "mine", "other" or "free". */
function show(state, text) {
  form.dataset.claim = state;
  form.querySelector("[data-claim-text]").textContent = text;
  for (const button of form.querySelectorAll("[data-when]")) {
    button.hidden = button.dataset.when !== state;
  }
}

/** What is sent: the token, and the deed. */
function bodyOf(deed) {
  const body = new FormData(form);
  body.set("do", deed);
  return body;
}

/** Take or keep it, and show what came of that. A server that does not answer is asked again later. */
async function send(deed) {
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST", body: bodyOf(deed), headers: { "X-Requested-With": "fetch" },
    });
  } catch {
    return;
  }
  if (answer.status === 204) show("mine", form.dataset.mine);
  else if (answer.status === 200) show("mine", await answer.text());
  else if (answer.status === 409) show("other", await answer.text());
  else show("free", form.dataset.failed);
}

/** Go on holding it, while somebody can be looking. */
function keep(deed = "keep") {
  const isLooking = document.visibilityState === "visible";
  if (isLooking && form.dataset.claim === "mine") send(deed);
}

/** Let go of it on the way to somewhere else; not when the same screen, or a decision, comes next. */
function releaseOnLeaving() {
  let isStaying = false;
  // Later than every other script has had its say: what a script does itself leads nowhere.
  const note = (event, leadsBack) => {
    setTimeout(() => { isStaying = leadsBack && !event.defaultPrevented; });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    note(event, link?.pathname === location.pathname);
  });
  document.addEventListener("submit", (event) => note(event, true));
  window.addEventListener("pagehide", () => {
    if (isStaying || form.dataset.claim !== "mine") return;
    navigator.sendBeacon(form.action, bodyOf("release"));
  });
  window.addEventListener("pageshow", (event) => {
    isStaying = false;
    if (event.persisted && form.dataset.claim === "mine") send("take");
  });
}

if (form) {
  if (form.dataset.claim !== "other") send("take");
  setTimeout(() => keep("take"), SETTLED_AFTER);
  setInterval(() => keep(), KEEP_EVERY);
  document.addEventListener("visibilitychange", () => keep());
  releaseOnLeaving();
}

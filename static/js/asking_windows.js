/**
 * The windows of one browser: before somebody signs out in one of them, all of them save what is typed.
 */

const CHANNEL = "utkast";
const HEARD_WITHIN = 400; // milliseconds: a window that has anything to save says so at once
const PATIENCE = 3000; // milliseconds: by then most have saved it; the rest has left a copy

/** Do it whenever a window asks for it in the name of that user, and say when it is done. */
export function whenAsked(user, deed) {
  let channel = null;
  const open = () => {
    if (!window.BroadcastChannel || channel) return;
    channel = new BroadcastChannel(CHANNEL);
    channel.addEventListener("message", ({ data }) => answer(data));
  };
  const answer = async ({ asks, id }) => {
    if (asks !== user) return;
    channel?.postMessage({ begun: id });
    await deed();
    channel?.postMessage({ ended: id });
  };
  // A window with an open channel could not be put away by the browser, and come back as it was.
  window.addEventListener("pagehide", () => {
    channel?.close();
    channel = null;
  });
  window.addEventListener("pageshow", open);
  open();
}

/** Ask every window, this one too, to save what the user has typed; resolves when they have, or have had time. */
export function askAll(user) {
  if (!window.BroadcastChannel) return Promise.resolve();
  const channel = new BroadcastChannel(CHANNEL);
  const id = `${Date.now()}-${Math.random()}`;
  return new Promise((done) => {
    let busy = 0;
    let isHeard = false;
    const check = () => { if (isHeard && busy === 0) done(); };
    channel.addEventListener("message", ({ data }) => {
      if (data.begun === id) busy += 1;
      if (data.ended === id) busy -= 1;
      check();
    });
    setTimeout(() => {
      isHeard = true;
      check();
    }, HEARD_WITHIN);
    setTimeout(done, PATIENCE);
    channel.postMessage({ asks: user, id });
  }).finally(() => channel.close());
}

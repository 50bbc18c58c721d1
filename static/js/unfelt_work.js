/** When the browser has nothing better to do. */
export function idle(longest = 1000) {
  return new Promise((done) => {
    if (window.requestIdleCallback) requestIdleCallback(done, { timeout: longest });
    else setTimeout(done);
  });
}

/** Do it, and let bench/typing.py see how long that takes. */
export function measured(name, deed) {
  const start = performance.now();
  const result = deed();
  performance.measure(`autosave-${name}`, { start, end: performance.now() });
  performance.clearMeasures(`autosave-${name}`); // who watches has been told; nothing piles up
  return result;
}

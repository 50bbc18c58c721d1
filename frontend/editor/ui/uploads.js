/** Sends files to the server, and tells how far it has come. */

/**
 * Send a form's fields: what the server answers as JSON, or { error: sentence }.
 *
 * fields   [[name, value], …]
 * tell     takes sentences while it goes on
 * signal   stops it
 */
export function send(surface, address, fields, { tell, signal }) {
  const { words, token } = surface;
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  const request = new XMLHttpRequest(); // fetch does not tell how much has been sent
  request.open("POST", address);
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRFToken", token);
  request.responseType = "json";
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    const percent = Math.floor((100 * loaded) / total);
    tell(percent < 100 ? words.sending.replace("[n]", percent) : words.reading);
  });
  signal.addEventListener("abort", () => request.abort());
  return new Promise((resolve) => {
    const fail = () => resolve({ error: words.noAnswer });
    request.addEventListener("load", () => {
      const said = request.response;
      if (said && (request.status < 300 || said.error)) resolve(said);
      else fail();
    });
    for (const kind of ["error", "abort", "timeout"]) request.addEventListener(kind, fail);
    request.send(body);
  });
}

/** A way to send from a dialog: stops when that is closed, and shows how far it has come. */
export function sender(surface, dialog) {
  const stopping = new AbortController();
  const line = dialog.querySelector("[data-progress]");
  const tell = (sentence) => {
    if (line.textContent !== sentence) line.textContent = sentence;
    line.hidden = !sentence;
  };
  tell("");
  dialog.addEventListener("close", () => stopping.abort(), { once: true });
  return async (address, fields) => {
    const answer = await send(surface, address, fields, { tell, signal: stopping.signal });
    tell("");
    return answer;
  };
}

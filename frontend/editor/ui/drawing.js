/**
 * Has blocks drawn by the server, many at once, and remembers how they look.
 */
const MOST_BLOCKS = 50;
const MOST_LETTERS = 60_000; // at most 200 kB, whatever letters they are
const GATHER = 30; // milliseconds

export class Drawing {
  constructor(surface) {
    this.surface = surface;
    this.drawn = new Map(); // source → promise of its HTML; "" when it could not be drawn
    this.waiting = [];
  }

  /** The HTML of a block, cleaned by the server; "" when there is none. */
  draw(source) {
    if (!this.drawn.has(source)) {
      const promise = new Promise((resolve) => this.waiting.push({ source, resolve }));
      this.drawn.set(source, promise);
      this.timer ??= setTimeout(() => this.send(), GATHER);
    }
    return this.drawn.get(source);
  }

  async send() {
    this.timer = undefined;
    while (this.waiting.length) {
      const batch = this.takeBatch();
      const html = await this.ask(batch.map(({ source }) => source));
      batch.forEach(({ source, resolve }, place) => {
        resolve(html[place] ?? "");
        if (!html[place]) this.drawn.delete(source); // asked for again when it is shown again
      });
    }
  }

  takeBatch() {
    const batch = [];
    let letters = 0;
    while (this.waiting.length && batch.length < MOST_BLOCKS) {
      letters += this.waiting[0].source.length;
      if (batch.length && letters > MOST_LETTERS) break;
      batch.push(this.waiting.shift());
    }
    return batch;
  }

  async ask(blocks) {
    try {
      const answer = await fetch(this.surface.words.blocks, {
        method: "POST",
        headers: {
          Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": this.surface.token,
        },
        body: JSON.stringify({ blocks }),
      });
      return answer.ok ? (await answer.json()).html : [];
    } catch {
      return []; // the source stays to be seen
    }
  }
}

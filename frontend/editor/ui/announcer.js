/** Says things: to everybody, in a line above the text, or to screen readers alone. */
export class Announcer {
  constructor(root) {
    this.line = root.querySelector("[data-said]");
    this.quiet = root.querySelector("[data-announce]");
  }

  /** Show sentences until something else is said. */
  say(...sentences) {
    this.line.replaceChildren(...sentences.map((sentence) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = sentence;
      return paragraph;
    }));
  }

  hush() {
    if (this.line.firstChild) this.line.replaceChildren();
  }

  whisper(sentence) {
    if (this.quiet.textContent !== sentence) this.quiet.textContent = sentence;
  }
}

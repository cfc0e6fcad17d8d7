// Where the log of a conversation is scrolled to: its end after a reload, the newest question after that.

const ASIDE = ["wheel", "touchmove", "pointerdown", "keydown"]; // the reader goes elsewhere

/** Scrolls the element ".log", whose one child is all that was said, of a component. */
export class Scrolling {
  #host;
  #shown = "";
  #at = 0; // how far the reader has scrolled
  #stays = false; // at the end, while pictures and fonts still come in
  #observer = new ResizeObserver(() => this.#stay());

  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  /** After an update: go to where something new is shown. */
  hostUpdated() {
    const { turns } = this.#host.conversation;
    const shown = turns.map((turn) => turn.id + turn.state).join();
    if (shown === this.#shown) return;
    this.#shown = shown;
    if (!turns.length) return;
    this.#stays = turns.every((turn) => turn.restored);
    if (this.#stays) this.#observe();
    else this.toNewest();
  }

  hostDisconnected() {
    this.#observer.disconnect();
    this.#stays = false;
  }

  /** Show the newest question at the top where its answer is long; otherwise this is the end of the log. */
  toNewest() {
    // A frame later: only then have the elements inside an answer their height, and the log its end.
    this.#host.updateComplete.then(() =>
      requestAnimationFrame(() => {
        const last = [...this.#log.querySelectorAll(".turn")].at(-1);
        if (last) this.#log.scrollTo({ top: last.offsetTop - 16 });
      }),
    );
  }

  /** Go to the end. */
  toEnd() {
    this.#log.scrollTo({ top: this.#log.scrollHeight });
  }

  /** Remember where the reader is: a page that moves the chat within itself loses it. */
  remember() {
    this.#at = this.#log.scrollTop;
  }

  /** Go to the place that was remembered. */
  toPlace() {
    this.#log.scrollTo({ top: this.#at, behavior: "instant" });
  }

  /** How much is left below what can be seen, in pixels. */
  get below() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    return scrollHeight - scrollTop - clientHeight;
  }

  #observe() {
    for (const name of ASIDE) this.#log.addEventListener(name, () => (this.#stays = false), { passive: true });
    this.#observer.observe(this.#log); // it may be hidden as yet: on a phone, behind the article
    this.#observer.observe(this.#log.firstElementChild);
    this.#stay();
  }

  #stay() {
    if (this.#stays) this.#log.scrollTo({ top: this.#log.scrollHeight, behavior: "instant" });
  }

  get #log() {
    return this.#host.renderRoot.querySelector(".log");
  }
}

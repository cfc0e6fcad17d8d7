// Back leads to the pane that a press led away from: on a phone, from a sentence to the answer that cites it.

/** Keeps the panes that were left in the browser's history. Where the chat stands beside the rest, nothing was left. */
export class Visits {
  #tabs;
  #left = []; // what had the focus where a pane was left

  constructor(tabs) {
    this.#tabs = tabs;
    tabs.onpress = (name) => this.#pressed(name);
  }

  /** Say whether the page has made the entry of the history that is shown; else the reader has, in the address. */
  get isOurs() {
    return Boolean(history.state?.pane);
  }

  /** Show a pane, with an address of its own where one is given ("#P3S8"). */
  go(name, address = location.href) {
    const from = this.#tabs.shown;
    this.#left.push(deepest(document.activeElement));
    this.#tabs.show(name);
    if (this.#tabs.wide || this.#tabs.shown === from) {
      this.#left.pop();
      history.replaceState(history.state, "", address);
    } else {
      history.replaceState({ ...history.state, pane: from }, "");
      history.pushState({ pane: name, from }, "", address);
    }
  }

  /** Show the pane of the entry that the reader has gone to, if it is one of ours. */
  back() {
    if (!this.isOurs) return;
    this.#tabs.show(history.state.pane);
    this.#left.pop()?.focus({ preventScroll: true });
  }

  // The tab of the pane that was left leads back, so that Back after it does not seem to do nothing.
  #pressed(name) {
    if (name === history.state?.from) history.back();
    else this.#tabs.show(name);
  }
}

function deepest(element) {
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

// The tabs of the page. On wide screens the chat is always there, and its tab is not shown.

const WIDE = "(min-width: 56rem)";

/** Tabs over panes `pane-<name>`; the first one is the chat. */
export class Tabs {
  #list;
  #wide = matchMedia(WIDE);
  #scrolled = {}; // how far each pane was scrolled: they share one scrolling element

  constructor(list, names, label) {
    this.#list = list;
    list.setAttribute("aria-label", label);
    for (const [name, text] of Object.entries(names)) list.append(this.#tab(name, text));
    list.addEventListener("keydown", (event) => this.#key(event));
    this.#wide.addEventListener("change", () => this.show(this.shown));
    this.show(this.#wide.matches ? "article" : "chat");
  }

  /** What a press on a tab does; whoever keeps the history may want to do more. */
  onpress(name) {
    this.show(name);
  }

  get shown() {
    return document.body.dataset.shown;
  }

  /** Whether the chat stands beside the others. */
  get wide() {
    return this.#wide.matches;
  }

  /** Show a pane. Where the chat stands beside the others, showing it changes nothing. */
  show(name) {
    if (name === "chat" && this.#wide.matches) {
      if (this.shown !== "chat") return;
      name = "article";
    }
    const reading = document.getElementById("reading");
    if (this.shown && this.shown !== "chat") this.#scrolled[this.shown] = reading.scrollTop;
    const change = this.shown !== name;
    document.body.dataset.shown = name;
    for (const tab of this.#list.children) {
      const selected = tab.id === `tab-${name}`;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
      const pane = this.#pane(tab);
      if (tab.id !== "tab-chat") pane.hidden = !selected;
    }
    if (change) reading.scrollTop = this.#scrolled[name] ?? 0;
  }

  #tab(name, text) {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `tab-${name}`;
    tab.textContent = text;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", `pane-${name}`);
    tab.addEventListener("click", () => this.onpress(name));
    const pane = this.#pane(tab);
    pane.setAttribute("aria-labelledby", tab.id);
    return tab;
  }

  #pane(tab) {
    return document.getElementById(tab.id.replace("tab-", "pane-"));
  }

  #key(event) {
    const rtl = getComputedStyle(this.#list).direction === "rtl" ? -1 : 1;
    const step = { ArrowRight: rtl, ArrowLeft: -rtl }[event.key];
    if (!step) return;
    event.preventDefault();
    const tabs = [...this.#list.children].filter((tab) => getComputedStyle(tab).display !== "none");
    const next = tabs[(tabs.indexOf(event.target) + step + tabs.length) % tabs.length];
    next.focus();
    this.show(next.id.replace("tab-", ""));
  }
}

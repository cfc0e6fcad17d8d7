// Puts chats into the pages of other sites, and back where a page has replaced what they stood in.

import { defineChat } from "./chat/chat.js";
import { Launcher } from "./chat/launcher.js";
import { build } from "./chat/setup.js";
import { defineTimeline } from "./content/timeline.js";
import { readersSize } from "./lib/css.js";
import { palette, readOptions } from "./lib/options.js";

const CORNER = "the corner of the page";

// A page that takes the chat out as often as this does so on purpose, and would be kept busy for ever.
const RETURNS = 20;
const WITHIN = 10_000;

const NO_SERVER =
  "widget.js: it was not loaded from its own address (https://HOST/widget.js), so it can't tell which server to ask."
  + ' Name it: data-server="https://HOST", or ArticleChat.mount(target, {server: "https://HOST"}).';

const mounts = new Map(); // what it was mounted on (a selector, an element, CORNER) -> Mount
const observer = new MutationObserver(later);
let planned = null;

/** Put a chat into the page; `home` is the server where the options name none. What is wrong is said on the console. */
export function mount(target, given, home) {
  const place = target || CORNER;
  if (!isPlace(place)) return;
  const options = readOptions({ ...given });
  options.server ??= home;
  if (!options.server) return console.error(NO_SERVER);
  const before = mounts.get(place);
  if (!before) mounts.set(place, new Mount(place, options));
  else if (!before.has(options)) console.warn(`widget.js: ${named(place)} has its chat already; unmount it first.`);
  observer.observe(document, { childList: true, subtree: true, attributeFilter: ["id", "class"] });
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", settle, { once: true });
  else settle();
}

/** Take a chat out of the page again: that of a target, of the corner (null), or all (undefined). */
export function unmount(target) {
  const places = target === undefined ? [...mounts.keys()] : [target || CORNER];
  for (const place of places) {
    mounts.get(place)?.end();
    mounts.delete(place);
  }
  if (!mounts.size) observer.disconnect();
}

/** A chat, where it belongs, and the element that is there for it. */
class Mount {
  #place;
  #options;
  #element = null;
  #chat = null;
  #over = new AbortController();
  #said = false;
  #returns = [];

  constructor(place, options) {
    this.#place = place;
    this.#options = options;
  }

  has(options) {
    return JSON.stringify(options) === JSON.stringify(this.#options);
  }

  stands(parent) {
    return Boolean(this.#element) && this.#element.parentNode === parent;
  }

  /** Put the chat where it belongs, unless it is there or the page has no such place now. */
  settle() {
    if (this.#element?.isConnected || this.#over.signal.aborted) return;
    const parent = this.#parent();
    if (!parent) return this.#say(`the page has no element ${named(this.#place)} yet; the chat appears when it does.`);
    if (this.#place !== CORNER && [...mounts.values()].some((other) => other.stands(parent)))
      return this.#say(`${named(this.#place)} has a chat already, mounted by another name.`);
    const isNew = !this.#element;
    if (isNew) this.#make();
    else if (!this.#mayReturn()) return;
    parent.append(this.#element);
    if (!isNew) return;
    if (this.#place !== CORNER) this.#chat.open();
    else if (this.#options.open) this.#element.show({ focus: false });
  }

  end() {
    this.#over.abort();
    this.#element?.remove();
    this.#chat?.conversation.close();
  }

  #parent() {
    if (this.#place === CORNER) return document.body;
    if (typeof this.#place === "string") return document.querySelector(this.#place);
    return this.#place.isConnected ? this.#place : null;
  }

  #make() {
    const options = this.#options;
    const chat = build(options.server, options);
    this.#chat = this.#element = chat;
    if (this.#place === CORNER) {
      this.#element = document.createElement("ask-launcher");
      Object.assign(this.#element, { chat, lang: options.lang, name: options.label, position: options.position });
    }
    this.#paint();
  }

  // Colours and direction sit on the outermost element; what is inside inherits them.
  #paint() {
    const night = matchMedia("(prefers-color-scheme: dark)");
    const apply = () => {
      const { theme, colours } = palette(this.#options, night.matches);
      for (const part of new Set([this.#element, this.#chat])) {
        part.setAttribute("theme", theme);
        part.setAttribute("dir", this.#options.dir);
        part.style.setProperty("--rem", readersSize());
        for (const [name, value] of Object.entries(colours)) part.style.setProperty(`--${name}`, value);
      }
    };
    night.addEventListener("change", apply, { signal: this.#over.signal });
    apply();
  }

  #mayReturn() {
    const now = Date.now();
    this.#returns = [...this.#returns.filter((time) => now - time < WITHIN), now];
    if (this.#returns.length <= RETURNS) return true;
    console.warn(`widget.js: the page keeps removing the chat from ${named(this.#place)}; it is left out from now on.`);
    this.#over.abort();
    return false;
  }

  #say(text) {
    if (!this.#said) console.warn(`widget.js: ${text}`);
    this.#said = true;
  }
}

// Not at once: a page that takes out whatever is put in would be caught in a loop, and many changes come together.
function later() {
  planned ??= setTimeout(settle);
}

function settle() {
  clearTimeout(planned);
  planned = null;
  for (const one of mounts.values()) one.settle();
}

function isPlace(place) {
  if (place === CORNER || place instanceof Element) return true;
  try {
    if (typeof place !== "string") throw new TypeError();
    document.createDocumentFragment().querySelector(place);
    return true;
  } catch {
    console.error(`widget.js: target (data-target) must be a CSS selector or an element; ${String(place)} is neither, so there is no chat.`);
    return false;
  }
}

function named(place) {
  return typeof place === "string" ? place : `<${place.localName}>`;
}

defineChat();
defineTimeline();
if (!customElements.get("ask-launcher")) customElements.define("ask-launcher", Launcher);

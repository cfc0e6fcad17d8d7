// What another site embeds: <script src="https://HOST/widget.js" data-...></script>. docs/web-widget.md names all.

import { defineChat } from "./chat/chat.js";
import { Launcher } from "./chat/launcher.js";
import { build } from "./chat/setup.js";
import { defineTimeline } from "./content/timeline.js";
import { readersSize } from "./lib/css.js";
import { palette, readOptions } from "./lib/options.js";

// As a module, a script is not told which one it is.
const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');

function start() {
  const options = readOptions(script.dataset);
  const chat = build(new URL(script.src).origin, options);
  const element = options.target ? inline(chat, options.target) : launcher(chat, options);
  if (!element) return;
  paint(element, chat, options);
  if (options.target) chat.open();
  else if (options.open) element.show({ focus: false });
}

function launcher(chat, options) {
  if (document.querySelector("ask-launcher")) {
    console.warn("widget.js: the page has the chat in its corner already; the second script tag is ignored.");
    return null;
  }
  const element = document.createElement("ask-launcher");
  Object.assign(element, { chat, lang: options.lang, name: options.label, position: options.position });
  document.body.append(element);
  return element;
}

function inline(chat, target) {
  const place = document.querySelector(target);
  if (!place) {
    console.error(`widget.js: the page has no element ${target} (data-target).`);
    return null;
  }
  place.append(chat);
  return chat;
}

// Colours and direction sit on the outermost element; what is inside inherits them.
function paint(element, chat, options) {
  const night = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const { theme, colours } = palette(options, night.matches);
    for (const part of new Set([element, chat])) {
      part.setAttribute("theme", theme);
      part.setAttribute("dir", options.dir);
      part.style.setProperty("--rem", readersSize());
      for (const [name, value] of Object.entries(colours)) part.style.setProperty(`--${name}`, value);
    }
  };
  night.addEventListener("change", apply);
  apply();
}

defineChat();
defineTimeline();
if (!customElements.get("ask-launcher")) customElements.define("ask-launcher", Launcher);
if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
else start();

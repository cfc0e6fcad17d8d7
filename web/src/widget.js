// What another site loads: <script src="https://HOST/widget.js" data-...></script>. docs/web-widget.md tells all of it.
//
// The same file may run as a classic script, which the browser tells its tag, or as a module, which learns its own
// address from `import.meta`: words that no classic script may contain. So a module asks a small one that lies beside it.

import { fromTag } from "./lib/options.js";

const FILE = "/widget.js";
const READY = "article-chat-ready";

// An element of the page that is named "currentScript" would stand in its place.
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
// Looked up at once, as a loader may take its tag away again.
const tags = script ? [script] : [...document.querySelectorAll("script[type=module i][src]")];
const address = script ? Promise.resolve(addressOf(script.src)) : addressOfModule();

// Whoever is there first does it for all that are loaded later: the page has one interface, and one chat a target.
const { mount } = (window.ArticleChat ??= offer());
address.then((own) => {
  for (const tag of tags) if (script || isSameFile(tag.src, own)) start(tag, own);
});

function offer() {
  // In the same file, but run only now: where the page's policy forbids what it needs, that can be said.
  const ready = Promise.all([import("./embed.js"), address]);
  const call = (name) => (target, options) => {
    ready.then(([embed, own]) => embed[name](target, options, own?.origin), () => {}); // said once, below
  };
  const chat = Object.freeze({ mount: call("mount"), unmount: call("unmount") });
  ready.then(
    () => document.dispatchEvent(new CustomEvent(READY, { detail: chat })),
    (error) =>
      console.error(
        `widget.js can't run on this page: ${error.message}. Where its Content-Security-Policy has "trusted-types", that`
          + ` must name lit-html, and 'allow-duplicates' if the page uses Lit itself.`,
      ),
  );
  return chat;
}

function start(tag, own) {
  if (tag.dataset.manual !== undefined) return;
  const options = fromTag(tag.dataset);
  mount(tag.dataset.target, { ...options, server: options.server ?? own?.origin });
}

function addressOf(src) {
  // As a part of somebody's bundle it has the bundle's tag, which says nothing of our server.
  return src && new URL(src).pathname.endsWith(FILE) ? new URL(src) : null;
}

async function addressOfModule() {
  try {
    const { own } = await import("./static/widget-address.js");
    return new URL(".." + FILE, own);
  } catch {
    return null; // not beside it: part of a bundle
  }
}

function isSameFile(src, own) {
  const { origin, pathname } = new URL(src);
  return origin === own?.origin && pathname === own.pathname;
}

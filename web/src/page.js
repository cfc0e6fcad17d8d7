// The page at "/": the article, the timeline and the map on one side, the chat on the other.

import { defineChat } from "./chat/chat.js";
import { build } from "./chat/setup.js";
import { pagePalette } from "./chat/tokens.js";
import { defineArticle } from "./content/article.js";
import { defineMap } from "./content/map.js";
import { defineTimeline } from "./content/timeline.js";
import { language, translator } from "./lib/language.js";
import { questionIn } from "./lib/link.js";
import { touches } from "./lib/page.js";
import { isSentence } from "./lib/place.js";
import { Tabs } from "./lib/tabs.js";
import { Visits } from "./lib/visits.js";

const wishes = new URLSearchParams(location.search); // ?lang=ru&theme=dark
const root = document.documentElement;
const lang = language(wishes.get("lang"), ...navigator.languages);
const t = translator(lang);
const theme = ["light", "dark"].includes(wishes.get("theme")) ? wishes.get("theme") : (root.dataset.theme ?? "auto");

for (const define of [defineChat, defineArticle, defineTimeline, defineMap]) define();
document.adoptedStyleSheets = [pagePalette.styleSheet];
root.lang = lang;
if (theme !== "auto") root.dataset.theme = theme;
if (wishes.get("dir") === "rtl") root.dir = "rtl";

const chat = build(location.origin, { lang, article: true });
const article = document.createElement("ask-article");
const timeline = document.createElement("ask-timeline");
const map = document.createElement("ask-map");
for (const element of [chat, article, timeline, map]) {
  element.setAttribute("theme", theme);
  element.setAttribute("dir", root.dir || "ltr");
  element.lang = lang;
}

const names = Object.fromEntries(["chat", "article", "timeline", "map"].map((name) => [name, t(name)]));
const tabs = new Tabs(document.getElementById("tabs"), names, t("sections"));
const visits = new Visits(tabs);
document.title = t("page.title");
document.getElementById("heading").textContent = t("page.title");
document.getElementById("pane-chat").append(chat);

document.addEventListener("cite", (event) => {
  event.preventDefault();
  showSentence(event.detail.sentence);
});
for (const element of [article, timeline, map]) {
  element.addEventListener("ask", (event) => ask(event.detail));
  element.addEventListener("about", (event) => askAbout(event.detail));
}
addEventListener("popstate", () => visits.back());
addEventListener("hashchange", () => visits.isOurs || showLinked());

function showSentence(id) {
  if (!article.has(id)) return;
  const away = document.getElementById("pane-chat").contains(document.activeElement) && !tabs.wide;
  visits.go("article", `#${id}`);
  // What had the focus is hidden now where there is room for one pane only.
  article.show(id, { focus: away });
}

// Show the sentence that the address names, unless something else is to be seen first and there is no room for both.
function showLinked() {
  const id = location.hash.slice(1);
  const first = linked ? "chat" : (history.state?.pane ?? "article");
  if (!article.has(id) || (first !== "article" && !tabs.wide)) return;
  tabs.show("article");
  article.show(id);
}

function ask(question) {
  visits.go("chat");
  chat.ask(question);
  if (!touches()) chat.focus();
}

function askAbout(sentence) {
  visits.go("chat");
  chat.draft("", sentence);
}

async function load() {
  const waiting = document.querySelectorAll(".waiting");
  for (const place of waiting) place.textContent = t("content.loading");
  try {
    const content = await chat.client.content();
    article.content = content;
    timeline.timeline = content.timeline;
    map.map = content.map;
  } catch {
    for (const place of waiting) place.replaceChildren(t("content.failed") + " ", retry());
    return;
  }
  for (const element of [article, timeline, map]) fill(element.localName.slice("ask-".length), element);
  document.title = `${article.content.title} – ${t("page.title")}`;
  showLinked();
}

function fill(name, element) {
  const heading = document.createElement("h2"); // the article brings its own
  heading.className = "unseen";
  heading.textContent = names[name];
  document.getElementById("pane-" + name).replaceChildren(...(element === article ? [] : [heading]), element);
}

function retry() {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = t("retry");
  button.addEventListener("click", load, { once: true });
  return button;
}

// A link to an answer asks its question once: it goes from the address, so that a reload or Back asks nothing again.
const linked = questionIn(location.href);
if (linked) {
  history.replaceState(history.state, "", linked.rest);
  if (linked.question) chat.ask(linked.question, isSentence(linked.sentence) ? linked.sentence : null);
}
if (visits.isOurs) tabs.show(history.state.pane);
chat.open();
load();

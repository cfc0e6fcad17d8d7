// Templates for what the bot says. Everything is inserted as text; links are http(s) only.

import { html, nothing } from "lit";

import { choicesOf } from "../lib/choices.js";
import { CONTENT_LANGUAGE } from "../lib/language.js";
import { longPlace, shortPlace } from "../lib/place.js";
import { parts } from "../lib/text.js";
import { asksBack, evidenceOf, textsOf } from "../lib/transcript.js";
import { icon } from "./icons.js";

/**
 * Show a reply: its texts, what kind of answer it is, its sentences, its picture.
 *
 * `view` has t (translator), cite (called with evidence), opened (the sentence shown in place, or null), inPlace
 * (whether sentences are shown here), picture (called with a picture's record).
 */
export function reply(messages, view) {
  const answer = messages.find((message) => message.custom?.answer)?.custom.answer ?? {};
  const picture = messages.find((message) => message.custom?.picture)?.custom.picture;
  const drawing = picture ? view.picture(picture) : nothing;
  const evidence = unique(evidenceOf(messages));
  return html`<div class="answer">
    <span class="unseen">${view.t("bot")}:</span>
    ${note(answer, view)}
    ${textsOf(messages).map((text) => html`<p class=${isDrawn(text, drawing, picture) ? "text unseen" : "text"} dir="auto" lang=${CONTENT_LANGUAGE}>${inline(text, evidence, view)}</p>`)}
    ${drawing} ${sources(evidence, view)}
  </div>`;
}

/** Show the choices of a reply as numbered buttons. A question back is read out, mere suggestions are not. */
export function choices(messages, view) {
  const offered = choicesOf(messages);
  if (!offered.length) return nothing;
  const asked = asksBack(messages);
  return html`<div aria-live=${asked ? nothing : "off"}>
    <p class="label" id="choices">${view.t(asked ? "choices" : "suggestions")}</p>
    <ol class="choices" aria-labelledby="choices">
      ${offered.map(
        (choice, at) =>
          html`<li>
            <button class="choice" type="button" lang=${CONTENT_LANGUAGE} @click=${() => view.choose(choice)}>
              <span class="number" aria-hidden="true">${at + 1}</span><span dir="auto">${choice.title}</span>
            </button>
          </li>`,
      )}
    </ol>
  </div>`;
}

// What a drawing shows is not shown once more above it, only read out.
function isDrawn(text, drawing, picture) {
  return drawing !== nothing && Boolean(picture.alt?.includes(text));
}

// What could not be made out, or was in another language, may well stand in the article.
const UNREAD = ["not_understood", "other_language"];

function note(answer, view) {
  if (answer.status === "not_in_document" && !UNREAD.includes(answer.reason)) return html`<p class="note">${icon("missing")} ${view.t("missing")}</p>`;
  if (answer.derived) return html`<p class="note">${icon("counted")} ${view.t("counted")}</p>`;
  return nothing;
}

function inline(text, evidence, view) {
  return parts(text).map((part) => {
    if (part.link) return html`<a href=${part.link} target="_blank" rel="noopener noreferrer">${part.link}</a>`;
    const cited = part.sentence && evidence.find(({ sentence }) => sentence === part.sentence);
    return cited ? chip(cited, view, "text") : (part.text ?? part.sentence);
  });
}

function sources(evidence, view) {
  if (!evidence.length) return nothing;
  const opened = evidence.find((item) => item === view.opened || item.sentence === view.opened);
  return html`<div class="sources" role="group" aria-label=${view.t("sources")}>
      <span class="label" aria-hidden="true">${view.t("sources")}</span>
      ${evidence.map((item) => chip(item, view))}
    </div>
    <ul class="printed">
      ${evidence.map(({ sentence, quote }) => html`<li>${shortPlace(sentence, view.t)} <q lang=${CONTENT_LANGUAGE} dir="auto">${quote}</q></li>`)}
    </ul>
    ${opened ? html`<blockquote lang=${CONTENT_LANGUAGE} dir="auto">${opened.quote}</blockquote>` : nothing}`;
}

function chip(item, view) {
  const expanded = view.inPlace ? String(view.opened === item.sentence) : nothing;
  return html`<button
    class="chip"
    type="button"
    title=${item.quote}
    aria-label=${view.t(view.inPlace ? "source.here" : "source", { place: longPlace(item.sentence, view.t) })}
    aria-expanded=${expanded}
    @click=${() => view.cite(item)}
  >${shortPlace(item.sentence, view.t)}</button>`;
}

// One chip a sentence, though an answer may quote two pieces of it.
function unique(evidence) {
  const found = new Map();
  for (const item of evidence) {
    const before = found.get(item.sentence);
    found.set(item.sentence, before ? { ...before, quote: `${before.quote} … ${item.quote}` } : item);
  }
  return [...found.values()];
}

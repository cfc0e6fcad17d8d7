// The sentence that something rests on, with the ways on from it.

import { html, nothing } from "lit";

import { CONTENT_LANGUAGE, translator } from "../lib/language.js";
import { longPlace, shortPlace } from "../lib/place.js";

/** Show the sentence of an item of the timeline or the map; `element` sends "cite" and "ask". */
export function evidence(element, { sentence, quote, question }) {
  const t = translator(element.lang);
  const send = (name, detail) => element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  return html`<div class="evidence">
    <blockquote lang=${CONTENT_LANGUAGE} dir="auto">
      ${quote}
      <span class="where" lang=${element.lang} aria-hidden="true">${shortPlace(sentence, t)}</span><span class="unseen" lang=${element.lang}>(${longPlace(sentence, t)})</span>
    </blockquote>
    ${element.inPlace
      ? nothing
      : html`<button class="plain" type="button" @click=${() => send("cite", { sentence, quote })}>${t("show")}</button>`}
    ${question
      ? html`<button class="plain" type="button" @click=${() => send("ask", question)}>${t("ask", { question })}</button>`
      : nothing}
  </div>`;
}

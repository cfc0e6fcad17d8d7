// Templates for what stands around the conversation.

import { html, nothing } from "lit";

/** Show the first text: the embedding page's own (none where that is empty), else what the bot is and does. */
export function greeting(own, title, t) {
  if (own === "") return nothing;
  const text = own || (title ? t("greeting", { article: title }) : t("greeting.plain"));
  return html`<div class="greeting answer"><p class="text" dir="auto">${text}</p></div>`;
}

/** Show the box to write in; `say` is called with the event that carries what was written. */
export function writing(chat, say) {
  return html`<ask-composer .t=${chat.t} .drafts=${chat.drafts} .placeholder=${chat.options.placeholder} @say=${say}></ask-composer>`;
}

/** Show the timeline within an answer; `ask` is called with the event that carries a question. */
export function smallTimeline(chat, ask) {
  return html`<ask-timeline
    compact
    theme=${chat.getAttribute("theme") ?? nothing}
    lang=${chat.lang}
    .timeline=${chat.content.timeline}
    .inPlace=${!chat.options.article}
    @ask=${ask}
  ></ask-timeline>`;
}

/** Return the words that stand around the turns of a saved conversation. */
export function heads({ t, lang, content, options }) {
  const time = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short" }).format(new Date());
  const title = content?.title || options.title || t("title");
  return { title, time, you: t("you"), bot: t("bot"), unsent: t("export.unsent") };
}

/** Say what was done; `save`, where there is one, still saves the conversation that was left. */
export function banner(notice, save, t) {
  if (!notice) return nothing;
  const button = save ? html`<button class="plain" type="button" @click=${save}>${t("export.left")}</button>` : nothing;
  return html`<p class="banner">${notice} ${button}</p>`;
}

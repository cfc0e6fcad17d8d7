// Templates for what stands around the conversation.

import { html, nothing } from "lit";

/** Show the first text: the embedding page's own (none where that is empty), else what the bot is and does. */
export function greeting(own, title, t) {
  if (own === "") return nothing;
  const text = own || (title ? t("greeting", { article: title }) : t("greeting.plain"));
  return html`<div class="greeting answer"><p class="text" dir="auto">${text}</p></div>`;
}

/** Say what was done; `save`, where there is one, still saves the conversation that was left. */
export function banner(notice, save, t) {
  if (!notice) return nothing;
  const button = save ? html`<button class="plain" type="button" @click=${save}>${t("export.left")}</button>` : nothing;
  return html`<p class="banner">${notice} ${button}</p>`;
}

// A conversation as Markdown, with the sentences that each answer rests on.

import { textOf } from "./text.js";

/**
 * Write turns as Markdown.
 *
 * `heads` are the words around it in the reader's language: title, time, you, bot, unsent.
 */
export function transcript(turns, heads) {
  const lines = [`# ${plain(heads.title)}`, "", heads.time, ""];
  for (const turn of turns) {
    const about = turn.sentence ? ` (${turn.sentence})` : "";
    lines.push(`**${heads.you}${about}:** ${plain(turn.text)}${turn.state === "done" ? "" : ` *(${heads.unsent})*`}`, "");
    lines.push(...reply(turn, heads));
  }
  return lines.join("\n").trimEnd() + "\n";
}

/** Write one reply as text to paste: what was said, then the quotes. */
export function replyText(messages) {
  const quotes = evidenceOf(messages).map(({ sentence, quote }) => `${sentence}: “${quote}”`);
  return [...textsOf(messages), ...quotes].join("\n");
}

/** Return the texts of a reply. */
export function textsOf(messages) {
  return messages.map((message) => textOf(message.text)).filter(Boolean);
}

/** Return what an answer rests on: [{sentence, quote}]. */
export function evidenceOf(messages) {
  return messages
    .flatMap((message) => message.custom?.answer?.evidence ?? [])
    .filter((evidence) => typeof evidence?.sentence === "string" && typeof evidence?.quote === "string");
}

/** Say whether a reply is a question back: there is no answer yet to rate or to pass on. */
export function asksBack(messages) {
  return statusOf(messages) === "clarify";
}

/** Return the status of a reply's answer record, undefined where it has none. */
export function statusOf(messages) {
  return messages.find((message) => message.custom?.answer)?.custom.answer.status;
}

/** Return a reply's question in words that need no question before it, undefined where it was asked in such words. */
export function askedAlone(messages) {
  return messages.find((message) => typeof message.custom?.asked === "string")?.custom.asked;
}

function reply(turn, heads) {
  const texts = textsOf(turn.messages);
  if (!texts.length) return [];
  const quotes = evidenceOf(turn.messages).map(({ sentence, quote }) => `> ${sentence}: “${plain(quote)}”`);
  const block = quotes.flatMap((quote, at) => (at ? [">", quote] : [quote]));
  return [`**${heads.bot}:** ${texts.map(plain).join("\n\n")}`, "", ...block, ...(block.length ? [""] : [])];
}

// Markdown that somebody typed stays what they typed: a viewer must not turn it into links or HTML.
function plain(text) {
  return text.replace(/[\\`*_[\]<>#|~]/g, "\\$&").replace(/\s*\n\s*/g, "  \n");
}

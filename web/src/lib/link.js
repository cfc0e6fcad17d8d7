// Links to an answer: a page that opens with its question.

import { askedAlone, statusOf } from "./transcript.js";

const ANSWERS = ["answered", "not_in_document"];
const LONGEST = 2000;

/**
 * Return the link to an answer on the page at `page`, null where a turn has none (a greeting, a question back).
 *
 * A follow-up ("And then?") is linked as the question that it stood for.
 */
export function answerLink(page, { text, payload, sentence, messages }) {
  if (!ANSWERS.includes(statusOf(messages))) return null;
  const link = new URL(page);
  link.searchParams.set("q", askedAlone(messages) ?? payload ?? text);
  if (sentence) link.searchParams.set("sentence", sentence);
  return link.href;
}

/**
 * Take the question out of a page's address: {question, sentence, rest}, or null where it holds none.
 *
 * `rest` is the address without it, so that a reload asks nothing again.
 */
export function questionIn(address) {
  const rest = new URL(address);
  const question = (rest.searchParams.get("q") ?? "").trim();
  const sentence = rest.searchParams.get("sentence");
  if (!rest.searchParams.has("q")) return null;
  for (const name of ["q", "sentence"]) rest.searchParams.delete(name);
  return { question: [...question].slice(0, LONGEST).join(""), sentence, rest: rest.href };
}

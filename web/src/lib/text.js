// Text as parts to show: plain words, links to the web, ids of sentences. Nothing here makes HTML.

const PARTS = /(https?:\/\/[^\s<>"“”]+)|\b(P\d{1,4}S\d{1,4})\b/g;
const CLOSING = /[.,;:!?)\]}'’]+$/;

/**
 * Split a text of the bot into parts.
 *
 * "See P1S2." is [{text: "See "}, {sentence: "P1S2"}, {text: "."}].
 */
export function parts(text) {
  const found = [];
  let end = 0;
  for (const match of text.matchAll(PARTS)) {
    let whole = match[0];
    if (match[1]) whole = whole.replace(CLOSING, "");
    if (match[1] && !webLink(whole)) continue;
    if (match.index > end) found.push({ text: text.slice(end, match.index) });
    found.push(match[1] ? { link: whole } : { sentence: whole });
    end = match.index + whole.length;
  }
  if (end < text.length) found.push({ text: text.slice(end) });
  return found;
}

/** Return a URL as it may be followed (http or https only), or null. */
export function webLink(value) {
  try {
    const url = new URL(value);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Return what can be shown of something that should be text: a string, or nothing. */
export function textOf(value) {
  return typeof value === "string" ? value : "";
}

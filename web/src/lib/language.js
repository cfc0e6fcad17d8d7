// The interface in the reader's language. What the bot says is not touched.

import de from "../strings/de.json" with { type: "json" };
import en from "../strings/en.json" with { type: "json" };
import kk from "../strings/kk.json" with { type: "json" };
import ru from "../strings/ru.json" with { type: "json" };

/** The language in which the bot reads and answers, whatever the interface speaks. */
export const CONTENT_LANGUAGE = "en";

const STRINGS = { en, ru, kk, de };

export const LANGUAGES = Object.keys(STRINGS);

/** Say whether the interface speaks the language of a tag such as "de-AT". */
export function isLanguage(tag) {
  return code(tag) in STRINGS;
}

/** Return the first of some language tags ("de-AT") that the interface speaks, else "en". */
export function language(...tags) {
  return tags.filter(Boolean).map(code).find((code) => code in STRINGS) ?? "en";
}

function code(tag) {
  return String(tag).toLowerCase().split("-")[0];
}

/** Return the function that gives the text of a key, its {names} filled in: `t("source", {sentence: "P1S2"})`. */
export function translator(code) {
  const strings = STRINGS[language(code)];
  return (key, values = {}) =>
    (strings[key] ?? en[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Write a length of time in seconds in words: "5 sec". */
export function seconds(code, count) {
  return unit(code, "second", count, "short");
}

/** Write a number of days in words: "4 days". */
export function days(code, count) {
  return unit(code, "day", count, "long");
}

function unit(code, name, count, width) {
  return new Intl.NumberFormat(language(code), { style: "unit", unit: name, unitDisplay: width }).format(count);
}

// Where a sentence stands, in words for readers: its id "P6S3" means nothing to them.

const ID = /^P(\d+)S(\d+)$/;

/** Write where a sentence stands as short as can be: "¶6 · 3", or the word for the title. `t` translates. */
export function shortPlace(id, t) {
  const [, paragraph, sentence] = ID.exec(id) ?? [];
  if (paragraph === undefined) return id;
  return paragraph === "0" ? t("place.title") : `¶${paragraph} · ${sentence}`;
}

/** Write the same so that it can be read out: "Paragraph 6, sentence 3". */
export function longPlace(id, t) {
  const [, paragraph, sentence] = ID.exec(id) ?? [];
  if (paragraph === undefined) return id;
  return paragraph === "0" ? t("place.title") : t("place", { paragraph, sentence });
}

/** Say whether something has the form of a sentence's id. */
export function isSentence(id) {
  return typeof id === "string" && ID.test(id);
}

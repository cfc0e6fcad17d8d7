// Choices a reply offers, and picking one by its number.

const NUMBER = /^\s*#?(\d{1,2})\s*[.)]?\s*$/;

/** Return the buttons of a reply's messages, each with a title and the text that it sends. */
export function choicesOf(messages) {
  return messages
    .flatMap((message) => (Array.isArray(message.buttons) ? message.buttons : []))
    .filter((button) => typeof button?.title === "string" && button.title.trim())
    .map(({ title, payload }) => ({ title, payload: typeof payload === "string" && payload ? payload : title }));
}

/** Return the choice that a typed number names ("2", "2."), or null. */
export function pick(text, choices) {
  const number = NUMBER.exec(text);
  return (number && choices[Number(number[1]) - 1]) || null;
}

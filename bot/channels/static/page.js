// Ask the REST channel and show its answers. Text goes in by textContent only.
"use strict";

const talk = document.getElementById("talk");
const form = document.getElementById("ask");
const question = document.getElementById("question");
const sender = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

function show(tag, text, style) {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = style || "";
  talk.append(element);
  element.scrollIntoView({ block: "end" });
  return element;
}

function showButtons(buttons) {
  const row = show("div", "", "choices");
  for (const { title, payload } of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = title;
    button.addEventListener("click", () => send(payload || title));
    row.append(button);
  }
}

function render(messages) {
  for (const message of messages) {
    if (message.text) show("div", message.text, "said bot");
    const answer = message.custom && message.custom.answer;
    for (const { quote, sentence } of (answer && answer.evidence) || []) show("blockquote", `“${quote}” (${sentence})`);
  }
  for (const message of messages) if (message.buttons) showButtons(message.buttons);
}

// One message after the other, so that each reply stands under its question.
let queue = Promise.resolve();

function send(text) {
  queue = queue.then(() => exchange(text));
}

async function exchange(text) {
  show("div", text, "said user");
  const waiting = show("div", "…", "said bot waiting");
  try {
    const reply = await fetch("/webhooks/rest/webhook", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ sender, message: text }),
    });
    const content = await reply.json();
    if (!reply.ok) throw new Error(content.error.message);
    render(content);
  } catch (error) {
    const known = error instanceof Error && error.name === "Error";
    show("div", known ? error.message : "The bot can't be reached. Please try again.", "said bot error");
  } finally {
    waiting.remove();
    question.focus();
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = question.value.trim();
  question.value = "";
  if (text) send(text);
});

// Puts the parts of a chat together.

import { Client } from "../lib/client.js";
import { Conversation } from "../lib/conversation.js";
import { Outbox } from "../lib/outbox.js";
import { openStorage } from "../lib/storage.js";

/** Make a chat that speaks with the server at an origin. */
export function build(origin, options) {
  const kept = openStorage("localStorage", "ask:" + origin);
  const client = new Client(origin, kept);
  const conversation = new Conversation(client, new Outbox(kept));
  const drafts = openStorage("sessionStorage", "ask:" + origin);
  const chat = document.createElement("ask-chat");
  return Object.assign(chat, { client, conversation, drafts, options, lang: options.lang });
}

// The web channel over HTTP (docs/web-api.md). Every method rejects with a Problem and nothing else.

import { FORBIDDEN, OFFLINE, Problem, problemOf } from "./problem.js";

// The server gives up on a turn after 15 s; a connection that says nothing for so long is dead.
const PATIENCE = 30_000;
const SHORT_PATIENCE = 5_000;

/** Speaks with one server; on pages of other sites it keeps the token that stands in for a cookie. */
export class Client {
  #base;
  #storage;
  #opening = null;
  #content = null;
  #said = false;
  #blocked = false; // by the page's own policy

  /**
   * @param origin where the server is, "https://bot.example"
   * @param storage keeps the token over a reload
   */
  constructor(origin, storage) {
    this.#base = new URL("/webhooks/web/", origin).href;
    this.#storage = storage;
    document.addEventListener("securitypolicyviolation", ({ disposition, blockedURI, effectiveDirective }) => {
      if (disposition === "enforce" && effectiveDirective === "connect-src") this.#blocked ||= blockedURI.startsWith(origin);
    });
  }

  /** Begin a conversation, or go on with the one before; return {turns}. */
  async history() {
    await this.#session();
    const { turns } = await this.#ask("history");
    return { turns: Array.isArray(turns) ? turns.map(readTurn) : [] };
  }

  /** The address of the page that the server shows at "/". */
  get page() {
    return new URL("/", this.#base).href;
  }

  /** Ask, about a sentence of the article where its id is given; return the messages of the reply. */
  async send(id, text, payload = text, sentence = null) {
    const body = { id, text, ...(payload === text ? {} : { payload }), ...(sentence ? { sentence } : {}) };
    const { messages } = await this.#ask("message", body);
    return messages.filter((message) => message && typeof message === "object");
  }

  async feedback(id, verdict, remark) {
    await this.#ask("feedback", { id, verdict, remark });
  }

  /** Leave the conversation for a new one. */
  async restart() {
    this.#keep(await this.#ask("restart", {}));
  }

  /** Return what the page draws: the article, the timeline, the map. Asked for once. */
  content() {
    this.#content ??= this.#fetch("content").catch((problem) => {
      this.#content = null;
      throw problem;
    });
    return this.#content;
  }

  /** Ask within a conversation; where the server knows none any more, begin one and ask again. */
  async #ask(path, body) {
    try {
      return await this.#fetch(path, body);
    } catch (problem) {
      if (problem.status !== 401) throw problem;
      await this.#session();
      return this.#fetch(path, body);
    }
  }

  async #session() {
    this.#opening ??= this.#fetch("session", {}).finally(() => (this.#opening = null));
    this.#keep(await this.#opening);
  }

  #keep({ token }) {
    if (typeof token === "string") this.#storage.set("token", token);
  }

  async #fetch(path, body) {
    const token = this.#storage.get("token");
    const headers = { Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    if (token && this.#isForeign()) headers.Authorization = `Bearer ${token}`;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    let response, content;
    try {
      response = await fetch(this.#base + path, {
        method: body ? "POST" : "GET",
        headers,
        body: body && JSON.stringify(body),
        credentials: "same-origin",
        signal: stop.signal,
      });
      content = await response.text();
    } catch {
      throw (await this.#refusal()) ?? new Problem(OFFLINE);
    } finally {
      clearTimeout(timer);
    }
    try {
      return read(response, content);
    } catch (problem) {
      throw this.#told(problem);
    }
  }

  // A browser hides from a page why a server of another origin can't be read. Only here the server tells every page
  // whether it answers pages of that origin at all.
  async #refusal() {
    if (!this.#isForeign()) return null;
    try {
      const response = await fetch(this.#base, { credentials: "omit", signal: AbortSignal.timeout(SHORT_PATIENCE) });
      read(response, await response.text());
    } catch (problem) {
      if (problem.kind === FORBIDDEN) return this.#told(problem);
    }
    if (!this.#blocked) return null;
    const { origin } = new URL(this.#base);
    const text = `This page's Content-Security-Policy keeps the chat from its server: add ${origin} to connect-src.`;
    return this.#told(new Problem(FORBIDDEN, { text }));
  }

  // Whoever made the page can do something about it, the reader can't.
  #told(problem) {
    if (problem.kind === FORBIDDEN && !this.#said) console.error(`widget.js: ${problem.text}`);
    this.#said ||= problem.kind === FORBIDDEN;
    return problem;
  }

  // `location.origin` is that of the address, also in a sandboxed frame, whose origin is "null".
  #isForeign() {
    return new URL(this.#base).origin !== self.origin;
  }
}

function read(response, text) {
  let content = null;
  try {
    content = JSON.parse(text);
  } catch {
    // A gateway's own error page; its status says enough.
  }
  if (!response.ok) throw problemOf(response.status, response.headers, content);
  if (!content || typeof content !== "object") throw problemOf(502, response.headers, null);
  return content;
}

function readTurn({ id, text, sentence, time, messages, verdict }) {
  const asked = { id: String(id), text: String(text), sentence: sentence ?? null, time: Date.parse(time) };
  return { ...asked, messages: messages ?? [], verdict: verdict ?? null };
}

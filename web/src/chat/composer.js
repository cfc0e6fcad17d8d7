// The box to write in: grows with its text, sends on Enter, keeps an unsent text over a reload.
// Sends "say" with {text, sentence}, the latter being the id of the sentence that is asked about, or null.

import { html, LitElement, nothing } from "lit";

import { CONTENT_LANGUAGE } from "../lib/language.js";
import { isSentence, longPlace, shortPlace } from "../lib/place.js";
import { icon } from "./icons.js";

export class Composer extends LitElement {
  static properties = {
    t: { attribute: false },
    placeholder: { attribute: false },
    maxChars: { attribute: false },
    drafts: { attribute: false },
    text: { state: true },
    about: { state: true },
  };

  constructor() {
    super();
    this.text = "";
    this.about = null; // {sentence, quote}
    this.maxChars = 2000;
  }

  createRenderRoot() {
    return this; // so the chat's styles reach it
  }

  connectedCallback() {
    super.connectedCallback();
    this.text ||= this.drafts?.get("draft") || "";
    const about = this.drafts?.get("about");
    if (isSentence(about?.sentence)) this.about ??= about;
  }

  render() {
    const excess = [...this.text.trim()].length - this.maxChars;
    const idle = !this.text.trim() || excess > 0;
    const asks = this.t(this.about ? "sentence.own.hint" : "question");
    return html`${this.about ? this.#about(this.about) : nothing}
    <form class="composer" @submit=${this.#submit}>
      <textarea
        rows="1"
        dir="auto"
        aria-label=${asks}
        placeholder=${this.placeholder || this.t("question")}
        aria-invalid=${String(excess > 0)}
        enterkeyhint="send"
        autocomplete="off"
        .value=${this.text}
        @input=${this.#input}
        @keydown=${this.#key}
      ></textarea>
      <button class="round send" type="submit" aria-label=${this.t("send")} title=${this.t("send")} aria-disabled=${String(idle)}>
        ${icon("send")}
      </button>
      <div role="alert">${excess > 0 ? html`<span class="tooLong">${this.t("tooLong", { count: excess })}</span>` : nothing}</div>
    </form>`;
  }

  #about({ sentence, quote }) {
    return html`<div class="context">
      <p class="about">
        <span aria-hidden="true">${this.t("about", { place: shortPlace(sentence, this.t) })}</span
        ><span class="unseen">${this.t("about", { place: longPlace(sentence, this.t) })}</span>
        ${quote ? html`<q lang=${CONTENT_LANGUAGE} dir="auto">${quote}</q>` : nothing}
      </p>
      <button class="round" type="button" aria-label=${this.t("about.remove")} title=${this.t("about.remove")} @click=${this.#leave}>
        ${icon("close")}
      </button>
    </div>`;
  }

  updated() {
    const box = this.querySelector("textarea");
    box.style.blockSize = "";
    if (this.text) box.style.blockSize = `${box.scrollHeight + 2}px`;
  }

  focus() {
    this.querySelector("textarea")?.focus();
  }

  /** Put a text into the box, before what is written there already; with what it is about, if anything. */
  write(text, about = null) {
    this.#set(this.text.trim() ? `${text} ${this.text}`.trim() : text, about ?? this.about);
    this.updateComplete.then(() => this.focus());
  }

  #set(text, about = this.about) {
    this.text = text;
    this.about = about;
    for (const [name, value] of [["draft", text], ["about", about]])
      if (value) this.drafts?.set(name, value);
      else this.drafts?.remove(name);
  }

  #leave = () => {
    this.#set(this.text, null);
    this.focus();
  };

  #input(event) {
    this.#set(event.target.value);
  }

  #key(event) {
    // Enter that ends a composition (Japanese, Chinese, ...) picks a word; it does not send.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    this.#submit(event);
  }

  #submit(event) {
    event.preventDefault();
    const text = this.text.trim();
    if (!text || [...text].length > this.maxChars) return;
    const sentence = this.about?.sentence ?? null;
    this.#set("", null);
    this.dispatchEvent(new CustomEvent("say", { detail: { text, sentence } }));
    this.focus();
  }
}

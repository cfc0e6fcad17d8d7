// The box to write in: grows with its text, sends on Enter, keeps an unsent text over a reload.

import { html, LitElement, nothing } from "lit";

import { icon } from "./icons.js";

export class Composer extends LitElement {
  static properties = {
    t: { attribute: false },
    placeholder: { attribute: false },
    maxChars: { attribute: false },
    drafts: { attribute: false },
    text: { state: true },
  };

  constructor() {
    super();
    this.text = "";
    this.maxChars = 2000;
  }

  createRenderRoot() {
    return this; // so the chat's styles reach it
  }

  connectedCallback() {
    super.connectedCallback();
    this.text ||= this.drafts?.get("draft") || "";
  }

  render() {
    const excess = [...this.text.trim()].length - this.maxChars;
    const idle = !this.text.trim() || excess > 0;
    return html`<form class="composer" @submit=${this.#submit}>
      <textarea
        rows="1"
        dir="auto"
        aria-label=${this.t("question")}
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

  updated() {
    const box = this.querySelector("textarea");
    box.style.blockSize = "";
    if (this.text) box.style.blockSize = `${box.scrollHeight + 2}px`;
  }

  focus() {
    this.querySelector("textarea")?.focus();
  }

  /** Put a text into the box, before what is written there already. */
  write(text) {
    this.#set(this.text.trim() ? `${text} ${this.text}` : text);
    this.updateComplete.then(() => this.focus());
  }

  #set(text) {
    this.text = text;
    if (text) this.drafts?.set("draft", text);
    else this.drafts?.remove("draft");
  }

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
    this.#set("");
    this.dispatchEvent(new CustomEvent("say", { detail: text }));
    this.focus();
  }
}

// Copy the answer or a link to it, and thumbs up and down with a remark, below an answer. Drawn into the chat's own shadow root.

import { html, LitElement, nothing } from "lit";

import { escapes } from "../lib/keys.js";
import { copyText, touches } from "../lib/page.js";
import { asksBack, replyText } from "../lib/transcript.js";
import { icon } from "./icons.js";

export class ReplyTools extends LitElement {
  static properties = {
    turn: { attribute: false },
    conversation: { attribute: false },
    t: { attribute: false },
    verdict: { attribute: false },
    link: { attribute: false },
    asking: { state: true },
    said: { state: true },
  };

  constructor() {
    super();
    this.asking = false;
    this.said = "";
  }

  createRenderRoot() {
    return this; // so the chat's styles reach it
  }

  render() {
    const thumb = (verdict) =>
      html`<button class="tool" type="button" aria-label=${this.t(verdict)} title=${this.t(verdict)}
        aria-pressed=${String(this.verdict === verdict)} @click=${() => this.#rate(this.verdict === verdict ? null : verdict)}>${icon(verdict)}</button>`;
    return html`<div class="tools">
        ${this.#tool("copy", "copy", () => replyText(this.turn.messages))}
        ${this.link ? this.#tool("copy.link", "link", () => this.link) : nothing}
        ${asksBack(this.turn.messages) ? nothing : html`${thumb("up")} ${thumb("down")}`}
        <span class="aside" role="status">${this.said}</span>
      </div>
      ${this.asking ? this.#remark() : nothing}`;
  }

  #remark() {
    return html`<form class="remark" @submit=${this.#sendRemark} @keydown=${this.#escape}>
      <label>${this.t(this.verdict === "up" ? "remark.up" : "remark")} <input name="remark" maxlength="1000" autocomplete="off" /></label>
      <button class="plain" type="submit">${this.t("remark.send")}</button>
      <button class="plain" type="button" @click=${this.#skip}>${this.t("remark.skip")}</button>
    </form>`;
  }

  #tool(name, drawing, text) {
    return html`<button class="tool" type="button" aria-label=${this.t(name)} title=${this.t(name)}
      @click=${() => this.#copy(text())}>${icon(drawing)}</button>`;
  }

  async #copy(text) {
    this.said = this.t((await copyText(text)) ? "copied" : "notCopied");
  }

  async #rate(verdict, remark = "") {
    try {
      await this.conversation.rate(this.turn, verdict, remark);
    } catch {
      this.said = this.t("rating.failed");
      return false;
    }
    this.said = verdict ? this.t("thanks") : "";
    this.asking = Boolean(verdict) && !remark;
    if (this.asking && !touches()) {
      await this.updateComplete;
      this.querySelector("input")?.focus();
    }
    return true;
  }

  async #sendRemark(event) {
    event.preventDefault();
    const remark = event.target.elements.remark.value.trim();
    if (!remark || (await this.#rate(this.verdict, remark))) this.#skip();
  }

  #escape = (event) => {
    if (escapes(event)) this.#skip();
  };

  #skip = async () => {
    this.asking = false;
    await this.updateComplete;
    this.querySelector("[aria-pressed=true]")?.focus();
  };
}

// <ask-launcher>: a round button in the corner of somebody's page, and the chat that it opens.

import { html, LitElement, nothing } from "lit";

import { css } from "../lib/css.js";
import { escapes, keepKeys } from "../lib/keys.js";
import { translator } from "../lib/language.js";
import { icon } from "./icons.js";
import { base, hostPalette, island } from "./tokens.js";

/** Properties: chat (the element to show), lang, name (of the button), position ("end" or "start"). */
export class Launcher extends LitElement {
  static properties = {
    chat: { attribute: false },
    lang: { reflect: true },
    name: { attribute: false },
    position: { reflect: true },
    open: { type: Boolean, reflect: true },
    unread: { state: true },
  };

  static styles = [
    hostPalette,
    base,
    island,
    css`
      /* What a page says of "body > *" must not reach the host, the one element that lies open to it. */
      :host {
        display: block !important;
        position: fixed !important;
        inline-size: auto !important;
        block-size: auto !important;
        min-inline-size: 0 !important;
        max-inline-size: none !important;
        margin: 0 !important;
        padding: 0 !important;
        border: 0 !important;
        float: none !important;
        transform: none !important;
        rotate: none !important;
        background: none !important;
        inset-block-end: max(1.25rem, env(safe-area-inset-bottom)) !important;
        inset-inline-end: 1.25rem !important;
        z-index: 2147483000 !important;
      }
      :host([position="start"]) {
        inset-inline: 1.25rem auto !important;
      }
      .launch {
        position: relative;
        display: grid;
        place-items: center;
        inline-size: 3.5rem;
        block-size: 3.5rem;
        padding: 0;
        margin-inline-start: auto;
        border: 0;
        border-radius: 50%;
        background: var(--accent);
        color: var(--on-accent);
        box-shadow: var(--shade);
        transition: transform 0.15s;
      }
      .launch:hover {
        transform: scale(1.05);
      }
      .launch .icon {
        inline-size: 1.625rem;
        block-size: 1.625rem;
      }
      :host([position="start"]) .launch {
        margin-inline: 0 auto;
      }
      .unread {
        position: absolute;
        inset-block-start: -0.125rem;
        inset-inline-end: -0.125rem;
        min-inline-size: 1.375rem;
        padding-inline: 0.25rem;
        border-radius: 0.75rem;
        background: var(--wrong);
        color: var(--paper);
        font: 600 0.8125rem/1.375rem var(--sans);
        text-align: center;
      }
      .panel {
        inline-size: min(25rem, calc(100vw - 2.5rem));
        block-size: min(40rem, calc(100dvh - 2.5rem));
        border: 1px solid var(--rule);
        border-radius: 1rem;
        overflow: hidden;
        box-shadow: var(--shade);
        background: var(--paper);
      }
      .edge {
        display: none; /* beside a page that can be seen, Tab goes on into it */
      }
      @media (max-width: 30rem), (max-height: 26rem) {
        .panel {
          position: fixed;
          inset: 0;
          inline-size: auto;
          block-size: auto;
          border: 0;
          border-radius: 0;
        }
        .edge {
          display: block;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.open = false;
    this.unread = 0;
    keepKeys(this);
  }

  connectedCallback() {
    if (!this.chat) return this.remove(); // a copy, out of a page's memory of itself
    super.connectedCallback();
    this.chat.closable = true;
    this.chat.addEventListener("close", this.#close); // once, however often the page moves it
    this.chat.conversation.addEventListener("reply", this.#count);
  }

  #close = () => this.hide();

  #count = () => {
    if (!this.open) this.unread += 1;
  };

  /** Open the chat and put the cursor into it. */
  show({ focus = true } = {}) {
    if (!this.open) this.#everOpened();
    this.open = true;
    this.unread = 0;
    if (focus) this.updateComplete.then(() => this.chat.focus());
  }

  /** Close the chat; the focus goes back to the button. */
  hide() {
    this.open = false;
    this.updateComplete.then(() => this.renderRoot.querySelector(".launch")?.focus());
  }

  render() {
    const t = translator(this.lang);
    const name = this.name || t("open");
    const unread = this.unread ? ` (${t("unread", { count: this.unread })})` : "";
    return html`<div class="island" dir=${this.dir || nothing} lang=${this.lang}>
      <div
        class="panel"
        role="dialog"
        aria-label=${this.chat.options.title || t("title")}
        ?hidden=${!this.open}
        @keydown=${(event) => escapes(event) && this.hide()}
      >
        ${this.#edge(() => this.chat.focus())} ${this.#opened ? this.chat : nothing} ${this.#edge(() => this.chat.focusFirst())}
      </div>
      <button
        class="launch"
        type="button"
        ?hidden=${this.open}
        aria-haspopup="dialog"
        aria-expanded=${String(this.open)}
        aria-label=${name + unread}
        title=${name}
        @click=${() => this.show()}
      >
        ${icon("chat")} ${this.unread ? html`<span class="unread" aria-hidden="true">${this.unread}</span>` : nothing}
      </button>
    </div>`;
  }

  // Where the chat fills the screen, the page behind can't be seen: Tab goes round within the chat.
  #edge(goOn) {
    return html`<span class="edge" tabindex="0" @focus=${goOn}></span>`;
  }

  #opened = false;

  // Nothing is asked of the server before somebody opens the chat.
  #everOpened() {
    if (this.#opened) return;
    this.#opened = true;
    this.updateComplete.then(() => this.chat.open());
  }
}

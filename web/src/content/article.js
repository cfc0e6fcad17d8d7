// <ask-article>: the article. A sentence can be shown (scrolled to and marked) and asked about.

import { html, LitElement, nothing } from "lit";

import { base } from "../chat/tokens.js";
import { css } from "../lib/css.js";
import { CONTENT_LANGUAGE, translator } from "../lib/language.js";
import { calm, copyText } from "../lib/page.js";
import { longPlace, shortPlace } from "../lib/place.js";
import { webLink } from "../lib/text.js";
import { evidenceStyles } from "./styles.js";

const MOVES = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/**
 * Properties: content (of /content), lang (of the interface).
 *
 * Events: "ask" (a question) and "about" ({sentence, quote}: the reader wants to write a question about that).
 */
export class Article extends LitElement {
  static properties = {
    content: { attribute: false },
    lang: { reflect: true },
    marked: { state: true },
    asked: { state: true },
    announced: { state: true },
    reached: { state: true },
    copied: { state: true },
  };

  static styles = [
    base,
    evidenceStyles,
    css`
      :host {
        font: 400 1.125rem/1.7 var(--serif);
      }
      h2 {
        margin: 0 0 1.25rem;
        font: 600 clamp(1.625rem, 4.5vw, 2.375rem) / 1.2 var(--serif);
        text-wrap: balance;
        letter-spacing: -0.01em;
      }
      .credits {
        margin: -0.75rem 0 1.25rem;
        font: 400 0.9375rem/1.5 var(--sans);
        color: var(--quiet);
      }
      .credits a {
        color: var(--link);
      }
      .hint {
        margin: 0 0 1.75rem;
        padding-block: 0.625rem;
        border-block: 1px solid var(--rule);
        font: 400 0.875rem/1.5 var(--sans);
        color: var(--quiet);
      }
      p {
        margin: 0 0 1.125rem;
        hyphens: auto;
      }
      .sentence {
        cursor: pointer;
        border-radius: 0.125rem;
        box-decoration-break: clone;
        -webkit-box-decoration-break: clone;
        scroll-margin-block: 6rem;
      }
      @media (hover: hover) {
        .sentence:hover {
          background: var(--tint);
        }
      }
      .sentence.marked {
        background: var(--mark);
        box-shadow: 0 0 0 0.1875rem var(--mark);
      }
      .sentence[aria-expanded="true"] {
        text-decoration: underline;
        text-decoration-thickness: 1px;
        text-underline-offset: 0.25em;
      }
      .questions {
        margin: -0.25rem 0 1.25rem;
        padding: 0.875rem 1rem;
        border-inline-start: 3px solid var(--link);
        background: var(--raised);
        font: 400 1rem/1.5 var(--sans);
      }
      .questions h3 {
        font: 600 0.875rem/1.4 var(--sans);
        color: var(--quiet);
      }
      .questions {
        display: flex;
        flex-wrap: wrap;
        gap: 0.375rem;
      }
      .questions h3,
      .questions p {
        flex: 1 0 100%;
        margin: 0;
        font-size: 0.9375rem;
      }
      .questions .plain {
        margin: 0;
      }
      @media print {
        .hint,
        .questions {
          display: none;
        }
      }
    `,
  ];

  /**
   * Scroll to a sentence and mark it; say whether the article has it. With `focus`, the cursor goes there; without, it
   * stays, and screen readers are told the sentence.
   */
  async show(id, { focus = false } = {}) {
    if (!this.has(id)) return false;
    this.marked = id;
    if (!this.#isTitle(id)) this.reached = id;
    this.announced = focus ? null : id;
    await this.updateComplete;
    const element = this.#element(id);
    if (focus) element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    return true;
  }

  /** Say whether the article has a sentence of this id. */
  has(id) {
    const found = this.content?.paragraphs.some(({ sentences }) => sentences.some((sentence) => sentence.id === id));
    return Boolean(found) || this.#isTitle(id);
  }

  render() {
    if (!this.content) return nothing;
    const { title, paragraphs } = this.content;
    const first = paragraphs[0]?.sentences[0]?.id;
    return html`<article @keydown=${this.#key}>
      <h2 id="P0S1" tabindex="-1" lang=${CONTENT_LANGUAGE} dir="auto"><span class=${this.marked === "P0S1" ? "sentence marked" : ""}>${title}</span></h2>
      ${this.#credits()}
      <div class="hint">${translator(this.lang)("article.hint")}</div>
      <p class="unseen" role="status">${this.#textOf(this.announced)}</p>
      ${paragraphs.map(
        ({ sentences }) =>
          html`<p lang=${CONTENT_LANGUAGE} dir="auto">${sentences.map((sentence) => html`${this.#sentence(sentence, this.reached ?? first)} `)}</p>
            ${this.#questions(sentences.find(({ id }) => id === this.asked))}`,
      )}
    </article>`;
  }

  #credits() {
    const { byline, source, url } = this.content.credits ?? {};
    const address = webLink(url);
    const name = source || address;
    if (!byline && !name) return nothing;
    return html`<p class="credits" lang=${CONTENT_LANGUAGE} dir="auto">
      ${byline}${byline && name ? " · " : nothing}${address ? html`<a href=${address} rel="noopener noreferrer">${name}</a>` : name}
    </p>`;
  }

  #sentence({ id, text }, reached) {
    return html`<span
      id=${id}
      class="sentence ${this.marked === id ? "marked" : ""}"
      role="button"
      tabindex=${id === reached ? 0 : -1}
      aria-expanded=${String(this.asked === id)}
      @click=${() => this.#ask(id)}
      >${text}</span
    >`;
  }

  #questions(sentence) {
    if (!sentence) return nothing;
    const t = translator(this.lang);
    return html`<section class="questions" aria-label=${t("sentence.ask", { place: longPlace(sentence.id, t) })}>
      <h3>${t("sentence.ask", { place: shortPlace(sentence.id, t) })}</h3>
      ${sentence.questions.length ? nothing : html`<p>${t("sentence.none")}</p>`}
      ${sentence.questions.map(
        (question) => html`<button class="plain" type="button" lang=${CONTENT_LANGUAGE} dir="auto" @click=${() => this.#send("ask", question)}>${question}</button>`,
      )}
      <button class="plain own" type="button" @click=${() => this.#send("about", { sentence: sentence.id, quote: sentence.text })}>
        ${t("sentence.own")}
      </button>
      <button class="plain" type="button" @click=${() => this.#copyLink(sentence.id)}>
        ${t(this.copied === sentence.id ? "copied" : "sentence.link")}
      </button>
      <button class="plain" type="button" @click=${this.#close}>${t("sentence.close")}</button>
    </section>`;
  }

  async #ask(id) {
    if (getSelection()?.toString()) return; // somebody selects text to copy
    if (this.asked === id) return this.#close();
    this.asked = id;
    this.reached = id;
    await this.updateComplete;
    this.renderRoot.querySelector(".questions .plain")?.focus({ preventScroll: true });
    this.renderRoot.querySelector(".questions")?.scrollIntoView({ block: "nearest" });
  }

  #close = async () => {
    const id = this.asked;
    this.asked = null;
    await this.updateComplete;
    this.#element(id)?.focus();
  };

  #send(name, detail) {
    this.asked = null;
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  async #copyLink(id) {
    const url = new URL(location.href);
    url.hash = id;
    if (await copyText(url.href)) this.copied = id;
  }

  // Of all sentences one is in the tab order; the arrow keys move on from it.
  async #key(event) {
    if (event.key === "Escape" && this.asked) return this.#close();
    if (event.target.getAttribute("role") !== "button") return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#ask(event.target.id);
    } else if (event.key in MOVES || event.key === "Home" || event.key === "End") {
      event.preventDefault();
      const ids = this.content.paragraphs.flatMap(({ sentences }) => sentences.map(({ id }) => id));
      const at = ids.indexOf(event.target.id) + (MOVES[event.key] ?? 0);
      this.reached = event.key === "Home" ? ids[0] : event.key === "End" ? ids.at(-1) : (ids[at] ?? event.target.id);
      await this.updateComplete;
      this.#element(this.reached).focus();
    }
  }

  #textOf(id) {
    const { title, paragraphs } = this.content;
    const sentence = paragraphs.flatMap(({ sentences }) => sentences).find((sentence) => sentence.id === id);
    if (!id) return nothing;
    return html`${longPlace(id, translator(this.lang))}: <span lang=${CONTENT_LANGUAGE}>${sentence?.text ?? title}</span>`;
  }

  #isTitle(id) {
    return id === "P0S1" && Boolean(this.content);
  }

  #element(id) {
    return this.renderRoot.querySelector(`[id="${CSS.escape(id)}"]`);
  }
}

/** Make the element known to the browser, once. */
export function defineArticle() {
  if (!customElements.get("ask-article")) customElements.define("ask-article", Article);
}

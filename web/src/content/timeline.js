// <ask-timeline>: what happened when, as a drawing and as a list; each event shows its sentence and can be asked about.

import { html, LitElement, nothing } from "lit";

import { CONTENT_LANGUAGE, days, translator } from "../lib/language.js";
import { base } from "../chat/tokens.js";
import { signAlone } from "./drawing.js";
import { evidence } from "./evidence.js";
import { strip } from "./strip.js";
import { evidenceStyles, timelineStyles } from "./styles.js";

const UNPLACED = "unplaced"; // these come last, and have no place on the line
const DATINGS = ["stated", "counted", "undated", UNPLACED];

/**
 * Properties: timeline (of /content), lang, compact (in the chat), inPlace (there is no article to show).
 *
 * Events: "cite" ({sentence, quote}) and "ask" (a question).
 */
export class Timeline extends LitElement {
  static properties = {
    timeline: { attribute: false },
    lang: { reflect: true },
    compact: { type: Boolean, reflect: true },
    inPlace: { attribute: false },
    opened: { state: true },
    width: { state: true },
  };

  static styles = [base, evidenceStyles, timelineStyles];

  #observer = new ResizeObserver(([entry]) => (this.width = Math.floor(entry.contentRect.width)));

  constructor() {
    super();
    this.opened = -1;
    this.width = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  render() {
    const { timeline } = this;
    const items = timeline?.items ?? [];
    if (!items.length) return nothing;
    const shown = DATINGS.filter((dating) => items.some((item) => item.dating === dating));
    return html`<figure aria-label=${timeline.title}>
      ${this.width ? this.#strip(items.filter(({ dating }) => dating !== UNPLACED)) : nothing}
      <figcaption>
        <ul class="legend" aria-label=${translator(this.lang)("timeline.legend")}>
          ${shown.map((dating) => html`<li>${signAlone(dating)} <span lang=${CONTENT_LANGUAGE} dir="auto">${timeline[dating]}</span></li>`)}
        </ul>
      </figcaption>
      <ol lang=${CONTENT_LANGUAGE}>
        ${items.map((item, at) => this.#item(item, at))}
      </ol>
    </figure>`;
  }

  #strip(items) {
    return strip(items, this.width, {
      label: this.timeline.alt,
      days: (count) => (count ? days(this.lang, count) : ""),
      press: (at) => this.#press(at, true),
      rtl: getComputedStyle(this).direction === "rtl",
    });
  }

  #item(item, at) {
    const opened = this.opened === at;
    return html`<li class=${opened ? "opened" : ""}>
      <button type="button" class="event" aria-expanded=${String(opened)} @click=${() => this.#press(at)}>
        ${signAlone(item.dating, item.dating === UNPLACED ? "" : String(at + 1))}
        <span>
          <span class="when" dir="auto">${item.when || this.timeline[item.dating]}</span>
          <span class="unseen">${item.when ? `(${this.timeline[item.dating]})` : ""}</span>
          <span class="says" dir="auto">${item.says}</span>
        </span>
      </button>
      ${opened ? html`${item.counted ? html`<p class="counted" dir="auto">${item.counted}</p>` : nothing} ${evidence(this, item)}` : nothing}
    </li>`;
  }

  async #press(at, scroll = false) {
    this.opened = this.opened === at && !scroll ? -1 : at;
    await this.updateComplete;
    if (scroll) this.renderRoot.querySelector(".opened")?.scrollIntoView({ block: "nearest" });
  }
}

/** Make the element known to the browser, once. */
export function defineTimeline() {
  if (!customElements.get("ask-timeline")) customElements.define("ask-timeline", Timeline);
}

// <ask-map>: who stood where. Those who took part, in columns by kind, with the relations that the article states between
// them. Which kinds there are, in which column and box, and what the columns are called is told by /content.

import { html, LitElement, nothing } from "lit";

import { base } from "../chat/tokens.js";
import { CONTENT_LANGUAGE, language, translator } from "../lib/language.js";
import { evidence } from "./evidence.js";
import { lines } from "./map-lines.js";
import { mapStyles } from "./map-styles.js";
import { evidenceStyles } from "./styles.js";

/** Below this width, in the size of its text, the map is a list: three columns with lines between need room. */
const NARROW = 34;

/**
 * Properties: map (of /content), lang, inPlace (there is no article to show).
 *
 * Events: "cite" ({sentence, quote}) and "ask" (a question).
 */
export class RelationMap extends LitElement {
  static properties = {
    map: { attribute: false },
    lang: { reflect: true },
    inPlace: { attribute: false },
    chosen: { state: true },
    opened: { state: true },
    narrow: { type: Boolean, reflect: true },
  };

  static styles = [base, evidenceStyles, mapStyles];

  #observer = new ResizeObserver(([{ contentRect }]) => {
    this.narrow = contentRect.width > 0 && contentRect.width < NARROW * parseFloat(getComputedStyle(this).fontSize);
    this.#draw();
  });

  constructor() {
    super();
    this.chosen = null;
    this.opened = null;
    this.narrow = false;
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
    if (!this.map) return nothing;
    const t = translator(this.lang);
    return html`<figure aria-label=${this.map.title}>
        <p class="hint">${t("map.hint")} ${this.narrow ? nothing : t("map.numbers")}</p>
        <div class="columns">
          <svg class="lines" aria-hidden="true"></svg>
          ${this.map.columns.map(({ title, kinds }) => this.#column(title, this.map.entities.filter(({ type }) => kinds.includes(type))))}
        </div>
      </figure>
      <section aria-live="polite">${this.#chosen(t)}</section>`;
  }

  updated() {
    this.#draw();
  }

  #column(title, entities) {
    if (!entities.length) return nothing;
    const near = this.#near();
    const spoken = title[language(this.lang)] ? language(this.lang) : CONTENT_LANGUAGE;
    return html`<div class="column">
      <h3 lang=${spoken}>${title[spoken]}</h3>
      <ul>
        ${entities.map(
          ({ id, short, name, form }) =>
            html`<li>
              <button
                type="button"
                lang=${CONTENT_LANGUAGE}
                dir="auto"
                class="entity ${form} ${near && !near.has(id) ? "far" : ""}"
                data-id=${id}
                title=${name}
                aria-pressed=${String(this.chosen === id)}
                @click=${() => this.#choose(id)}
              >${short || name}</button>
            </li>`,
        )}
      </ul>
    </div>`;
  }

  #chosen(t) {
    const entity = this.map.entities.find(({ id }) => id === this.chosen);
    const relations = this.map.relations.filter(({ from, to }) => !entity || [from, to].includes(entity.id));
    const numbers = new Map(this.map.relations.map(({ id }, at) => [id, at + 1]));
    return html`<h3 dir="auto" lang=${entity ? CONTENT_LANGUAGE : this.lang}>${entity ? entity.name : t("map.relations")}</h3>
      ${entity ? html`<p class="about" lang=${CONTENT_LANGUAGE} dir="auto">${entity.about}</p>` : nothing}
      ${entity ? html`<button class="plain" type="button" @click=${() => this.#choose(entity.id)}>${t("map.all")}</button>` : nothing}
      ${entity?.quote ? this.#statement("about", html`<span lang=${this.lang}>${t("map.about")}</span>`, entity) : nothing}
      ${(entity?.positions ?? []).map((position) => this.#statement("p" + position.fact, position.says, position))}
      ${relations.map((relation) => this.#statement("r" + relation.id, this.#triple(relation), relation, numbers.get(relation.id)))}
      ${entity && !relations.length && !entity.positions?.length ? html`<p>${t("map.none")}</p>` : nothing}`;
  }

  #triple({ from, to, label, mutual }) {
    const name = (id) => this.map.entities.find((entity) => entity.id === id)?.short ?? id;
    const arrow = (sign) => html`<span class="arrow" aria-hidden="true">${sign}</span>`;
    const named = html`<span class="label">${label}</span>`;
    return mutual
      ? html`${name(from)} ${arrow("↔")} ${name(to)} ${named}`
      : html`${name(from)} ${named} ${arrow("→")} ${name(to)}`;
  }

  // A relation has the number that stands on its line in the drawing.
  #statement(key, says, item, number = null) {
    const opened = this.opened === key;
    return html`<div class="statement" id=${"statement-" + key}>
      <button type="button" class="says" lang=${CONTENT_LANGUAGE} aria-expanded=${String(opened)} @click=${() => (this.opened = opened ? null : key)}>
        ${number ? html`<span class="number" aria-hidden="true">${number}</span>` : nothing}
        <span class="words" dir="auto">${says}</span>
      </button>
      ${opened ? evidence(this, item) : nothing}
    </div>`;
  }

  // On small screens the names fill the screen; what is said of the chosen one must not stay below it unseen.
  async #choose(id) {
    this.chosen = this.chosen === id ? null : id;
    this.opened = null;
    await this.updateComplete;
    if (this.chosen) this.renderRoot.querySelector("section h3").scrollIntoView({ block: "nearest" });
  }

  #near() {
    if (!this.chosen) return null;
    const joined = this.map.relations.filter(({ from, to }) => [from, to].includes(this.chosen));
    return new Set([this.chosen, ...joined.flatMap(({ from, to }) => [from, to])]);
  }

  // The lines run behind the names, from wherever the browser has put those.
  #draw() {
    const svg = this.renderRoot.querySelector(".lines");
    if (!svg || this.narrow) return;
    const ground = svg.getBoundingClientRect();
    const boxes = new Map(
      [...this.renderRoot.querySelectorAll(".entity")].map((node) => [node.dataset.id, within(node.getBoundingClientRect(), ground)]),
    );
    const drawn = this.map.relations.map((relation, at) => ({ ...relation, number: at + 1, state: this.#stateOf(relation) }));
    svg.replaceChildren(...lines(drawn, boxes, (id) => this.#open("r" + id)));
  }

  #stateOf({ from, to }) {
    if (!this.chosen) return "";
    return [from, to].includes(this.chosen) ? "lit" : "far";
  }

  // Pressing the number of a line shows what it says.
  async #open(key) {
    this.opened = key;
    await this.updateComplete;
    this.renderRoot.querySelector(`[id="${CSS.escape("statement-" + key)}"]`)?.scrollIntoView({ block: "center" });
  }
}

function within(box, ground) {
  return { left: box.left - ground.left, right: box.right - ground.left, top: box.top - ground.top, height: box.height };
}

/** Make the element known to the browser, once. */
export function defineMap() {
  if (!customElements.get("ask-map")) customElements.define("ask-map", RelationMap);
}

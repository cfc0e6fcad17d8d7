// <ask-map>: who stood where. People, states and agreements with the relations that the article states between them.

import { html, LitElement, nothing } from "lit";

import { base } from "../chat/tokens.js";
import { CONTENT_LANGUAGE, translator } from "../lib/language.js";
import { shape } from "./drawing.js";
import { evidence } from "./evidence.js";
import { mapStyles } from "./map-styles.js";
import { evidenceStyles } from "./styles.js";

const COLUMNS = [
  ["map.people", ["person", "group"]],
  ["map.states", ["state", "polity"]],
  ["map.agreements", ["agreement", "organisation"]],
];

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
  };

  static styles = [base, evidenceStyles, mapStyles];

  #observer = new ResizeObserver(() => this.#draw());

  constructor() {
    super();
    this.chosen = null;
    this.opened = null;
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
        <p class="hint">${t("map.hint")}</p>
        <div class="columns">
          <svg class="lines" aria-hidden="true"></svg>
          ${COLUMNS.map(([title, types]) => this.#column(t(title), this.map.entities.filter(({ type }) => types.includes(type))))}
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
    return html`<div class="column">
      <h3>${title}</h3>
      <ul>
        ${entities.map(
          ({ id, short, name, type }) =>
            html`<li>
              <button
                type="button"
                lang=${CONTENT_LANGUAGE}
                class="entity ${type} ${near && !near.has(id) ? "far" : ""}"
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
    return html`<h3>${entity ? entity.name : t("map.relations")}</h3>
      ${entity ? html`<p class="about" lang=${CONTENT_LANGUAGE}>${entity.about}</p>` : nothing}
      ${entity ? html`<button class="plain" type="button" @click=${() => this.#choose(entity.id)}>${t("map.all")}</button>` : nothing}
      ${entity?.quote ? this.#statement("about", html`<span lang=${this.lang}>${t("map.about")}</span>`, entity) : nothing}
      ${(entity?.positions ?? []).map((position) => this.#statement("p" + position.fact, position.says, position))}
      ${relations.map((relation) => this.#statement("r" + relation.id, this.#triple(relation), relation))}
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

  #statement(key, says, item) {
    const opened = this.opened === key;
    return html`<div class="statement">
      <button type="button" class="says" lang=${CONTENT_LANGUAGE} aria-expanded=${String(opened)} @click=${() => (this.opened = opened ? null : key)}>
        <span>${says}</span>
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
    if (!svg) return;
    const ground = svg.getBoundingClientRect();
    const boxes = new Map(
      [...this.renderRoot.querySelectorAll(".entity")].map((node) => [node.dataset.id, node.getBoundingClientRect()]),
    );
    const lines = this.map.relations
      .filter(({ from, to }) => boxes.has(from) && boxes.has(to))
      .map((relation) => {
        const lit = this.chosen && [relation.from, relation.to].includes(this.chosen);
        const state = lit ? "lit" : this.chosen ? "far" : "";
        return line(boxes.get(relation.from), boxes.get(relation.to), ground, relation, state);
      });
    svg.replaceChildren(arrowHead(), ...lines);
  }
}

function line(from, to, ground, relation, state) {
  const apart = Math.abs(from.left - to.left) > 8;
  const right = from.left < to.left;
  const start = apart ? (right ? from.right : from.left) : from.right;
  const end = apart ? (right ? to.left : to.right) : to.right;
  const [x1, y1] = [start - ground.left, from.top + from.height / 2 - ground.top];
  const [x2, y2] = [end - ground.left, to.top + to.height / 2 - ground.top];
  const bend = apart ? (x2 - x1) / 2 : 0;
  const out = 14 + Math.abs(y2 - y1) * 0.12; // a bow beside the column, for two in the same one
  const d = apart ? `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}` : `M${x1} ${y1}C${x1 + out} ${y1} ${x2 + out} ${y2} ${x2} ${y2}`;
  return shape("path", { class: `line ${state}`, d, ...(relation.mutual ? {} : { "marker-end": "url(#arrow)" }) });
}

function arrowHead() {
  const head = shape("path", { d: "M0 0L8 4L0 8Z", class: "head" });
  const place = { id: "arrow", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" };
  return shape("defs", {}, shape("marker", place, head));
}

/** Make the element known to the browser, once. */
export function defineMap() {
  if (!customElements.get("ask-map")) customElements.define("ask-map", RelationMap);
}

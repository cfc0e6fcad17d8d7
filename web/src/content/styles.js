// How the timeline and the map look.

import { css } from "../lib/css.js";

export const evidenceStyles = css`
  :host {
    display: block;
    color: var(--ink);
    font: 400 1rem/1.5 var(--sans);
    overflow-wrap: anywhere;
  }
  figure {
    margin: 0;
  }
  ol,
  ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  blockquote {
    margin: 0 0 0.5rem;
    padding-inline-start: 0.875rem;
    border-inline-start: 3px solid var(--mark);
    font: italic 400 1rem/1.5 var(--serif);
  }
  .where {
    font: 600 0.8125rem/1 var(--sans);
    color: var(--quiet);
  }
  .plain {
    margin-block-end: 0.25rem;
    padding: 0.25rem 0.75rem;
    min-block-size: 2rem;
    border: 1px solid var(--edge);
    border-radius: 0.5rem;
    background: var(--paper);
    font-size: 0.875rem;
    text-align: start;
  }
  .plain:hover {
    border-color: var(--link);
    color: var(--link);
  }
`;

export const timelineStyles = css`
  :host([compact]) {
    margin-block: 0.5rem 0.75rem;
    padding: 0.5rem 0.25rem;
    border-block: 1px solid var(--rule);
  }
  figure > svg {
    display: block;
    max-inline-size: 100%;
  }
  .axis {
    stroke: var(--edge);
    stroke-width: 2;
  }
  .axis.unscaled {
    stroke-dasharray: 3 4;
  }
  .bracket {
    fill: none;
    stroke: var(--rule);
    stroke-width: 1.5;
  }
  .gap {
    fill: var(--quiet);
    font: 0.75rem var(--sans);
  }
  .sign {
    cursor: pointer;
  }
  .sign text {
    font: 600 0.75rem var(--sans);
    fill: var(--on-accent);
  }
  .sign > :first-child {
    fill: var(--accent);
    stroke: var(--accent);
    stroke-width: 1.5;
  }
  .sign.counted > :first-child {
    fill: var(--mark);
    stroke: var(--ink);
  }
  .sign.undated > :first-child,
  .sign.unplaced > :first-child {
    fill: var(--paper);
    stroke: var(--edge);
  }
  .sign.counted text,
  .sign.undated text {
    fill: var(--ink);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.125rem 1rem;
    margin-block-end: 0.75rem;
    font-size: 0.8125rem;
    color: var(--quiet);
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 0.25rem;
  }
  .legend svg {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    flex: none;
  }
  .event {
    display: flex;
    gap: 0.625rem;
    inline-size: 100%;
    padding: 0.5rem 0.25rem;
    border: 0;
    border-radius: 0.375rem;
    background: none;
    text-align: start;
  }
  .event:hover {
    background: var(--raised);
  }
  .event svg {
    inline-size: 1.75rem;
    block-size: 1.75rem;
    flex: none;
  }
  .when {
    display: block;
    font-size: 0.8125rem;
    color: var(--quiet);
  }
  .says {
    display: block;
    font: 400 1.0625rem/1.4 var(--serif);
  }
  .says::first-letter {
    text-transform: uppercase;
  }
  li + li > .event {
    border-block-start: 1px solid var(--rule);
  }
  .evidence,
  .counted {
    margin-inline-start: 2.625rem;
    padding-block-end: 0.5rem;
  }
  .counted {
    margin-block: 0;
    font-size: 0.8125rem;
    color: var(--quiet);
  }
  @media (forced-colors: active) {
    .sign text {
      fill: CanvasText;
    }
    .sign > :first-child {
      fill: Canvas;
      stroke: CanvasText;
    }
  }
`;

// How the map of who stood where looks.

import { css } from "../lib/css.js";

export const mapStyles = css`
  .hint {
    margin: 0 0 1rem;
    font-size: 0.875rem;
    color: var(--quiet);
  }
  .columns {
    position: relative;
    display: flex;
    justify-content: space-between;
    gap: clamp(1.75rem, 9%, 4.5rem);
    padding-inline-end: 1rem;
  }
  .lines {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    pointer-events: none;
    overflow: visible;
  }
  .line {
    fill: none;
    stroke: var(--edge);
    stroke-width: 1.25;
    opacity: 0.75;
  }
  .line.far {
    opacity: 0.15;
  }
  .line.lit {
    stroke: var(--link);
    stroke-width: 2.25;
    opacity: 1;
  }
  .head {
    fill: var(--edge); /* where context-stroke is not known */
    fill: context-stroke;
  }
  .column {
    position: relative;
    min-inline-size: 0;
    flex: 0 1 auto;
  }
  h3 {
    margin: 0 0 0.625rem;
    font: 600 0.8125rem/1.3 var(--sans);
    color: var(--quiet);
  }
  section h3 {
    margin-block-start: 1.5rem;
    scroll-margin-block-end: 9rem;
    font: 600 1.1875rem/1.3 var(--serif);
    color: var(--ink);
  }
  .entity {
    padding: 0.3125rem 0.625rem;
    margin-block-end: 0.625rem;
    min-block-size: 2.125rem;
    max-inline-size: 11rem;
    border: 1px solid var(--edge);
    border-radius: 0.5rem;
    background: var(--paper);
    font: 400 0.9375rem/1.3 var(--serif);
    text-align: start;
    overflow-wrap: normal;
    hyphens: auto;
  }
  .entity.person {
    border-radius: 1.125rem;
  }
  .entity.agreement,
  .entity.organisation {
    border-style: double;
    border-width: 3px;
  }
  .entity:hover {
    border-color: var(--link);
  }
  .entity[aria-pressed="true"] {
    background: var(--accent);
    color: var(--on-accent);
    border-color: var(--accent);
  }
  .entity.far {
    border-color: var(--rule);
    color: var(--quiet);
  }
  .about {
    margin: 0 0 0.5rem;
    font: 400 1.0625rem/1.5 var(--serif);
  }
  .statement {
    border-block-start: 1px solid var(--rule);
  }
  .says {
    display: block;
    inline-size: 100%;
    padding: 0.5rem 0.25rem;
    border: 0;
    background: none;
    font: 400 1.0625rem/1.4 var(--serif);
    text-align: start;
  }
  .says:hover {
    background: var(--raised);
  }
  .says > span {
    display: block;
  }
  .says > span::first-letter {
    text-transform: uppercase;
  }
  .says .label,
  .arrow {
    font: 400 0.9375rem/1.4 var(--sans);
    color: var(--quiet);
  }
  .evidence {
    padding: 0 0.25rem 0.5rem;
  }
  @media (max-width: 30rem) {
    .columns {
      gap: 1.125rem;
      padding-inline-end: 0.5rem;
    }
    .entity {
      padding-inline: 0.375rem;
      font-size: 0.8125rem;
      max-inline-size: 6.25rem;
    }
  }
`;

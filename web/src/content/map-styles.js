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
  .lines .number {
    pointer-events: auto;
    cursor: pointer;
  }
  .lines .number circle {
    fill: var(--paper);
    stroke: var(--edge);
  }
  .lines .number.lit circle {
    stroke: var(--link);
    stroke-width: 1.5;
  }
  .lines .number text {
    fill: var(--ink);
    font: 600 0.6875rem var(--sans);
    font-variant-numeric: tabular-nums;
  }
  .lines .number:hover circle {
    fill: var(--mark);
  }
  .column {
    pointer-events: none; /* it covers numbers beside its names */
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
    pointer-events: auto;
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
  .entity.round {
    border-radius: 1.125rem;
  }
  .entity.double {
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
    display: flex;
    gap: 0.625rem;
    align-items: baseline;
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
  .says .number {
    flex: none;
    min-inline-size: 1.25rem;
    font: 600 0.75rem/1 var(--sans);
    font-variant-numeric: tabular-nums;
    text-align: end;
    color: var(--quiet);
  }
  .words {
    display: block;
    flex: 1;
    min-inline-size: 0;
  }
  .words::first-letter {
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
  /* No room for lines: the names stand in a list, and what joins them in words below. */
  :host([narrow]) .columns {
    display: block;
    padding: 0;
  }
  :host([narrow]) .lines,
  :host([narrow]) .says .number {
    display: none;
  }
  :host([narrow]) ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin-block-end: 1rem;
  }
  :host([narrow]) .entity {
    margin: 0;
    max-inline-size: 100%;
  }
  @media print {
    .hint,
    .plain {
      display: none;
    }
  }
`;

// How questions and answers look.

import { css } from "../lib/css.js";

export const talkStyles = css`
  .turn + .turn,
  .greeting + .turn {
    margin-block-start: 1.5rem;
  }
  .turn {
    scroll-margin-block-start: 0.75rem;
  }
  .said {
    inline-size: fit-content;
    max-inline-size: min(88%, 34rem);
    margin-block: 0 0.75rem;
    margin-inline-start: auto;
    padding: 0.5rem 0.875rem;
    border-radius: 1rem 1rem 0.25rem 1rem;
    background: var(--accent);
    color: var(--on-accent);
    white-space: pre-line;
  }
  :host([dir="rtl"]) .said {
    border-radius: 1rem 1rem 1rem 0.25rem;
  }
  .said.unsent {
    background: var(--tint);
    color: var(--ink);
    outline: 1px dashed var(--edge);
  }
  .said .about {
    display: block;
    font-size: 0.8125rem;
  }
  .answer {
    max-inline-size: 36rem;
  }
  .text {
    margin: 0 0 0.5rem;
    font: 400 1.0625rem/1.55 var(--serif);
    white-space: pre-line;
  }
  .label {
    margin: 0 0 0.25rem;
    font-size: 0.8125rem;
    color: var(--quiet);
  }
  .note {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    margin: 0 0 0.375rem;
    font-size: 0.8125rem;
    color: var(--quiet);
  }
  .note .icon {
    inline-size: 1em;
    block-size: 1em;
  }
  a {
    color: var(--link);
    text-underline-offset: 0.15em;
  }
  .sources {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.375rem;
    margin-block: 0.25rem;
  }
  .sources .label {
    margin: 0 0.125rem 0 0;
  }
  .chip {
    min-block-size: 1.75rem;
    padding: 0.0625rem 0.625rem;
    border: 1px solid var(--edge);
    border-radius: 1rem;
    background: none;
    color: var(--link);
    font: 600 0.8125rem/1.4 var(--sans);
    font-variant-numeric: tabular-nums;
  }
  .text .chip {
    min-block-size: 0;
    padding-block: 0;
  }
  .chip:hover,
  .chip[aria-expanded="true"] {
    background: var(--mark);
    color: var(--ink);
  }
  blockquote {
    margin: 0.5rem 0 0.75rem;
    padding-inline-start: 0.875rem;
    border-inline-start: 3px solid var(--mark);
    font: italic 400 1rem/1.5 var(--serif);
  }
  .choices {
    margin: 0.75rem 0 0;
    padding: 0;
    list-style: none;
    display: grid;
    gap: 0.375rem;
    justify-items: start;
  }
  .choice {
    display: flex;
    gap: 0.625rem;
    padding: 0.4375rem 0.875rem;
    min-block-size: 2.5rem;
    align-items: baseline;
    border: 1px solid var(--rule);
    border-radius: 0.75rem;
    background: var(--raised);
    text-align: start;
    line-height: 1.4;
  }
  .choice:hover {
    border-color: var(--link);
  }
  .choice .number {
    color: var(--quiet);
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
  }
  .tools {
    display: flex;
    align-items: center;
    margin-inline-start: -0.4375rem;
  }
  .tool {
    display: inline-grid;
    place-items: center;
    inline-size: 2rem;
    block-size: 2rem;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--quiet);
  }
  .tool .icon {
    inline-size: 1.0625rem;
    block-size: 1.0625rem;
  }
  .tool:hover,
  .tool[aria-pressed="true"] {
    color: var(--link);
    background: var(--tint);
  }
  .tool[aria-pressed="true"] .icon {
    fill: currentColor;
    fill-opacity: 0.25;
  }
  .aside {
    font-size: 0.8125rem;
    color: var(--quiet);
    margin-inline-start: 0.5rem;
  }
  .remark {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
    align-items: end;
    margin-block: 0.25rem 0.5rem;
  }
  .remark label {
    flex: 1 1 12rem;
    font-size: 0.8125rem;
    color: var(--quiet);
  }
  .remark input {
    display: block;
    inline-size: 100%;
    margin-block-start: 0.125rem;
  }
  input,
  textarea {
    font: inherit;
    color: inherit;
    background: var(--paper);
    border: 1px solid var(--edge);
    border-radius: 0.5rem;
    padding: 0.375rem 0.625rem;
  }
  .plain {
    padding: 0.25rem 0.75rem;
    min-block-size: 2rem;
    border: 1px solid var(--edge);
    border-radius: 0.5rem;
    background: none;
    font-size: 0.875rem;
  }
  .plain:hover {
    border-color: var(--link);
    color: var(--link);
  }
  .writing {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    min-block-size: 1.75rem;
    color: var(--quiet);
    font-size: 0.875rem;
  }
  .dots {
    display: inline-flex;
    gap: 0.25rem;
  }
  .dots i {
    inline-size: 0.4375rem;
    block-size: 0.4375rem;
    border-radius: 50%;
    background: var(--quiet);
    animation: breathe 1.2s infinite ease-in-out;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes breathe {
    0%,
    60%,
    100% {
      opacity: 0.3;
    }
    30% {
      opacity: 1;
    }
  }
`;

// How the chat looks. Logical properties throughout, so that right-to-left needs nothing of its own.

import { css } from "../lib/css.js";

export const styles = css`
  :host {
    display: block;
    block-size: 100%;
    min-block-size: 0;
  }
  .island {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    background: var(--paper);
  }
  header {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    padding-block: 0.5rem;
    padding-inline: 1.125rem 0.5rem;
    border-block-end: 1px solid var(--rule);
  }
  h2 {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    font: 600 1.0625rem/1.25 var(--serif);
    letter-spacing: 0.005em;
  }
  .round {
    display: inline-grid;
    place-items: center;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    flex: none;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--quiet);
  }
  .round:hover {
    background: var(--raised);
    color: var(--ink);
  }
  .log {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    padding: 1.125rem;
    scroll-behavior: smooth;
  }
  .log:focus-visible {
    outline-offset: -3px;
  }
  .problem {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
    margin: 0;
    padding: 0.5rem 0.875rem;
    border-inline-start: 3px solid var(--wrong);
    background: var(--wrong-ground);
    color: var(--wrong);
    font-size: 0.9375rem;
  }
  .problem > span {
    flex: 1 1 12rem;
  }
  .banner {
    margin: 0;
    padding: 0.5rem 1.125rem;
    font-size: 0.875rem;
    color: var(--quiet);
    border-block-end: 1px solid var(--rule);
  }
  .banner .plain {
    margin-inline-start: 0.5rem;
  }
  .ledge {
    position: relative;
  }
  .ledge .round {
    position: absolute;
    inset-block-end: 0.625rem;
    inset-inline-end: 1rem;
    background: var(--paper);
    border: 1px solid var(--rule);
    box-shadow: var(--shade);
  }
  .context {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    padding: 0.25rem 0.75rem 0.25rem 1.125rem;
    border-block-start: 1px solid var(--rule);
    background: var(--raised);
  }
  .context .about {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    font-size: 0.875rem;
    color: var(--quiet);
  }
  .context q {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    font: italic 400 0.9375rem/1.4 var(--serif);
    color: var(--ink);
  }
  .composer {
    position: relative;
    display: flex;
    align-items: flex-end;
    gap: 0.5rem;
    padding: 0.75rem;
    padding-block-end: max(0.75rem, env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--rule);
  }
  .composer textarea {
    flex: 1;
    min-inline-size: 0;
    block-size: 2.75rem;
    max-block-size: 9rem;
    padding: 0.5625rem 0.875rem;
    border-radius: 1.375rem;
    resize: none;
    line-height: 1.5;
  }
  .composer .send {
    inline-size: 2.75rem;
    block-size: 2.75rem;
    background: var(--accent);
    color: var(--on-accent);
  }
  .composer .send[aria-disabled="true"] {
    background: var(--raised);
    color: var(--quiet);
    cursor: default;
  }
  .tooLong {
    position: absolute;
    inset-block-end: 100%;
    inset-inline-start: 1.125rem;
    padding: 0.125rem 0.5rem;
    background: var(--wrong-ground);
    color: var(--wrong);
    font-size: 0.8125rem;
  }
  /* A large zoom leaves little height: the conversation gets most of it. */
  @media (max-height: 22rem) {
    header {
      padding-block: 0;
    }
    .log {
      padding-block: 0.5rem;
    }
    .composer {
      padding-block: 0.25rem;
    }
  }
  @media (forced-colors: active) {
    .said,
    .send {
      border: 1px solid;
    }
  }
`;

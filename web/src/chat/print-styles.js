// On paper: all that was said, with the sentences in full; nothing to press. Comes after all other styles.

import { css } from "../lib/css.js";

export const printStyles = css`
  .printed {
    display: none;
    margin: 0 0 0.5rem;
    padding-inline-start: 0.875rem;
    border-inline-start: 3px solid var(--mark);
    list-style: none;
    font: 400 0.9375rem/1.5 var(--serif);
  }
  @media print {
    :host,
    .island,
    .log,
    .printed {
      display: block;
      block-size: auto;
      overflow: visible;
    }
    .round,
    .ledge,
    .banner,
    .choices,
    .label,
    .sources,
    .writing,
    .plain,
    blockquote,
    ask-reply-tools,
    ask-composer {
      display: none;
    }
    .said {
      margin-inline-start: 0;
      border: 1px solid;
      background: none;
      color: inherit;
      break-after: avoid;
    }
    .said,
    .text,
    .printed li {
      break-inside: avoid;
    }
  }
`;

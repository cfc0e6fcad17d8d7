// Colours, fonts and what all components share. Text on its ground has a contrast of 4.5 or more.

import { unsafeCSS } from "lit";

import { css } from "../lib/css.js";

const light = css`
  --sans: ui-sans-serif, "Seravek", "Gill Sans Nova", "Source Sans 3", "Segoe UI", Calibri, "Liberation Sans", sans-serif;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, "Liberation Serif", serif;
  --paper: #fffdf9;
  --raised: #f5f1e8;
  --ink: #211e19;
  --quiet: #635c50;
  --rule: #ddd5c5;
  --edge: #8a8172;
  --accent: #1f4f5f;
  --on-accent: #ffffff;
  --link: #1f4f5f;
  --tint: #e6eef0;
  --mark: #f6e3a6;
  --wrong: #9c2b1c;
  --wrong-ground: #fbeae6;
  --shade: 0 1px 2px rgb(50 40 20 / 8%), 0 12px 40px rgb(50 40 20 / 18%);
  color-scheme: light;
`;

const dark = css`
  --paper: #1b1a17;
  --raised: #27251f;
  --ink: #ece7dc;
  --quiet: #ada596;
  --rule: #3b372f;
  --edge: #857d6f;
  --accent: #9fcbd9;
  --on-accent: #10242b;
  --link: #a6d0dd;
  --tint: #21343b;
  --mark: #5c4a12;
  --wrong: #ffab9d;
  --wrong-ground: #3d211c;
  --shade: 0 1px 2px rgb(0 0 0 / 30%), 0 12px 40px rgb(0 0 0 / 55%);
  color-scheme: dark;
`;

/** For an outermost element: light by day, dark by night, or as its `theme` attribute says. Others inherit. */
export const hostPalette = palette(":host", (theme) => `:host([theme="${theme}"])`, ':host(:not([theme="light"]))');

/** The same for a page of our own, with `data-theme` on its root element. */
export const pagePalette = palette(":root", (theme) => `:root[data-theme="${theme}"]`, ':root:not([data-theme="light"])');

function palette(plain, themed, unlessLight) {
  return css`
    ${unsafeCSS(plain)} {
      ${light}
    }
    @media screen and (prefers-color-scheme: dark) {
      ${unsafeCSS(unlessLight)} {
        ${dark}
      }
    }
    @media screen {
      ${unsafeCSS(themed("dark"))} {
        ${dark}
      }
    }
  `;
}

/** For every component. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
    touch-action: manipulation;
  }
  :focus-visible {
    outline: 2px solid var(--link);
    outline-offset: 2px;
  }
  [hidden] {
    display: none !important;
  }
  .icon {
    inline-size: 1.25em;
    block-size: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
    flex: none;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`;

/**
 * For the element around everything in a shadow root: fonts and spacing of the page around stop here. (A page's
 * `* {...}` matches the host itself, and what it sets there would be inherited.)
 */
export const island = css`
  .island {
    all: initial;
    font: 400 1rem/1.5 var(--sans);
    color: var(--ink);
    color-scheme: inherit;
    cursor: inherit;
    text-align: start;
    overflow-wrap: anywhere;
    -webkit-text-size-adjust: 100%;
  }
`;

// Lengths that do not follow the embedding page.

import { css as plain, unsafeCSS } from "lit";

const REM = /(\d*\.?\d+)rem\b/g;

/**
 * Lit's `css`, with every `rem` counted from `--rem`: `rem` itself follows the page's root element, and many pages set
 * a size of their own there. Media queries stay, they count from the size that the reader chose.
 */
export function css(strings, ...values) {
  const lines = plain(strings, ...values).cssText.split("\n");
  return unsafeCSS(lines.map((line) => (line.includes("@media") ? line : line.replace(REM, "calc($1 * var(--rem))"))).join("\n"));
}

/** Return the size of text that the reader chose in the browser, whatever the page makes of it: "16px". */
export function readersSize() {
  const probe = document.createElement("span");
  probe.style.cssText = "all: initial; font-size: medium; position: absolute";
  document.documentElement.append(probe);
  const { fontSize } = getComputedStyle(probe);
  probe.remove();
  return fontSize;
}

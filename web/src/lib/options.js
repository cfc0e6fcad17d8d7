// What an embedding page sets: attributes of the script tag (docs/web-widget.md), checked and completed.

import { contrast, hex, luminance, mix, parse, readableOn, textOn } from "./colour.js";
import { language } from "./language.js";

const THEMES = ["auto", "light", "dark"];
const POSITIONS = ["end", "start"];

/** Read the data-* attributes of a script tag; what is not valid is said on the console and left at its default. */
export function readOptions(data, page = document.documentElement) {
  const warn = (name, valid) => console.warn(`widget.js: data-${name} must be ${valid}; it is ignored.`);
  const oneOf = (name, valid) => {
    if (data[name] === undefined || valid.includes(data[name])) return data[name] ?? valid[0];
    warn(name, valid.join(" or "));
    return valid[0];
  };
  const colour = (name) => {
    if (data[name] !== undefined && !parse(data[name])) warn(name, "a colour such as #1f4f5f");
    return parse(data[name]);
  };
  return {
    title: data.title,
    greeting: data.greeting,
    placeholder: data.placeholder,
    label: data.label,
    suggestions: data.suggestions?.split("|").map((text) => text.trim()).filter(Boolean),
    lang: language(data.lang, page.lang),
    dir: data.dir === undefined ? getComputedStyle(page).direction : oneOf("dir", ["ltr", "rtl"]),
    theme: oneOf("theme", THEMES),
    position: oneOf("position", POSITIONS),
    target: data.target,
    open: data.open !== undefined && data.open !== "false",
    accent: colour("accent"),
    background: colour("background"),
  };
}

/** Return the custom properties that follow from the chosen colours, each readable on its ground. */
export function palette({ accent, background, theme }, prefersDark) {
  const dark = background ? luminance(background) < 0.18 : theme === "dark" || (theme === "auto" && prefersDark);
  const paper = background ?? (dark ? [27, 26, 23] : [255, 253, 249]);
  const colours = {};
  if (background) {
    const ink = dark ? [236, 231, 220] : [33, 30, 25];
    Object.assign(colours, {
      paper: hex(background),
      ink: hex(contrast(ink, paper) < 7 ? textOn(paper) : ink),
      raised: hex(mix(paper, ink, 0.06)),
      rule: hex(mix(paper, ink, 0.18)),
      quiet: hex(readableOn(mix(ink, paper, 0.35), mix(paper, ink, 0.06))),
      edge: hex(mix(paper, ink, 0.55)),
    });
  }
  if (accent) {
    const tint = mix(paper, accent, 0.1);
    const link = readableOn(readableOn(accent, mix(paper, textOn(paper), 0.06)), tint);
    Object.assign(colours, { accent: hex(accent), "on-accent": hex(textOn(accent)), link: hex(link), tint: hex(tint) });
  }
  return { theme: background ? (dark ? "dark" : "light") : theme, colours };
}

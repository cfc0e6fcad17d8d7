// What an embedding page sets, by attributes of the script tag or by a call (docs/web-widget.md), checked and completed.

import { contrast, hex, luminance, mix, parse, readableOn, textOn } from "./colour.js";
import { isLanguage, language, LANGUAGES } from "./language.js";

const THEMES = ["auto", "light", "dark"];
const POSITIONS = ["end", "start"];
const NAMES = [
  "title", "label", "greeting", "placeholder", "suggestions", "lang", "dir", "theme", "accent", "background", "position",
  "open", "server",
];

/** Return the options among the data-* attributes of a script tag, which may have others for others. */
export function fromTag(dataset) {
  return Object.fromEntries(NAMES.filter((name) => name in dataset).map((name) => [name, dataset[name]]));
}

/** Read options; what is not valid is said on the console and left at its default. */
export function readOptions(given, page = document.documentElement) {
  const data = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null));
  const warn = (name, valid) => console.warn(`widget.js: ${name} (data-${name}) must be ${valid}; it is ignored.`);
  for (const name of Object.keys(data))
    if (!NAMES.includes(name)) console.warn(`widget.js: there is no option ${name}, only ${NAMES.join(", ")}.`);
  if (data.lang !== undefined && !isLanguage(data.lang)) warn("lang", LANGUAGES.join(" or "));
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
    suggestions: list(data.suggestions),
    lang: language(data.lang, page.lang),
    dir: data.dir === undefined ? getComputedStyle(page).direction : oneOf("dir", ["ltr", "rtl"]),
    theme: oneOf("theme", THEMES),
    position: oneOf("position", POSITIONS),
    open: ![undefined, false, "false"].includes(data.open),
    accent: colour("accent"),
    background: colour("background"),
    server: data.server === undefined ? undefined : (origin(data.server) ?? warn("server", "an address such as https://bot.example")),
  };
}

function list(texts) {
  const parts = typeof texts === "string" ? texts.split("|") : texts;
  return parts?.map((text) => String(text).trim()).filter(Boolean);
}

function origin(address) {
  const { protocol, origin } = URL.canParse(address) ? new URL(address) : {};
  return ["http:", "https:"].includes(protocol) ? origin : undefined;
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

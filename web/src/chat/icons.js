// Drawings for controls. The control itself carries the name; these are hidden from screen readers.

import { html, svg } from "lit";

const PATHS = {
  chat: "M4 5h16v11H9.5L5 20v-4H4z M8 9h8 M8 12h5",
  close: "M6 6l12 12 M18 6L6 18",
  send: "M12 19V5 M6 11l6-6 6 6",
  restart: "M4 5v5h5 M4.6 10a8 8 0 1 1-.4 4.5",
  save: "M12 4v11 M7 10.5l5 5 5-5 M5 20h14",
  copy: "M9 9h11v11H9z M5 15H4V4h11v1",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.6 1.6 M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.6-1.6",
  done: "M5 12.5l4.5 4.5L19 7.5",
  up: "M7 20H4v-9h3z M7 11l4-7c1.6 0 2.4 1 2.2 2.5L12.8 9H19c1 0 1.6.9 1.4 1.8l-1.5 7.6c-.2.9-1 1.6-1.9 1.6H7",
  down: "M17 4h3v9h-3z M17 13l-4 7c-1.6 0-2.4-1-2.2-2.5l.4-2.5H5c-1 0-1.6-.9-1.4-1.8l1.5-7.6C5.3 4.7 6.1 4 7 4h10",
  end: "M12 5v14 M6 13l6 6 6-6",
  counted: "M12 3l7 9-7 9-7-9z",
  missing: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M8 12h8",
};

/** Draw an icon by its name. */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${PATHS[name].split(/ (?=M)/).map((path) => svg`<path d=${path}></path>`)}
  </svg>`;
}

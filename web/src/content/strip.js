// The strip above the timeline's list: all events on one line; the more days between two, the further apart.

import { shape, sign } from "./drawing.js";

const SIGN = 22;
const CLOSEST = 34;
const CLOSEST_COUNTED = 50; // leaves room to write the days between
const EDGE = 18;
const HEIGHT = 74;
const AXIS = 26;
const DAY = 86_400_000;
const UNSCALED = 1.5; // a gap of unknown length, in units of the closest gap

/**
 * Draw the events of a timeline on a line of `width` pixels.
 *
 * Between two events known to the day the line is solid, its length follows the days between, and `days` (a function)
 * says how many; elsewhere it is dashed. `press` is called with the index of the event whose sign is pressed.
 */
export function strip(items, width, { label, days, press, rtl = false }) {
  const svg = shape("svg", { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": label });
  const gaps = items.slice(1).map((item, at) => daysBetween(items[at], item));
  const places = spread(gaps, width - 2 * EDGE).map((x) => (rtl ? width - EDGE - x : EDGE + x));
  gaps.forEach((gap, at) => {
    const ends = { x1: places[at], x2: places[at + 1], y1: AXIS, y2: AXIS };
    svg.append(shape("line", { class: gap === null ? "axis unscaled" : "axis", ...ends }));
    const text = gap === null ? "" : days(gap);
    const room = Math.abs(places[at + 1] - places[at]);
    if (!text || room < text.length * 6.2) return;
    const x = (places[at] + places[at + 1]) / 2;
    svg.append(shape("text", { class: "gap", x, y: AXIS + 36, "text-anchor": "middle" }, text));
    svg.append(bracket(places[at], places[at + 1]));
  });
  items.forEach((item, at) => {
    const mark = sign(item.dating, places[at], AXIS, SIGN, String(at + 1));
    mark.addEventListener("click", () => press(at));
    svg.append(mark);
  });
  return svg;
}

/** Place events along a length so that none stand closer than CLOSEST, as far as there is room. */
export function spread(gaps, length) {
  if (!gaps.length) return [length / 2];
  const known = gaps.filter((gap) => gap !== null && gap > 0);
  const shortest = Math.min(...known, Infinity);
  const weights = gaps.map((gap) => (gap === null ? UNSCALED : gap === 0 ? 1 : gap / shortest));
  const wanted = gaps.map((gap) => (gap ? CLOSEST_COUNTED : CLOSEST));
  const least = sum(wanted) > length ? wanted.map((width) => (width * length) / sum(wanted)) : wanted;
  const spare = length - sum(least);
  const extra = weights.map((weight) => Math.max(weight - 1, 0));
  let x = sum(extra) ? 0 : spare / 2;
  return [x, ...extra.map((part, at) => (x += least[at] + (sum(extra) ? (spare * part) / sum(extra) : 0)))];
}

function bracket(from, to) {
  const [left, right] = [Math.min(from, to) + 3, Math.max(from, to) - 3];
  return shape("path", { class: "bracket", d: `M${left} ${AXIS + 17}v5H${right}v-5` });
}

function daysBetween(one, other) {
  return one.day && other.day ? Math.round((Date.parse(other.day) - Date.parse(one.day)) / DAY) : null;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

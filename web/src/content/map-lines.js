// The lines of the map: a curve from name to name, and on it the number under which its words stand in the list below.

import { shape } from "./drawing.js";

const RADIUS = 9;
const PLACES = [0.5, ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((step) => [0.5 - step * 0.04, 0.5 + step * 0.04])];

/**
 * Draw relations, {id, from, to, mutual, label, number, state}, between boxes by entity id, {left, right, top, height}.
 *
 * A line that is "far" (of names that were not chosen) has no number. `press` is called with the id of a relation
 * whose number is pressed.
 */
export function lines(relations, boxes, press) {
  const drawn = relations
    .filter(({ from, to }) => boxes.has(from) && boxes.has(to))
    .map((relation) => ({ relation, points: curve(boxes.get(relation.from), boxes.get(relation.to)) }));
  const taken = [];
  const numbers = drawn
    .filter(({ relation }) => relation.state !== "far")
    .map(({ relation, points }) => {
      const place = free(points, taken, [...boxes.values()]);
      taken.push(place);
      return number(relation, place, press);
    });
  return [arrowHead(), ...drawn.map(({ relation, points }) => path(relation, points)), ...numbers];
}

/** Return the four points of the curve from one box to another. */
function curve(from, to) {
  const apart = Math.abs(from.left - to.left) > 8;
  const right = from.left < to.left;
  const [x1, y1] = [apart && !right ? from.left : from.right, from.top + from.height / 2];
  const [x2, y2] = [apart && right ? to.left : to.right, to.top + to.height / 2];
  if (apart) return [[x1, y1], [(x1 + x2) / 2, y1], [(x1 + x2) / 2, y2], [x2, y2]];
  const out = 14 + Math.abs(y2 - y1) * 0.12; // a bow beside the column, for two in the same one
  return [[x1, y1], [x1 + out, y1], [x2 + out, y2], [x2, y2]];
}

function path({ state, mutual }, [from, ...others]) {
  const d = `M${from.join(" ")}C${others.map((point) => point.join(" ")).join(" ")}`;
  return shape("path", { class: `line ${state}`, d, ...(mutual ? {} : { "marker-end": "url(#arrow)" }) });
}

function number({ id, number, state, label }, [x, y], press) {
  const disc = shape("circle", { cx: x, cy: y, r: RADIUS });
  const text = shape("text", { x, y, dy: "0.35em", "text-anchor": "middle" }, String(number));
  const mark = shape("g", { class: `number ${state}` }, shape("title", {}, label), disc, text);
  mark.addEventListener("click", () => press(id));
  return mark;
}

/** Return a point of a curve that is on no name and next to no other number, or the one that is furthest from them. */
function free(points, taken, boxes) {
  const places = PLACES.map((share) => at(points, share));
  const room = (place) => Math.min(...taken.map((other) => Math.hypot(place[0] - other[0], place[1] - other[1])), 99);
  const clear = places.filter((place) => !boxes.some((box) => covers(box, place)));
  const open = clear.length ? clear : places;
  return open.find((place) => room(place) > 2 * RADIUS + 1) ?? open.reduce((best, place) => (room(place) > room(best) ? place : best));
}

function covers({ left, right, top, height }, [x, y]) {
  return x > left - RADIUS && x < right + RADIUS && y > top - RADIUS && y < top + height + RADIUS;
}

function at(points, share) {
  const rest = 1 - share;
  const weights = [rest ** 3, 3 * rest ** 2 * share, 3 * rest * share ** 2, share ** 3];
  return [0, 1].map((axis) => points.reduce((sum, point, index) => sum + weights[index] * point[axis], 0));
}

function arrowHead() {
  const head = shape("path", { d: "M0 0L8 4L0 8Z", class: "head" });
  const place = { id: "arrow", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" };
  return shape("defs", {}, shape("marker", place, head));
}

// Drawings made by DOM calls: nothing is ever parsed as markup.

const SVG = "http://www.w3.org/2000/svg";

/** Make an SVG element: `shape("circle", {cx: 1, cy: 2, r: 3})`, with children after that. */
export function shape(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/**
 * Draw the sign of an event at a place: a disc for a stated date, a diamond for a counted one, a square in outline
 * where only the order is known, a triangle where not even that is. The shape tells them apart, not the colour.
 */
export function sign(dating, x, y, size, label = "") {
  const half = size / 2;
  const outline = {
    stated: () => shape("circle", { cx: x, cy: y, r: half }),
    counted: () => shape("path", { d: `M${x} ${y - half * 1.3}L${x + half * 1.3} ${y}L${x} ${y + half * 1.3}L${x - half * 1.3} ${y}Z` }),
    unplaced: () => shape("path", { d: `M${x} ${y - half}L${x + half} ${y + half * 0.8}L${x - half} ${y + half * 0.8}Z` }),
    undated: () => shape("rect", { x: x - half * 0.9, y: y - half * 0.9, width: size * 0.9, height: size * 0.9 }),
  };
  const group = shape("g", { class: `sign ${dating in outline ? dating : "undated"}` }, (outline[dating] ?? outline.undated)());
  if (label) group.append(shape("text", { x, y, dy: "0.35em", "text-anchor": "middle" }, label));
  return group;
}

/** Draw one sign alone, to stand in a line of text. */
export function signAlone(dating, label = "") {
  const svg = shape("svg", { viewBox: "0 0 32 32", "aria-hidden": "true", focusable: "false" });
  svg.append(sign(dating, 16, 16, 22, label));
  return svg;
}

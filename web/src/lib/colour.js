// Colours that an embedding page chooses, kept readable: contrast as WCAG 2 defines it.

const READABLE = 4.5;
const HEX = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i;

/** Read "#rgb" or "#rrggbb" into [red, green, blue], or null. */
export function parse(value) {
  const match = HEX.exec(String(value ?? "").trim());
  if (!match) return null;
  const digits = match[1].length === 3 ? [...match[1]].map((digit) => digit + digit).join("") : match[1];
  return [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16));
}

/** Write [red, green, blue] as "#rrggbb". */
export function hex(colour) {
  return "#" + colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("");
}

/** Return the contrast of two colours, from 1 to 21. */
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Return black or white, whichever reads better on a colour. */
export function textOn(colour) {
  const [black, white] = [
    [0, 0, 0],
    [255, 255, 255],
  ];
  return contrast(colour, white) >= contrast(colour, black) ? white : black;
}

/** Return a colour, moved as far towards black or white as it takes to be readable on another. */
export function readableOn(colour, ground) {
  const target = textOn(ground);
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = mix(colour, target, share);
    if (contrast(mixed, ground) >= READABLE) return mixed;
  }
  return target;
}

/** Mix two colours; share is how much of the second. */
export function mix(one, other, share) {
  return one.map((part, at) => part + (other[at] - part) * share);
}

export function luminance(colour) {
  const [red, green, blue] = colour.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

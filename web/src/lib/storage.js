// What must outlive a reload, in the browser's storage; in memory where the browser allows none.

/** A set of named values under a prefix: `get`, `set`, `remove`, `keys`. Values are anything JSON can hold. */
export class Storage {
  #area;
  #prefix;
  #refused = new Map(); // what the area did not take: the page works on, only a reload forgets

  constructor(area, prefix) {
    this.#area = area;
    this.#prefix = prefix + ":";
  }

  get(name) {
    if (this.#refused.has(name)) return this.#refused.get(name);
    try {
      return JSON.parse(this.#area.getItem(this.#prefix + name));
    } catch {
      return null; // written by somebody else, or the area is closed to us
    }
  }

  set(name, value) {
    try {
      this.#area.setItem(this.#prefix + name, JSON.stringify(value));
      this.#refused.delete(name);
    } catch {
      this.#refused.set(name, value); // full or forbidden
    }
  }

  remove(name) {
    this.#refused.delete(name);
    try {
      this.#area.removeItem(this.#prefix + name);
    } catch {
      // Forbidden, so nothing of ours is there.
    }
  }

  keys() {
    let there = [];
    try {
      there = Object.keys(this.#area).filter((key) => key.startsWith(this.#prefix));
    } catch {
      // As above.
    }
    return [...new Set([...there.map((key) => key.slice(this.#prefix.length)), ...this.#refused.keys()])];
  }
}

/** Open an area of the browser ("localStorage", "sessionStorage"). */
export function openStorage(area, prefix) {
  try {
    return new Storage(window[area], prefix); // access alone throws where storage is blocked
  } catch {
    return new Storage(memory(), prefix);
  }
}

function memory() {
  const values = Object.create({
    getItem: (key) => values[key] ?? null,
    setItem: (key, value) => void (values[key] = value),
    removeItem: (key) => void delete values[key],
  });
  return values;
}

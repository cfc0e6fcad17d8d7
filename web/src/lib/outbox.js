// Messages that have no answer yet, kept so that a reload or a closed page loses none.

const OLDEST = 24 * 3600 * 1000;

/** What was written and not yet answered, each under a key of its own so that two tabs do not overwrite each other. */
export class Outbox {
  #storage;

  constructor(storage) {
    this.#storage = storage;
  }

  put({ id, text, payload, sentence, time }) {
    this.#storage.set("out:" + id, { id, text, payload, sentence, time });
  }

  remove(id) {
    this.#storage.remove("out:" + id);
  }

  /** Return what is left, oldest first; what is a day old is dropped. */
  left(now = Date.now()) {
    const entries = this.#keys().map((key) => [key, this.#storage.get(key)]);
    for (const [key, entry] of entries) if (!isMessage(entry) || now - entry.time > OLDEST) this.#storage.remove(key);
    return entries
      .map(([, entry]) => entry)
      .filter((entry) => isMessage(entry) && now - entry.time <= OLDEST)
      .sort((one, other) => one.time - other.time);
  }

  clear() {
    for (const key of this.#keys()) this.#storage.remove(key);
  }

  #keys() {
    return this.#storage.keys().filter((key) => key.startsWith("out:"));
  }
}

function isMessage(entry) {
  return typeof entry?.id === "string" && typeof entry.text === "string" && typeof entry.time === "number";
}

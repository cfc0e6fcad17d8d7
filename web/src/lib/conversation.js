// A conversation as the reader sees it: its turns, what is on its way, what went wrong. Knows no page.

import { choicesOf, pick } from "./choices.js";
import * as problems from "./problem.js";

export const WAITING = "waiting"; // behind another message
export const SENDING = "sending";
export const DONE = "done";
export const STUCK = "stuck"; // tried again by itself at `until`, or when the network is back
export const FAILED = "failed"; // tried again when the reader says so

const SLOW = 2000;
const STEPS = [1000, 2000, 4000, 8000];
const BUSY_TRIES = 4;

/**
 * Holds the turns and sends what is written, one message after the other.
 *
 * A message keeps its id through every try, so the server answers it once however often it arrives. Fires "change"
 * after anything to show has changed, and "reply" when an answer has come.
 *
 * A turn: {id, text, payload, sentence, time, state, slow, problem, messages, verdict, restored}; `sentence` is the id of
 * the sentence of the article that it is about, or null.
 */
export class Conversation extends EventTarget {
  turns = [];
  loaded = false;
  problem = null;

  #client;
  #outbox;
  #busy = false;
  #epoch = 0; // a restart leaves what is under way behind
  #tries = 0;
  #planned = null; // the next try: {problem, timer, action}

  constructor(client, outbox) {
    super();
    this.#client = client;
    this.#outbox = outbox;
  }

  /** Show what was said before, then send what had not been. */
  async open() {
    const epoch = this.#epoch;
    try {
      const { turns } = await this.#client.history();
      if (epoch !== this.#epoch) return;
      this.problem = null;
      this.#tries = 0;
      this.#restore(turns);
      this.loaded = true;
      this.#changed();
      this.#pump();
    } catch (problem) {
      if (epoch !== this.#epoch) return;
      if (!(problem instanceof problems.Problem)) throw problem;
      this.problem = problem;
      // What cannot be read back must not keep anybody from asking on.
      this.loaded = !this.#again(problem, () => this.open());
      this.#changed();
      this.#pump();
    }
  }

  /** When the next try is planned, in milliseconds since 1970; null where none is. */
  get until() {
    return this.#planned?.until ?? null;
  }

  /** The choices of the last reply, as long as nothing was asked since. */
  get choices() {
    const last = this.turns.at(-1);
    return last?.state === DONE ? choicesOf(last.messages) : [];
  }

  /** Send what somebody wrote, about a sentence where its id is given; else a number picks from the choices that are open. */
  say(text, sentence = null) {
    const choice = sentence ? null : pick(text, this.choices);
    if (choice) return this.choose(choice);
    return this.#add(text, text, sentence);
  }

  /** Send a choice: its title is shown, its payload is sent. */
  choose({ title, payload }) {
    return this.#add(title, payload);
  }

  /** Read back again what was said before. */
  reopen() {
    if (this.#planned) this.hurry();
    else this.open();
  }

  /** Try again now what waits for a better time: the network is back, or the reader is. */
  hurry() {
    if (this.#planned && this.#planned.problem.kind !== problems.LIMITED) this.#wake();
  }

  /** Try a failed message again, with its own id; it goes to the end, where the server will have it. */
  retry(turn) {
    if (turn.state !== FAILED && turn.state !== STUCK) return;
    if (turn.state === STUCK) return this.hurry();
    this.turns = [...this.turns.filter((other) => other !== turn), turn];
    this.#tries = 0;
    Object.assign(turn, { state: WAITING, problem: null });
    this.#changed();
    this.#pump();
  }

  /** Take an unanswered message back and return its text. */
  takeBack(turn) {
    this.turns = this.turns.filter((other) => other !== turn);
    this.#outbox.remove(turn.id);
    if (turn.state === STUCK) this.#cancelTry();
    this.#changed();
    this.#pump();
    return turn.text;
  }

  /** Begin anew. Rejects with a Problem where the server could not be told. */
  async restart() {
    await this.#client.restart();
    this.#epoch += 1;
    this.#outbox.clear();
    this.turns = [];
    this.#busy = false;
    this.#cancelTry();
    this.loaded = true;
    this.problem = null;
    this.#changed();
  }

  /** Send and try nothing any more; what has no answer stays in the outbox. */
  close() {
    this.#epoch += 1;
    this.#cancelTry();
  }

  /** Say what the reader thinks of an answer. Rejects with a Problem. */
  async rate(turn, verdict, remark = "") {
    const before = turn.verdict;
    turn.verdict = verdict;
    this.#changed();
    try {
      await this.#client.feedback(turn.id, verdict, remark);
    } catch (problem) {
      turn.verdict = before;
      this.#changed();
      throw problem;
    }
  }

  #add(text, payload, sentence = null) {
    const turn = { id: newId(), text, payload, sentence, time: Date.now(), state: WAITING, messages: [] };
    this.turns = [...this.turns, turn];
    this.#outbox.put(turn);
    this.#changed();
    if (this.#planned) this.hurry();
    else this.#pump();
    return turn;
  }

  #restore(turns) {
    const known = new Set(turns.map((turn) => turn.id));
    const here = new Set(this.turns.map((turn) => turn.id));
    const done = turns.map((turn) => ({ ...turn, state: DONE, restored: true }));
    for (const id of known) this.#outbox.remove(id);
    const unsent = this.#outbox.left().filter(({ id }) => !here.has(id));
    const open = unsent.map((entry) => ({ ...entry, payload: entry.payload || entry.text, state: WAITING, messages: [] }));
    this.turns = [...done, ...open, ...this.turns.filter((turn) => !known.has(turn.id))];
  }

  async #pump() {
    if (this.#busy || this.#planned || !this.loaded) return;
    const turn = this.turns.find((turn) => turn.state === WAITING || turn.state === STUCK);
    if (!turn) return;
    const epoch = this.#epoch;
    this.#busy = true;
    Object.assign(turn, { state: SENDING, slow: false, problem: null });
    const slow = setTimeout(() => {
      turn.slow = true;
      this.#changed();
    }, SLOW);
    this.#changed();
    try {
      const messages = await this.#client.send(turn.id, turn.text, turn.payload, turn.sentence);
      if (epoch === this.#epoch) this.#answered(turn, messages);
    } catch (problem) {
      if (!(problem instanceof problems.Problem)) throw problem;
      if (epoch === this.#epoch) this.#unanswered(turn, problem);
    } finally {
      clearTimeout(slow);
      if (epoch === this.#epoch) {
        turn.slow = false;
        this.#busy = false;
        this.#changed();
        if (turn.state !== STUCK) this.#pump();
      }
    }
  }

  #answered(turn, messages) {
    this.#tries = 0;
    this.#outbox.remove(turn.id);
    Object.assign(turn, { state: DONE, messages });
    this.dispatchEvent(new CustomEvent("reply", { detail: turn }));
  }

  #unanswered(turn, problem) {
    turn.problem = problem;
    if (problem.kind === problems.FORBIDDEN) this.problem = problem;
    if (this.#again(problem, () => this.#pump())) {
      turn.state = STUCK;
    } else {
      this.#tries = 0;
      turn.state = FAILED;
      if (problem.kind === problems.REFUSED) this.#outbox.remove(turn.id);
    }
  }

  /** Plan another try where the problem may pass by itself; say whether one is planned. */
  #again(problem, action) {
    const step = STEPS[Math.min(this.#tries, STEPS.length - 1)];
    this.#tries += 1;
    let wait;
    if (problem.kind === problems.OFFLINE) wait = step;
    else if (problem.kind === problems.LIMITED) wait = problem.wait * 1000;
    else if (problem.kind === problems.BUSY && this.#tries <= BUSY_TRIES) wait = step;
    else return false;
    const timer = setTimeout(() => this.#wake(), wait);
    this.#planned = { problem, action, timer, until: Date.now() + wait };
    return true;
  }

  #wake() {
    const { action } = this.#planned;
    this.#cancelTry();
    action();
  }

  #cancelTry() {
    clearTimeout(this.#planned?.timer);
    this.#planned = null;
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/** Make an id that nobody else makes; `crypto.randomUUID` is missing on pages without TLS. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

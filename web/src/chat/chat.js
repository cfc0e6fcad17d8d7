// <ask-chat>: the conversation and the box to write in. Fills the element that it stands in.

import { html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";

import * as states from "../lib/conversation.js";
import { keepKeys } from "../lib/keys.js";
import { translator } from "../lib/language.js";
import { answerLink } from "../lib/link.js";
import { saveText, touches } from "../lib/page.js";
import { FORBIDDEN, LIMITED } from "../lib/problem.js";
import { transcript } from "../lib/transcript.js";
import { Composer } from "./composer.js";
import { banner, greeting, heads, smallTimeline, writing } from "./frame.js";
import { icon } from "./icons.js";
import { ReplyTools } from "./rating.js";
import { printStyles } from "./print-styles.js";
import { choices } from "./reply.js";
import { Scrolling } from "./scrolling.js";
import { styles } from "./styles.js";
import { talkStyles } from "./talk-styles.js";
import { base, hostPalette, island } from "./tokens.js";
import { exchange, historyProblem, loading } from "./turn.js";

/**
 * Properties: conversation, client, storage (for the draft), options (title, greeting, suggestions, placeholder),
 * lang (of the interface), closable.
 *
 * Events: "cite" ({sentence, quote}; whoever shows the sentence calls preventDefault, else it is shown in the chat),
 * "close".
 */
export class Chat extends LitElement {
  static styles = [hostPalette, base, island, styles, talkStyles, printStyles];

  static properties = {
    conversation: { attribute: false },
    client: { attribute: false },
    drafts: { attribute: false },
    options: { attribute: false },
    lang: { reflect: true },
    closable: { type: Boolean },
    content: { state: true },
    opened: { state: true },
    notice: { state: true },
    below: { state: true },
  };

  #clock = null;
  #scrolling = new Scrolling(this);

  constructor() {
    super();
    this.options = {};
    this.opened = new Map(); // turn id -> the sentence shown in place
    this.notice = "";
    this.left = []; // the turns of the conversation that was left, as long as they can still be saved
    this.below = false;
    keepKeys(this);
  }

  connectedCallback() {
    if (!this.conversation) return this.remove(); // a copy, out of a page's memory of itself
    super.connectedCallback();
    this.conversation.addEventListener("change", this.#change);
    addEventListener("online", this.#hurry);
    document.addEventListener("visibilitychange", this.#hurry);
    if (!this.hasUpdated) return;
    this.#change(); // the page has put it somewhere else, which stopped the clock and lost the place in the conversation
    this.updateComplete.then(() => this.#scrolling.toPlace());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.conversation?.removeEventListener("change", this.#change);
    removeEventListener("online", this.#hurry);
    document.removeEventListener("visibilitychange", this.#hurry);
    clearInterval(this.#clock);
    this.#clock = null;
  }

  /** Load what was said before and the article's texts. */
  open() {
    this.conversation.open();
    this.client.content().then(
      (content) => (this.content = content),
      () => {}, // greeting and picture go without
    );
  }

  /** Put the cursor where one writes. */
  focus() {
    this.updateComplete.then(() => (this.#composer ? this.#composer.focus() : this.focusFirst()));
  }

  /** Put the cursor on the first control, as one comes with the Tab key. */
  focusFirst() {
    this.renderRoot.querySelector("header button:not([hidden])")?.focus();
  }

  /** Ask a question as if the reader had typed it, about a sentence where its id is given. */
  ask(text, sentence = null) {
    if (sentence) this.conversation.say(text, sentence);
    else this.conversation.choose({ title: text, payload: text });
    this.#scrolling.toNewest();
  }

  /** Let the reader write a question about a sentence, {sentence, quote}, or finish the one that is begun. */
  draft(text, about = null) {
    this.updateComplete.then(() => this.#composer.write(text, about));
  }

  get t() {
    return translator(this.lang);
  }

  render() {
    const { t, conversation } = this;
    const title = this.options.title || t("title");
    return html`<div class="island" dir=${this.dir || nothing} lang=${this.lang}>
      <header>
        <h2 dir="auto">${title}</h2>
        ${this.#button("export", "save", this.#export, !conversation.turns.length)}
        ${this.#button("restart", "restart", this.#restart, this.#forbidden)}
        ${this.closable ? this.#button("close", "close", () => this.dispatchEvent(new Event("close"))) : nothing}
      </header>
      <div role="status">${banner(this.notice, this.left.length ? () => this.#save(this.left) : null, t)}</div>
      <div
        class="log"
        role="log"
        aria-live="polite"
        aria-label=${t("conversation")}
        aria-busy=${String(!conversation.loaded)}
        tabindex="0"
        @scroll=${this.#scrolled}
      >
        <div>
          ${this.#forbidden ? nothing : greeting(this.options.greeting, this.content?.title, t)} ${this.#state()}
          ${repeat(
            conversation.turns,
            (turn) => turn.id,
            (turn) => exchange(turn, this.#view(turn)),
          )}
          ${this.#suggestions()}
        </div>
      </div>
      ${this.below ? html`<div class="ledge">${this.#button("toEnd", "end", () => this.#scrolling.toEnd())}</div>` : nothing}
      ${this.#forbidden ? nothing : writing(this, (event) => this.#say(event.detail))}
    </div>`;
  }

  // Whether the server answers no page of this origin; there is no point in writing then.
  get #forbidden() {
    return this.conversation.problem?.kind === FORBIDDEN;
  }

  #button(name, drawing, action, hidden = false) {
    return html`<button class="round" type="button" ?hidden=${hidden} aria-label=${this.t(name)} title=${this.t(name)} @click=${action}>
      ${icon(drawing)}
    </button>`;
  }

  #suggestions() {
    const { turns, loaded } = this.conversation;
    const last = turns.at(-1);
    if (last) return last.state === states.DONE ? choices(last.messages, this.#view(last)) : nothing;
    const offered = this.options.suggestions ?? this.content?.texts?.examples ?? [];
    if (!loaded || this.#forbidden) return nothing;
    return choices([{ buttons: offered.map((title) => ({ title })) }], this.#view({}));
  }

  #state() {
    const { problem, loaded } = this.conversation;
    if (problem) return historyProblem(problem, this.conversation, this.#view({}));
    return loaded ? nothing : loading(this.#view({}));
  }

  #view(turn) {
    return {
      t: this.t,
      lang: this.lang,
      conversation: this.conversation,
      takeBack: (turn) => this.draft(this.conversation.takeBack(turn), this.#quoted(turn.sentence)),
      link: (turn) => answerLink(this.client.page, turn),
      opened: this.opened.get(turn.id),
      inPlace: !this.options.article,
      cite: (evidence) => this.#cite(turn, evidence),
      choose: (choice) => this.#choose(choice),
      picture: (picture) => this.#picture(picture),
    };
  }

  #quoted(sentence) {
    if (!sentence) return null;
    const sentences = this.content?.paragraphs?.flatMap((paragraph) => paragraph.sentences) ?? [];
    return { sentence, quote: sentences.find(({ id }) => id === sentence)?.text ?? "" };
  }

  #picture(picture) {
    if (picture.name !== "timeline" || !this.content?.timeline) return nothing;
    return smallTimeline(this, (event) => {
      event.stopPropagation();
      this.#choose({ title: event.detail, payload: event.detail });
    });
  }

  #cite(turn, evidence) {
    const event = new CustomEvent("cite", { detail: evidence, bubbles: true, composed: true, cancelable: true });
    if (!this.dispatchEvent(event)) return;
    const shown = new Map(this.opened);
    if (shown.get(turn.id) === evidence.sentence) shown.delete(turn.id);
    else shown.set(turn.id, evidence.sentence);
    this.opened = shown;
  }

  #choose(choice) {
    this.#unsay();
    this.conversation.choose(choice);
    this.#backToWriting();
  }

  #say({ text, sentence }) {
    this.#unsay();
    this.conversation.say(text, sentence);
  }

  #unsay() {
    this.notice = "";
    this.left = [];
  }

  // The button pressed is gone; the cursor goes on to where the next question is written, on phones to the answer.
  #backToWriting() {
    this.updateComplete.then(() => (touches() ? this.#log : this.#composer).focus({ preventScroll: true }));
  }

  #restart = async () => {
    const { turns } = this.conversation;
    try {
      await this.conversation.restart();
      this.left = turns;
      this.notice = this.t("restarted");
      this.opened = new Map();
      this.#backToWriting();
    } catch {
      this.notice = this.t("restart.failed");
    }
  };

  #export = () => this.#save(this.conversation.turns);

  #save(turns) {
    saveText("conversation.md", transcript(turns, heads(this)));
    this.notice = this.t("exported");
    this.left = [];
  }

  #change = () => {
    this.requestUpdate();
    if (this.#forbidden && this.#composer?.contains(this.renderRoot.activeElement)) this.focus(); // on what is left
    const counting = this.conversation.turns.some((turn) => turn.problem?.kind === LIMITED) || this.conversation.problem;
    if (counting) {
      this.#clock ??= setInterval(() => this.requestUpdate(), 1000);
    } else {
      clearInterval(this.#clock);
      this.#clock = null;
    }
  };

  #hurry = () => {
    if (document.visibilityState === "visible") this.conversation.hurry();
  };

  #scrolled() {
    this.below = this.#scrolling.below > 120;
    this.#scrolling.remember();
  }

  get #log() {
    return this.renderRoot.querySelector(".log");
  }

  get #composer() {
    return this.renderRoot?.querySelector("ask-composer");
  }
}

/** Make the elements of the chat known to the browser, once. */
export function defineChat() {
  const elements = { "ask-chat": Chat, "ask-composer": Composer, "ask-reply-tools": ReplyTools };
  for (const [name, element] of Object.entries(elements)) if (!customElements.get(name)) customElements.define(name, element);
}

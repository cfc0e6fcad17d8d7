// Templates for a question and what has become of it: its answer, the wait for it, or what went wrong.

import { html, nothing } from "lit";

import { DONE, FAILED, SENDING } from "../lib/conversation.js";
import { seconds } from "../lib/language.js";
import { longPlace, shortPlace } from "../lib/place.js";
import { BUSY, FORBIDDEN, LIMITED, OFFLINE, REFUSED } from "../lib/problem.js";
import { reply } from "./reply.js";

/** Show a question with its answer. `view` is that of `reply`, with lang, conversation and takeBack. */
export function exchange(turn, view) {
  const sent = turn.state === DONE || turn.state === SENDING;
  return html`<div class="turn">
    <div class="said ${sent ? "" : "unsent"}"><span class="unseen">${view.t("you")}: </span>${about(turn, view)}<span dir="auto">${turn.text}</span></div>
    ${outcome(turn, view)}
  </div>`;
}

function about({ sentence }, { t }) {
  if (!sentence) return nothing;
  return html`<span class="about"><span aria-hidden="true">${t("about", { place: shortPlace(sentence, t) })}</span
    ><span class="unseen">${t("about", { place: longPlace(sentence, t) })}.</span></span>`;
}

/** Say that what was said before is on its way. */
export function loading(view) {
  return html`<p class="writing">${dots()} ${view.t("loading")}</p>`;
}

/** Say why what was said before can't be shown. */
export function historyProblem(problem, conversation, view) {
  if (problem.kind === FORBIDDEN) return html`<p class="note">${view.t("unavailable")}</p>`;
  const waits = conversation.until !== null;
  const key = { [OFFLINE]: "offline.quiet", [BUSY]: "busy", [LIMITED]: "limited.quiet" }[problem.kind];
  return html`<div class="problem">
    <span>${timed(waits ? key : "failed.history", view)}</span>
    ${problem.kind === LIMITED ? nothing : button(view.t(waits ? "retry.now" : "retry"), () => conversation.reopen())}
  </div>`;
}

function outcome(turn, view) {
  if (turn.state === DONE)
    return html`${reply(turn.messages, view)}
      <ask-reply-tools
        aria-live="off"
        .turn=${turn}
        .verdict=${turn.verdict}
        .conversation=${view.conversation}
        .link=${view.link(turn)}
        .t=${view.t}
      ></ask-reply-tools>`;
  if (turn.problem) return turnProblem(turn, view);
  if (turn.state === SENDING)
    return html`<p class="writing">
      ${dots()} <span class=${turn.slow ? "" : "unseen"}>${view.t(turn.slow ? "slow" : "writing")}</span>
    </p>`;
  return html`<p class="note">${view.t("queued")}</p>`;
}

function turnProblem(turn, view) {
  const { problem } = turn;
  if (problem.kind === FORBIDDEN) return html`<p class="note">${view.t("unavailable")}</p>`;
  const waits = turn.state !== FAILED;
  const refused = problem.kind === REFUSED;
  const key = waits ? { [OFFLINE]: "offline", [BUSY]: "busy", [LIMITED]: "limited" }[problem.kind] : refused ? "refused" : "failed";
  const retry = waits ? "retry.now" : "retry";
  return html`<div class="problem">
    <span>${(refused && problem.text) || timed(key, view)}</span>
    ${refused || (waits && problem.kind === LIMITED) ? nothing : button(view.t(retry), () => view.conversation.retry(turn))}
    ${button(view.t("takeBack"), () => view.takeBack(turn))}
  </div>`;
}

function button(name, action) {
  return html`<button class="plain" type="button" @click=${action}>${name}</button>`;
}

// The time that is left changes every second; read out once is enough.
function timed(key, view) {
  const [before, after] = view.t(key, { time: "\0" }).split("\0");
  return after === undefined ? before : html`${before}<span aria-live="off">${left(view)}</span>${after}`;
}

function left(view) {
  const wait = (view.conversation.until ?? 0) - Date.now();
  return seconds(view.lang, Math.max(1, Math.ceil(wait / 1000)));
}

function dots() {
  return html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>`;
}

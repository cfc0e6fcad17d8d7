// Why a request has no answer.

/** Reached nobody: no network, or nobody listens there. Worth trying again by itself. */
export const OFFLINE = "offline";
/** The server is busy, starting or gone from behind its gateway. Worth trying again by itself. */
export const BUSY = "busy";
/** The server asks to wait for some seconds. */
export const LIMITED = "limited";
/** The server failed. Somebody decides whether to try again. */
export const FAILED = "failed";
/** The server does not take this message, however often it comes. */
export const REFUSED = "refused";
/** The server answers no pages of this site. */
export const FORBIDDEN = "forbidden";

/** A request without an answer: what kind of problem, what the server said, seconds to wait. */
export class Problem extends Error {
  constructor(kind, { text = "", wait = 0, status = 0 } = {}) {
    super(text || kind);
    this.kind = kind;
    this.text = text;
    this.wait = wait;
    this.status = status;
  }
}

/** Say what an HTTP answer that is not a success means. */
export function problemOf(status, headers, content) {
  const text = typeof content?.error?.message === "string" ? content.error.message : "";
  if (content?.error?.code === "bad_origin") return new Problem(FORBIDDEN, { status, text });
  if (status === 429) return new Problem(LIMITED, { status, text, wait: waitOf(headers.get("Retry-After")) });
  if ([408, 502, 503, 504].includes(status)) return new Problem(BUSY, { status, text });
  return new Problem(status >= 500 ? FAILED : REFUSED, { status, text });
}

function waitOf(value) {
  const seconds = /^\d+(\.\d+)?$/.test(value ?? "") ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Math.min(Math.max(Number.isFinite(seconds) ? seconds : 5, 1), 600);
}

// Texts, choices, colours, transcripts, places on the timeline's strip.

import assert from "node:assert/strict";
import { test } from "node:test";

import { spread } from "../src/content/strip.js";
import { choicesOf, pick } from "../src/lib/choices.js";
import { contrast, hex, parse, readableOn, textOn } from "../src/lib/colour.js";
import { problemOf } from "../src/lib/problem.js";
import { Storage } from "../src/lib/storage.js";
import { parts, webLink } from "../src/lib/text.js";
import { replyText, transcript } from "../src/lib/transcript.js";

const REPLY = [{ text: "It <b>was</b> [so](x)." }, { custom: { answer: { evidence: [{ sentence: "P1S1", quote: "So it was." }] } } }];

test("text is split into words, sentences and links", () => {
  assert.deepEqual(parts("See P1S2."), [{ text: "See " }, { sentence: "P1S2" }, { text: "." }]);
  assert.deepEqual(parts("(https://example.org/a)."), [{ text: "(" }, { link: "https://example.org/a" }, { text: ")." }]);
  assert.deepEqual(parts("javascript:alert(1) XP1S2"), [{ text: "javascript:alert(1) XP1S2" }]);
  assert.deepEqual(parts("http:// P1S1"), [{ text: "http:// " }, { sentence: "P1S1" }]);
  assert.deepEqual(parts(""), []);
});

test("only web addresses are links", () => {
  assert.equal(webLink("https://example.org"), "https://example.org/");
  for (const bad of ["javascript:alert(1)", "data:text/html,x", "//example.org", "x"]) assert.equal(webLink(bad), null);
});

test("choices need a title, and a number picks one", () => {
  const choices = choicesOf([{ buttons: [{ title: "A" }, { title: "" }, { title: 3 }, null, { title: "B", payload: "b" }] }, {}]);
  assert.deepEqual(choices, [{ title: "A", payload: "A" }, { title: "B", payload: "b" }]);
  for (const text of ["2", " 2. ", "2)", "#2"]) assert.equal(pick(text, choices).title, "B");
  for (const text of ["0", "3", "2 b", "-2", "22", ""]) assert.equal(pick(text, choices), null);
});

test("chosen colours become readable", () => {
  for (const colour of ["#ffd54f", "#777", "#003049", "#fff", "#000"]) {
    const ground = parse(colour);
    assert.ok(contrast(textOn(ground), ground) >= 4.5, colour);
    for (const other of ["#ff0000", "#00ff00", "#888888"]) assert.ok(contrast(readableOn(parse(other), ground), ground) >= 4.5);
  }
  assert.equal(hex(parse("#abc")), "#aabbcc");
  for (const bad of ["red", "#12", "url(x)", "", undefined]) assert.equal(parse(bad), null);
});

test("a transcript is Markdown in which nothing that was said is markup", () => {
  const heads = { title: "T", time: "today", you: "You", bot: "Bot", unsent: "unsent" };
  const turns = [
    { text: "Was it *so*?", state: "done", messages: REPLY },
    { text: "And?", state: "failed", messages: [] },
  ];
  assert.equal(
    transcript(turns, heads),
    "# T\n\ntoday\n\n**You:** Was it \\*so\\*?\n\n**Bot:** It \\<b\\>was\\</b\\> \\[so\\](x).\n\n> P1S1: “So it was.”\n\n**You:** And? *(unsent)*\n",
  );
  assert.equal(replyText(REPLY), "It <b>was</b> [so](x).\nP1S1: “So it was.”");
});

test("an answer of the server says what is to be done", () => {
  const kind = (status, headers = {}, content = null) => problemOf(status, new Headers(headers), content);
  assert.deepEqual([400, 413, 429, 500, 503, 504].map((status) => kind(status).kind), ["refused", "refused", "limited", "failed", "busy", "busy"]);
  assert.equal(kind(429, { "Retry-After": "7" }).wait, 7);
  for (const odd of ["soon", "-3", "0"]) assert.ok(kind(429, { "Retry-After": odd }).wait >= 1);
  assert.equal(kind(400, {}, { error: { message: "No." } }).text, "No.");
});

test("events keep their order and their distance on the strip", () => {
  for (const length of [120, 280, 700]) {
    const places = spread([null, null, 2, 4, 10], length);
    assert.equal(places.length, 6);
    assert.ok(places.every((place, at) => !at || place > places[at - 1]));
    assert.ok(places[0] >= 0 && places.at(-1) <= length + 0.01, `${length}: ${places}`);
  }
  const places = spread([2, 4, 10], 700);
  assert.ok(places[3] - places[2] > places[2] - places[1] && places[2] - places[1] > places[1] - places[0]);
  assert.deepEqual(spread([], 100), [50]);
});

test("a storage that takes nothing keeps values as long as the page is open", () => {
  const full = { getItem: () => null, removeItem() {}, setItem() { throw new Error("QuotaExceededError"); } };
  const storage = new Storage(full, "test");
  storage.set("token", "t");
  assert.equal(storage.get("token"), "t");
  assert.ok(storage.keys().includes("token"));
  storage.remove("token");
  assert.equal(storage.get("token"), null);
});

// Links to an answer, and where a sentence stands.

import assert from "node:assert/strict";
import { test } from "node:test";

import { lines } from "../src/content/map-lines.js";
import { answerLink, questionIn } from "../src/lib/link.js";
import { isSentence, longPlace, shortPlace } from "../src/lib/place.js";

const HOST = "https://bot.example/";
const t = (key, values = {}) => [key, ...Object.values(values)].join(" ");

function turn(status, more = {}, asked) {
  return { text: "When?", payload: "When?", sentence: null, messages: [{ text: "x" }, { custom: { answer: { status }, asked } }], ...more };
}

test("an answer is linked by its question, what is none is not linked", () => {
  assert.equal(answerLink(HOST, turn("answered")), "https://bot.example/?q=When%3F");
  assert.equal(answerLink(HOST, turn("not_in_document", { sentence: "P1S2" })), "https://bot.example/?q=When%3F&sentence=P1S2");
  assert.equal(answerLink(HOST, turn("answered", { text: "And he?" }, "Who was it?")), "https://bot.example/?q=Who+was+it%3F");
  assert.equal(answerLink(HOST, turn("answered", { text: "a & b #c", payload: undefined })), "https://bot.example/?q=a+%26+b+%23c");
  for (const status of ["clarify", "social", undefined]) assert.equal(answerLink(HOST, turn(status)), null);
});

test("the question is taken out of the address and nothing else", () => {
  assert.deepEqual(questionIn(HOST + "?lang=de&q=+a+%26+b+&sentence=P1S2#P1S1"), {
    question: "a & b",
    sentence: "P1S2",
    rest: "https://bot.example/?lang=de#P1S1",
  });
  assert.equal(questionIn(HOST + "?lang=de&sentence=P1S2"), null);
  assert.equal(questionIn(HOST + "?q=").question, "");
  assert.equal(questionIn(HOST + "?q=" + "x".repeat(5000)).question.length, 2000);
});

test("a place is short to see and spelt out to hear", () => {
  assert.equal(shortPlace("P6S3", t), "¶6 · 3");
  assert.equal(longPlace("P6S3", t), "place 6 3");
  assert.equal(shortPlace("P0S1", t), "place.title");
  assert.equal(longPlace("else", t), "else");
  assert.deepEqual(["P6S3", "P6S3x", "", null, 5].map(isSentence), [true, false, false, false, false]);
});

test("the numbers of the map's lines stand apart from each other and beside the names", () => {
  const made = [];
  globalThis.document = {
    createElementNS: (space, name) => {
      const element = { name, attributes: {}, children: [], setAttribute: (key, value) => (element.attributes[key] = value) };
      element.append = (...children) => element.children.push(...children);
      element.addEventListener = (type, action) => (element.press = action);
      made.push(element);
      return element;
    },
  };
  const boxes = new Map(["a", "b", "c", "d", "e", "f"].map((id, at) => [id, { left: at < 3 ? 0 : 300, right: at < 3 ? 90 : 390, top: (at % 3) * 50, height: 34 }]));
  const relations = ["ad", "bd", "cd", "ae", "be", "ce", "af", "bf", "ab", "ac"].map(([from, to], at) => ({ id: from + to, from, to, number: at + 1, label: "", state: "" }));
  const pressed = [];
  const drawn = lines([...relations, { id: "far", from: "a", to: "f", number: 11, state: "far" }, { id: "none", from: "x", to: "a" }], boxes, (id) => pressed.push(id));
  const numbers = drawn.filter(({ attributes }) => attributes.class?.startsWith("number"));
  assert.equal(drawn.filter(({ attributes }) => attributes.class?.startsWith("line")).length, 11);
  assert.equal(numbers.length, 10);
  const places = numbers.map(({ children }) => children.find(({ name }) => name === "circle").attributes).map(({ cx, cy }) => [Number(cx), Number(cy)]);
  for (const [at, [x, y]] of places.entries()) {
    for (const [other, left] of places.slice(at + 1)) assert.ok(Math.hypot(x - other, y - left) >= 18);
    for (const { left, right, top, height } of boxes.values()) assert.ok(x < left || x > right || y < top || y > top + height);
  }
  numbers[3].press();
  assert.deepEqual(pressed, ["ae"]);
});

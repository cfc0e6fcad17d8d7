// What is sent when, and what is kept. The server and the browser's storage are plain objects here.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { Conversation, DONE, FAILED, STUCK, WAITING } from "../src/lib/conversation.js";
import { Outbox } from "../src/lib/outbox.js";
import { BUSY, FAILED as BROKEN, LIMITED, OFFLINE, Problem, REFUSED } from "../src/lib/problem.js";
import { Storage } from "../src/lib/storage.js";

const ANSWER = [{ text: "Yes.", buttons: [{ title: "One", payload: "one" }, { title: "Two", payload: "two" }] }];

function storage() {
  const values = Object.create({
    getItem: (key) => values[key] ?? null,
    setItem: (key, value) => void (values[key] = value),
    removeItem: (key) => void delete values[key],
  });
  return new Storage(values, "test");
}

/** A server that gives each message the next of some outcomes: messages, or a Problem. */
function server(...outcomes) {
  return {
    sent: [],
    turns: [],
    history: async () => ({ turns: [] }),
    restart: async () => {},
    feedback: async () => {},
    async send(id, text, payload) {
      this.sent.push({ id, text, payload });
      const outcome = outcomes.length ? outcomes.shift() : ANSWER;
      if (outcome instanceof Problem) throw outcome;
      return outcome;
    },
  };
}

async function settle() {
  for (let round = 0; round < 20; round += 1) await Promise.resolve();
}

async function opened(client, kept = storage()) {
  const conversation = new Conversation(client, new Outbox(kept));
  await conversation.open();
  return conversation;
}

test("messages are sent one after the other, in order", async () => {
  const client = server();
  const conversation = await opened(client);
  conversation.say("a");
  conversation.say("b");
  assert.deepEqual(client.sent.map(({ text }) => text), ["a"]);
  await settle();
  assert.deepEqual(client.sent.map(({ text }) => text), ["a", "b"]);
});

test("a number picks a choice while choices are open, and is a number otherwise", async () => {
  const client = server();
  const conversation = await opened(client);
  conversation.say("2");
  await settle();
  conversation.say("2.");
  await settle();
  conversation.say("7");
  await settle();
  assert.deepEqual(client.sent.map(({ text, payload }) => [text, payload]), [["2", "2"], ["Two", "two"], ["7", "7"]]);
});

test("without a network a message waits and is sent with its own id", async () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const client = server(new Problem(OFFLINE), new Problem(OFFLINE));
  const conversation = await opened(client);
  const turn = conversation.say("a");
  await settle();
  assert.equal(turn.state, STUCK);
  mock.timers.tick(1000);
  await settle();
  assert.equal(turn.state, STUCK);
  conversation.hurry();
  await settle();
  assert.equal(turn.state, DONE);
  assert.equal(new Set(client.sent.map(({ id }) => id)).size, 1);
  mock.timers.reset();
});

test("a limit is waited out, whatever the reader does", async () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const client = server(new Problem(LIMITED, { wait: 5 }));
  const conversation = await opened(client);
  conversation.say("a");
  await settle();
  conversation.hurry();
  conversation.say("b");
  await settle();
  mock.timers.tick(4999);
  await settle();
  assert.equal(client.sent.length, 1);
  mock.timers.tick(1);
  await settle();
  assert.deepEqual(client.sent.map(({ text }) => text), ["a", "a", "b"]);
  mock.timers.reset();
});

test("a busy server is given up on after some tries, a broken one at once", async () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const client = server(...Array(5).fill(new Problem(BUSY)), new Problem(BROKEN));
  const conversation = await opened(client);
  const turn = conversation.say("a");
  for (let round = 0; round < 4; round += 1) {
    await settle();
    assert.equal(turn.state, STUCK);
    mock.timers.tick(15000);
  }
  await settle();
  assert.equal(turn.state, FAILED);
  const other = conversation.say("b");
  await settle();
  assert.equal(other.state, FAILED);
  assert.equal(client.sent.length, 6);
  mock.timers.reset();
});

test("what has no answer is there after a reload, and sent unless the server has it", async () => {
  const kept = storage();
  const client = server(new Problem(BROKEN), new Problem(BROKEN));
  const before = await opened(client, kept);
  const [lost, known] = [before.say("lost"), before.say("known")];
  await settle();
  const again = server();
  again.history = async () => ({ turns: [{ id: known.id, text: "known", messages: ANSWER }] });
  const after = await opened(again, kept);
  await settle();
  assert.deepEqual(after.turns.map(({ text, state }) => [text, state]), [["known", DONE], ["lost", DONE]]);
  assert.deepEqual(again.sent, [{ id: lost.id, text: "lost", payload: "lost" }]);
});

test("a refused message is not kept", async () => {
  const kept = storage();
  const conversation = await opened(server(new Problem(REFUSED)), kept);
  conversation.say("a");
  await settle();
  assert.deepEqual(new Outbox(kept).left(), []);
});

test("a reply that comes after a restart belongs to no one", async () => {
  let arrive;
  const client = server();
  client.send = () => new Promise((resolve) => (arrive = resolve));
  const conversation = await opened(client);
  conversation.say("a");
  await conversation.restart();
  arrive(ANSWER);
  await settle();
  assert.deepEqual(conversation.turns, []);
  assert.deepEqual(conversation.choices, []);
});

test("what is said before the history is there goes out after it", async () => {
  let arrive;
  const client = server();
  client.history = () => new Promise((resolve) => (arrive = resolve));
  const conversation = new Conversation(client, new Outbox(storage()));
  conversation.open();
  const turn = conversation.say("a");
  await settle();
  assert.equal(turn.state, WAITING);
  arrive({ turns: [{ id: "old", text: "old", messages: ANSWER }] });
  await settle();
  assert.deepEqual(conversation.turns.map(({ text, state }) => [text, state]), [["old", DONE], ["a", DONE]]);
  assert.equal(client.sent.length, 1);
});

test("a rating that is not stored is taken back", async () => {
  const client = server();
  const conversation = await opened(client);
  const turn = conversation.say("a");
  await settle();
  client.feedback = async () => {
    throw new Problem(BROKEN);
  };
  await assert.rejects(conversation.rate(turn, "up"), Problem);
  assert.equal(turn.verdict ?? null, null);
});

test("the sentence that a message is about goes with it, also over a reload, and makes a number mere text", async () => {
  const kept = storage();
  const client = server(ANSWER, new Problem(BROKEN));
  client.send = mock.fn(client.send);
  const conversation = await opened(client, kept);
  conversation.say("a");
  await settle();
  conversation.say("2", "P1S2");
  await settle();
  assert.deepEqual(client.send.mock.calls[1].arguments.slice(1), ["2", "2", "P1S2"]);
  const again = server();
  again.send = mock.fn(again.send);
  await opened(again, kept);
  await settle();
  assert.deepEqual(again.send.mock.calls.map(({ arguments: [, text, , sentence] }) => [text, sentence]), [["2", "P1S2"]]);
});

"""Whatever the page offers to ask is answered, with the sentence beside which it is offered."""

from __future__ import annotations

import pytest

from bot.channels.web.content import content
from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory
from bot.dialogue.turn import Read
from bot.facts.loader import load

CONTENT = content(load())
OFFERED = {
    "sentence": [(s["id"], q) for p in CONTENT["paragraphs"] for s in p["sentences"] for q in s["questions"]],
    "timeline": [(item["sentence"], item["question"]) for item in CONTENT["timeline"]["items"]],
    "entity": [(node["sentence"], node["question"]) for node in CONTENT["map"]["entities"]],
    "relation": [(relation["sentence"], relation["question"]) for relation in CONTENT["map"]["relations"]],
    "position": [(p["sentence"], p["question"]) for node in CONTENT["map"]["entities"] for p in node["positions"]],
}


@pytest.mark.parametrize("kind", OFFERED)
def test_what_is_offered_is_answered_from_its_sentence(kind: str, read: Read) -> None:
    wrong = []
    for sentence, question in OFFERED[kind]:
        reply, _ = answer_message(load(), Memory(), read(question), read)
        if reply.status != "answered" or sentence not in {quote.sentence for quote in reply.evidence}:
            wrong.append(f"{sentence}: {question} -> [{reply.status}] {reply.text}")
    assert OFFERED[kind]
    assert not wrong, "\n".join(wrong)

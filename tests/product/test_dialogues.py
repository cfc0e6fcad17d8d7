"""The trained bot holds the dialogues of dialogues.yml, and keeps its promises about every reply."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from bot import paths
from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory
from bot.facts.loader import load
from bot.questions.training_data import blocks

DIALOGUES = yaml.safe_load(Path(__file__).with_name("dialogues.yml").read_text(encoding="utf-8"))
MOST_WORDS = 120


@pytest.mark.parametrize("name", DIALOGUES)
def test_dialogue(name, read):
    memory = Memory()
    for turn in DIALOGUES[name]:
        reply, memory = answer_message(load(), memory, read(turn["user"]), read)
        memory = Memory.from_slot(json.loads(json.dumps(memory.to_slot())))
        seen = f"{name}: {turn['user']!r} -> [{reply.status}] {reply.text}"
        assert reply.status == turn["status"], seen
        assert re.search(turn.get("says", ""), reply.text, re.I), f"{seen}; expected /{turn.get('says')}/"
        assert "not" not in turn or not re.search(turn["not"], reply.text, re.I), f"{seen}; not /{turn['not']}/"


def test_every_reply_is_short_and_every_answer_is_proved_verbatim(read):
    base = load()
    # One question of each intent and stance.
    asked = {(block.intent, block.stance): block.texts[0].split(" || ")[-1] for block in blocks(paths.NLU)}
    for text in asked.values():
        reply, _ = answer_message(base, Memory(), read(text), read)
        assert reply.text, text
        assert len(reply.text.split()) <= MOST_WORDS, reply.text
        assert reply.status != "answered" or reply.evidence, f"{text!r} -> {reply.text}"
        for quote in reply.evidence:
            assert base.article.text[quote.start : quote.end] == quote.quote


def test_the_same_question_gets_the_same_answer(read):
    first, _ = answer_message(load(), Memory(), read("Why was Kazakhstan last?"), read)
    second, _ = answer_message(load(), Memory(), read("Why was Kazakhstan last?"), read)
    assert first == second

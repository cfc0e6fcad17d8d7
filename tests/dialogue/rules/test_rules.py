"""The rules, each proven by its own examples, in a conversation about the small world of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

import bot.dialogue.rules
from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory
from bot.dialogue.rules import RULES
from bot.dialogue.rules.rule import Example, Rule
from bot.dialogue.turn import Turn
from bot.dialogue.understanding import understand
from tests.support.factbase import FakeReader, small

BASE = small()
CASES = [(rule, example) for rule in RULES for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), CASES, ids=[f"{rule.name}: {example.message}" for rule, example in CASES])
def test_an_example_means_what_its_rule_says(rule: Rule, example: Example) -> None:
    read, memory = FakeReader(example.reads), Memory()
    for text in example.before:
        _, memory = answer_message(BASE, memory, read(text), read)
    memory.turn += 1
    meaning = understand(Turn(BASE, memory, read(example.message), read))
    assert rule.name in meaning.applied
    assert meaning.question.text == example.means
    if example.intent:
        assert meaning.question.intent == example.intent
    if example.names:
        assert tuple(dict.fromkeys(m.value for m in meaning.question.mentions)) == example.names


def test_every_rule_is_in_the_list_once_and_has_examples_and_a_reason_for_its_place() -> None:
    folder = Path(bot.dialogue.rules.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__", "rule"}
    assert sorted(rule.name for rule in RULES) == sorted(modules)
    for rule in RULES:
        assert rule.examples, rule.name
        assert rule.because.endswith("."), rule.name


def test_the_rules_that_were_tried_in_vain_before_the_one_that_won_are_told() -> None:
    read, memory = FakeReader({}), Memory()
    _, memory = answer_message(BASE, memory, read("When did Brennock leave the League?"), read)
    meaning = understand(Turn(BASE, memory, read("And Dunholm?"), read))
    names = [rule.name for rule in RULES]
    assert meaning.applied == ("another_name",)
    assert list(meaning.passed_over) == names[: names.index("another_name")]


def test_a_message_that_stands_alone_needs_no_rule() -> None:
    read = FakeReader({})
    meaning = understand(Turn(BASE, Memory(), read("When did Brennock leave the League?"), read))
    assert (meaning.applied, meaning.passed_over, meaning.alone) == ((), (), True)

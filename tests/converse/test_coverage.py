"""What scripts reach, counted from what came back."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from converse.coverage import measure, read_intents
from converse.runner import CaseOutcome, Runner
from tests.support.conversing import CASTERMERE, FixedBot, case
from tests.support.factbase import small


def outcomes(*said: str, bot: FixedBot | None = None) -> list[CaseOutcome]:
    found = case("".join(f"  - user: {text}\n" for text in said))
    return [asyncio.run(Runner(bot or FixedBot()).run_case(found))]


def test_facts_sentences_intents_and_kinds_are_counted_by_the_turn():
    found = measure(outcomes("hello", CASTERMERE, "When did Brennock leave?"), small(), ["ask", "greet"])
    assert found.facts.reached == {"brennock_leaves": 2, "castermere_leaves": 1}
    assert "dunholm_leaves" in found.facts.missed
    assert found.facts.total == len(small().facts)
    assert found.sentences.reached == {"P1S4": 2}
    assert found.intents.reached == {"ask": 3}
    assert found.intents.missed == ("greet",)
    assert found.kinds.reached == {"answered": 2, "social": 1}
    assert found.kinds.missed == ("answered, derived", "not_in_document", "clarify")


def test_sentences_that_state_nothing_need_not_be_cited():
    assert set(small().silent) & {*measure([], small(), []).sentences.missed} == set()
    assert small().silent


def test_intents_that_cannot_be_seen_are_not_called_missed():
    bot = FixedBot()
    bot.replies = {text: replace(result, events=None) for text, result in bot.replies.items()}
    assert not measure(outcomes("hello", bot=bot), small(), ["ask"]).intents.seen


def test_intents_are_read_from_the_domain(tmp_path):
    domain = tmp_path / "domain.yml"
    domain.write_text("intents:\n  - ask\n  - greet: {use_entities: []}\n  - yes\n")
    assert read_intents(domain) == ["ask", "greet", "yes"]

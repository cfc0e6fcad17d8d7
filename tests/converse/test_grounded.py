# ruff: noqa: E501 (tables are read by line)
"""Whether a reply rests on the article: what follows from it passes, what was made up does not."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from bot import paths
from bot.facts.loader import load
from converse.grounded import Grounding, Grounds
from tests.support.factbase import small


def check(text: str, facts: str = "brennock_leaves", question: str = "", **changes: object) -> Grounding:
    ids = facts.split()
    record = {"facts": ids, "derived": False, "evidence": [asdict(quote) for quote in small().quotes(ids)], **changes}
    return Grounds(small()).check(text, record, question)


@pytest.mark.parametrize(
    ("text", "facts", "question"),
    [
        ("Brennock left on June 3rd.", "brennock_leaves", ""),
        # the year is known to the fact, though the quote does not name it
        ("Brennock left on June 3rd, 1951.", "brennock_leaves", ""),
        # counted from what is cited
        ("Castermere left on June 5th: that is counted, two days after Brennock's departure.", "castermere_leaves brennock_leaves", ""),
        ("Six days: Brennock left on June 3rd and Dunholm left on June 9th.", "brennock_leaves castermere_leaves dunholm_leaves", ""),
        # what is listed can be counted
        ("Three: Brennock, Castermere and Dunholm.", "last_three", ""),
        # who is meant by words in the quote is known to the fact
        ("Tilda Fenwick was an old friend of Ada Pellworth.", "friends", ""),
        # the user's own words may be taken up
        ("It was not Selwick. Brennock left on June 3rd.", "brennock_leaves", "Did Selwick leave on June 3rd?"),
        ("No, not 17: Brennock left on June 3rd.", "brennock_leaves", "Did 17 islands leave?"),
        # elsewhere in the sentence that is cited
        ("Brennock left, then Castermere.", "brennock_leaves", ""),
        # a quote is held against the article itself
        ("It rests on “Brennock left on June 3rd” (P1S4).", "brennock_leaves", ""),
        # what the bot says of itself is not about the article
        ("Understood as “Who paid for it, Gold?” (93%). Facts: brennock_leaves.", "brennock_leaves", ""),
        ("Yes. Otherwise: even then, Brennock left.", "brennock_leaves", ""),
        ("In 1950, the Tern League began to come apart.", "coming_apart", ""),
    ],
)  # fmt: skip
def test_what_follows_from_the_evidence_is_grounded(text, facts, question):
    assert check(text, facts, question).problems == ()


@pytest.mark.parametrize(
    ("text", "facts", "problem"),
    [
        ("Orlandia left on June 3rd.", "brennock_leaves", "the name Orlandia"),
        ("Quentin Dray left.", "brennock_leaves", "the name Quentin"),
        ("Zanzibar was first.", "brennock_leaves", "the name Zanzibar"),
        ("Brennock left on June 4th.", "brennock_leaves", "the date June 4th"),
        ("Brennock left on June 3rd, 1952.", "brennock_leaves", "the date June 3rd, 1952"),
        ("Brennock left in July.", "brennock_leaves", "the date July"),
        ("Brennock left in 1999.", "brennock_leaves", "the date 1999"),
        ("Brennock left with 40 ships.", "brennock_leaves", "the number 40"),
        ("Brennock left seven days later.", "brennock_leaves", "the number 7"),
        # counted from a fact that is not cited
        ("Dunholm left on June 9th.", "dunholm_leaves", "the date June 9th"),
        ("It rests on P3S1.", "brennock_leaves", "P3S1 is named in the text"),
    ],
)  # fmt: skip
def test_what_is_made_up_is_told(text, facts, problem):
    grounding = check(text, facts)
    assert any(told.startswith(problem) for told in grounding.problems), grounding.problems
    assert grounding.share < 1


def test_counted_date_needs_no_more_where_the_record_says_that_it_is_worked_out():
    assert check("Dunholm left on June 9th.", "dunholm_leaves", derived=True).problems == ()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"quote": "Brennock left on June 4th"}, "the quote of P1S4 is not what the article has"),
        ({"start": 1}, "the quote of P1S4 is not what the article has"),
        ({"start": None}, "the quote of P1S4 is not what the article has"),
        ({"sentence": "P1S5"}, "the quote of P1S5 stands outside that sentence"),
        ({"sentence": "P9S9"}, "there is no sentence P9S9"),
    ],
)
def test_quote_must_stand_in_the_article_where_it_says(changes, problem):
    quote = {**asdict(small().quotes(["brennock_leaves"])[0]), **changes}
    grounding = check("Brennock left on June 3rd.", evidence=[quote])
    assert any(told.startswith(problem) for told in grounding.problems), grounding.problems


def test_answer_without_evidence_is_not_grounded():
    grounding = check("It left.", evidence=[])
    assert grounding.problems == ("the answer quotes no sentence of the article",)
    assert grounding.share == 0


def test_every_answer_of_the_fact_base_is_grounded_in_the_facts_that_it_names():
    base = load(paths.FACTS)
    grounds = Grounds(base)
    told = []
    for name, answer in base.answers.items():
        no_facts = answer.no_facts or answer.facts
        for facts, text in (
            (answer.facts, answer.answer),
            (answer.facts, answer.yes),
            (no_facts, answer.no),
            (answer.facts, answer.simple),
        ):
            told += [f"{name}: {text}: {p}" for p in _problems(grounds, text, facts)] if text and facts else []
    for entity in base.entities.values():
        told += (
            [f"{entity.id}: {entity.about}: {p}" for p in _problems(grounds, entity.about or "", entity.facts)]
            if entity.facts
            else []
        )
    assert not told, "\n".join(told)


def _problems(grounds: Grounds, text: str, facts: list[str]) -> tuple[str, ...]:
    evidence = [asdict(quote) for quote in grounds.base.quotes(list(facts))]
    return grounds.check(text, {"facts": list(facts), "derived": False, "evidence": evidence}).problems

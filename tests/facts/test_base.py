"""Look-ups in the fact base."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.factbase import small

BASE = small()


def test_facts_are_events_and_claims() -> None:
    assert set(BASE.facts) == {*BASE.events, *BASE.claims}


def test_facts_of_an_entity_come_in_the_order_of_the_article() -> None:
    assert BASE.facts_of["dunholm"] == ["dunholm_leaves", "last_three", "dunholm_alone", "loyalty"]
    assert BASE.facts_of["selwick"] == []
    assert set(BASE.facts_of) == set(BASE.entities)


def test_events_of_a_type_come_in_the_order_in_which_they_happened() -> None:
    assert [e.id for e in BASE.events_of_type("departure")] == [
        "orlandia_leaves",
        "marrowby_leaves",
        "brennock_leaves",
        "castermere_leaves",
        "dunholm_leaves",
    ]
    assert BASE.events_of_type("nothing") == []


def test_participants_are_told_by_role_or_all_together() -> None:
    event = BASE.events["brennock_leaves"]
    assert event.entities("leaver") == ["brennock"]
    assert event.entities() == ["brennock", "league"]
    assert event.entities("nobody") == []


@given(st.lists(st.sampled_from([*BASE.facts, "speaker", "selwick"]), max_size=6))
def test_quotes_are_verbatim_and_not_repeated(ids: list[str]) -> None:
    quotes = BASE.quotes(ids)
    for quote in quotes:
        assert BASE.article.text[quote.start : quote.end] == quote.quote
        sentence = BASE.article.sentences[quote.sentence]
        assert sentence.start <= quote.start < quote.end <= sentence.end
    assert len({(q.start, q.end) for q in quotes}) == len(quotes)


def test_quotes_come_in_the_order_asked_for() -> None:
    assert [q.sentence for q in BASE.quotes(["books_closed", "coming_apart", "brennock_leaves"])] == [
        "P3S1",
        "P1S1",
        "P1S4",
    ]


def test_an_id_alone_quotes_the_whole_sentence() -> None:
    assert BASE.quotes(["argument"])[0].quote == "The islands argued for weeks."


def test_an_entity_can_be_quoted_too() -> None:
    assert [q.quote for q in BASE.quotes(["speaker"])] == ["the Speaker of Castermere"]


def test_no_facts_have_no_quotes() -> None:
    assert BASE.quotes([]) == []


def test_an_unknown_id_is_an_error() -> None:
    with pytest.raises(KeyError):
        BASE.quotes(["nowhere"])


def test_records_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        BASE.events["brennock_leaves"].says = "something else"

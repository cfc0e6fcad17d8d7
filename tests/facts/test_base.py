"""Look-ups in the fact base."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.dates import agrees
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


def test_events_are_found_by_a_date_as_far_as_it_is_known() -> None:
    for event in BASE.events.values():
        date = BASE.dates.get(event.id)
        for form in ("---%d", "--%m-%d", "--%m", "%Y", "%Y-%m", "%Y-%m-%d") if date and date.day else ():
            assert event in BASE.events_dated(f"{date.day:{form}}")
    assert BASE.events_dated("1066-10-14") == []
    assert BASE.events_dated("---32") == []


def test_a_date_finds_the_same_events_as_looking_at_each() -> None:
    days = {date.day for date in BASE.dates.values() if date.day}
    values = {f"{day:{form}}" for day in days for form in ("---%d", "--%m-%d", "--%m", "%Y", "%Y-%m", "%Y-%m-%d")}
    for value in values:
        dated = [(event, BASE.dates.get(event.id)) for event in BASE.events.values()]
        assert BASE.events_dated(value) == [event for event, date in dated if date and agrees(value, date.day)]


def test_days_before_and_after_one_are_the_nearest_on_which_something_happened() -> None:
    days = sorted({date.day for date in BASE.dates.values() if date.day})
    for day, after in itertools.pairwise(days):
        assert BASE.day_after(day) == after
        assert BASE.day_before(after) == day
    assert BASE.day_before(days[0]) is None
    assert BASE.day_after(days[-1]) is None
    assert BASE.day_before(datetime.date.max) == days[-1]
    assert BASE.dates[BASE.last_event.id].day == days[-1]


def test_events_of_a_type_are_found_by_who_took_part() -> None:
    assert BASE.event_of("departure", "leaver")["brennock"] is BASE.events["brennock_leaves"]
    assert BASE.event_of("departure", "nobody") == {}
    assert BASE.event_of("nothing", None) == {}


def test_offices_are_found_by_their_holder_and_their_state() -> None:
    for office in BASE.entities.values():
        assert not office.holder or office in BASE.offices_held[office.holder]
        assert not office.of or office in BASE.offices_in[office.of]
    assert sum(map(len, BASE.offices_held.values())) == sum(bool(e.holder) for e in BASE.entities.values())

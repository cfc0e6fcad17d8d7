# ruff: noqa: E501 (tables are read by line)
"""Dates are taken as stated or counted from one another, never guessed."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.dates import Dated, days_between, resolve
from bot.facts.model import Event

DAYS = st.dates(datetime.date(1000, 1, 1), datetime.date(3000, 1, 1))
DATED = st.builds(Dated, st.none() | DAYS, st.just(""))


def event(name: str, **date: object) -> Event:
    return Event(id=name, type="t", says=name, noun=name, date=date or None, evidence={})


def events(*made: Event) -> dict[str, Event]:
    return {e.id: e for e in made}


def test_a_stated_day_is_stated() -> None:
    dated = resolve(events(event("a", on="1951-06-03")))["a"]
    assert (dated.text, dated.full, dated.counted) == ("June 3rd", "June 3rd, 1951", False)


@pytest.mark.parametrize("key", ["in", "until"])
def test_a_year_or_month_has_no_day(key: str) -> None:
    dated = resolve(events(event("a", **{key: "1951-06"})))["a"]
    assert (dated.day, dated.text, dated.full, dated.counted) == (None, "1951-06", "1951-06", False)


def test_an_event_without_date_has_none() -> None:
    assert resolve(events(event("a"))) == {}


def test_counted_days_chain_whatever_the_order_of_the_records() -> None:
    dates = resolve(events(event("c", days=10, after="b"), event("b", days=4, after="a"), event("a", on="1999-12-27")))
    assert {i: d.full for i, d in dates.items()} == {
        "a": "December 27th, 1999",
        "b": "December 31st, 1999",
        "c": "January 10th, 2000",
    }
    assert dates["c"].counted
    assert (dates["c"].counted_from, dates["c"].days) == ("b", 10)


def test_counting_may_go_backwards_and_stand_still() -> None:
    dates = resolve(events(event("a", on="2000-03-01"), event("b", days=-1, after="a"), event("c", days=0, after="a")))
    assert dates["b"].full == "February 29th, 2000"
    assert dates["c"].day == dates["a"].day


@pytest.mark.parametrize(
    "records",
    [
        [event("a", days=1, after="a")],
        [event("a", days=1, after="b"), event("b", days=1, after="a")],
        [event("a", days=1, after="b"), event("b", days=1, after="c"), event("c", days=1, after="a")],
    ],
)
def test_a_circle_is_refused_and_shown(records: list[Event]) -> None:
    circle = " -> ".join([event.id for event in records] + ["a"])
    with pytest.raises(ValueError, match=f"^the date of a is counted from itself: {circle}$"):
        resolve(events(*records))


def test_a_circle_is_shown_without_what_is_only_counted_from_it() -> None:
    b, c = event("b", days=1, after="c"), event("c", days=1, after="b")
    with pytest.raises(ValueError, match="^the date of b is counted from itself: b -> c -> b$"):
        resolve(events(event("a", days=1, after="b"), b, c))


def test_dates_come_in_the_order_of_the_events() -> None:
    assert list(resolve(events(event("b", days=4, after="a"), event("a", on="1999-12-27")))) == ["b", "a"]


@pytest.mark.parametrize(
    "records",
    [
        [event("a", days=1, after="nowhere")],
        [event("a", days=1, after="b"), event("b")],
        [event("a", days=1, after="b"), event("b", **{"in": "1990"})],
        [event("a", after="b"), event("b", on="1990-01-01")],
    ],
)
def test_counting_from_no_day_is_refused(records: list[Event]) -> None:
    with pytest.raises(ValueError, match="the date of a is counted from .*, which has no day"):
        resolve(events(*records))


@given(DATED, DATED)
def test_days_there_are_days_back(one: Dated, two: Dated) -> None:
    there, back = days_between(one, two), days_between(two, one)
    assert (there is None) == (back is None) == (one.day is None or two.day is None)
    if there is not None and back is not None:
        assert there == -back


@given(DAYS, st.integers(-400, 400))
def test_counted_days_lie_as_far_apart_as_counted(day: datetime.date, days: int) -> None:
    dates = resolve(events(event("a", on=day), event("b", days=days, after="a")))
    assert days_between(dates["a"], dates["b"]) == days

# ruff: noqa: E501 (tables are read by line)
"""Dates as English writes them, known whole or in part."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.dates import agrees, completed, spell, spell_partly

DAYS = st.dates(datetime.date(1000, 1, 1), datetime.date(3000, 1, 1))


@given(DAYS)
def test_a_spelt_day_can_be_read_back(day: datetime.date) -> None:
    month, nth = spell(day).split()
    assert datetime.datetime.strptime(f"{month} {nth[:-2]} 2000", "%B %d %Y").date() == day.replace(year=2000)


@pytest.mark.parametrize(
    ("value", "agreeing"),
    [
        ("1951-06-03", True), ("--06-03", True), ("---03", True), ("1951-06", True), ("--06", True), ("1951", True),
        ("1951-06-04", False), ("--06-04", False), ("---30", False), ("1951-07", False), ("--07", False), ("1950", False),
    ],
)  # fmt: skip
def test_a_date_agrees_as_far_as_it_is_known(value: str, agreeing: bool) -> None:
    assert agrees(value, datetime.date(1951, 6, 3)) is agreeing
    assert not agrees(value, None)


@given(st.dates(datetime.date(1000, 1, 1)))
def test_a_day_agrees_with_itself_in_every_form(day: datetime.date) -> None:
    for form in ("%Y-%m-%d", "--%m-%d", "---%d", "%Y-%m", "--%m", "%Y"):
        assert agrees(day.strftime(form), day)


@pytest.mark.parametrize(
    ("value", "words"),
    [("--12-31", "December 31st"), ("1991-03", "March 1991"), ("1991", "1991"), ("---10", "the 10th"), ("--12", "December")],
)  # fmt: skip
def test_a_date_is_spelt_as_far_as_it_is_known(value: str, words: str) -> None:
    assert spell_partly(value) == words


@pytest.mark.parametrize(
    ("value", "day"),
    [("---10", "1951-06-10"), ("--12-31", "1951-12-31"), ("1950-01-02", "1950-01-02"), ("---31", None), ("1951", None)],
)
def test_a_day_is_completed_by_another(value: str, day: str | None) -> None:
    found = completed(value, datetime.date(1951, 6, 3))
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("value", "month_first", "day_first"),
    [
        ("--12-03", "December 3rd", "3 December"),
        ("1848-12-03", "December 3rd, 1848", "3 December 1848"),
        ("1848-12", "December 1848", "December 1848"),
        ("---03", "the 3rd", "the 3rd"),
        ("1848", "1848", "1848"),
    ],
)
def test_a_day_is_written_by_the_custom_of_the_article(value: str, month_first: str, day_first: str) -> None:
    assert (spell_partly(value), spell_partly(value, day_first=True)) == (month_first, day_first)

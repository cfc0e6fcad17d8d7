# ruff: noqa: E501 (tables are read by line)
"""Messages are linked to what they name, whatever their spelling."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.facts.model import Entity
from bot.language.dates import DateCustoms, dates
from bot.language.durations import durations
from bot.language.order_words import order_words
from bot.questions.linker import Linker
from tests.support.factbase import linker, small

LINKER = linker()


def entities(text: str) -> list[tuple[str, str]]:
    """Return (text linked, id) of entities and events."""
    return [
        (text[m.start : m.end], m.value) for m in LINKER.link(text) if m.entity not in ("date", "duration", "order")
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # as written, in any case, anywhere
        ("When did Brennock leave?", [("Brennock", "brennock")]),
        ("BRENNOCK left when", [("BRENNOCK", "brennock")]),
        ("brennock", [("brennock", "brennock")]),
        ("«Brennock»!", [("Brennock", "brennock")]),
        ("Brennock and Dunholm", [("Brennock", "brennock"), ("Dunholm", "dunholm")]),
        ("Dunholm, Brennock", [("Dunholm", "dunholm"), ("Brennock", "brennock")]),
        # possessives, straight and curly
        ("Brennock's exit", [("Brennock's", "brennock")]),
        ("Brennock’s exit", [("Brennock’s", "brennock")]),
        # heard as several words
        ("when did bren nock leave", [("bren nock", "brennock")]),
        ("dun home first", [("dun home", "dunholm")]),
        ("and home it went with", []),
        # accents
        ("Brennöck", [("Brennöck", "brennock")]),
        # names of several words, with and without "the"
        ("tell me of the Tern League please", [("Tern League", "league")]),
        ("the League", [("League", "league")]),
        ("T.L. history", [("T.L.", "league")]),
        ("Ada Pellworth", [("Ada Pellworth", "pellworth")]),
        ("ada said so", [("ada", "pellworth")]),
        # the longer name wins over the shorter inside it
        ("the Speaker of Castermere", [("Speaker of Castermere", "speaker")]),
        ("Speaker, Castermere", [("Speaker", "speaker"), ("Castermere", "castermere")]),
        ("the Warden of the League", [("Warden of the League", "warden")]),
        # small typos in long names
        ("when did brenock leave", [("brenock", "brennock")]),
        ("when did Bernnock leave", [("Bernnock", "brennock")]),
        ("wen did castemere leav", [("castemere", "castermere")]),
        ("dunhlom", [("dunhlom", "dunholm")]),
        ("tern leage", [("tern leage", "league")]),
        # misspellings of their own
        ("who was pelvort", [("pelvort", "pellworth")]),
        # names too short for forgiving are matched as written only
        ("adda said so", []),
        # what is next to the article is matched as written only
        ("Did Selwick leave?", [("Selwick", "selwick")]),
        ("Did Selwik leave?", []),
        # descriptions and events
        ("the largest island", [("largest island", "castermere")]),
        ("the woman in charge of the league", [("woman in charge of the league", "pellworth")]),
        ("the wooman in charge of the leage", [("wooman in charge of the leage", "pellworth")]),
        ("her ladyship", [("her ladyship", "pellworth")]),
        ("her ladysip", []),
        ("at the meeting", [("meeting", "books_closed")]),
        ("when were the books closed", [("books", "books_closed")]),
        # nothing
        ("Who did it?", []),
        ("", []),
        ("?!…", []),
        ("bren", []),
    ],
)  # fmt: skip
def test_names_are_found_where_they_stand(text: str, found: list[tuple[str, str]]) -> None:
    assert entities(text) == found


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Brennock", "name"),
        ("Pelvort", "name"),
        ("the Brennish fleet", "adjective"),
        ("the brenish fleet", "adjective"),
        ("the largest island", "description"),
        ("the meeting", "description"),
    ],
)
def test_mentions_say_in_what_form_they_came(text: str, form: str) -> None:
    assert [m.form for m in LINKER.link(text)] == [form]


def test_kinds_are_those_of_the_records() -> None:
    found = {m.value: m.entity for m in LINKER.link("Brennock Pellworth Tern League Warden Harbour House meeting")}
    assert found == {
        "brennock": "state",
        "pellworth": "person",
        "league": "polity",
        "warden": "office",
        "harbour_house": "place",
        "books_closed": "event",
    }


def test_words_that_stand_for_two_things_are_linked_to_both() -> None:
    two = Linker(
        [
            Entity(id="a", type="person", name="Ann Alder", descriptions=["the speaker"]),
            Entity(id="b", type="office", name="Speaker"),
        ]
    )
    assert {m.value for m in two.link("the speaker")} == {"a", "b"}


@pytest.mark.parametrize("name", small().entities)
def test_every_name_alias_and_misspelling_finds_its_entity(name: str) -> None:
    entity = small().entities[name]
    for text in [entity.name, *entity.aliases, *entity.exact, *entity.misspellings, *entity.descriptions]:
        assert name in [m.value for m in LINKER.link(f"so {text}, then")]


@given(st.sampled_from(["brennock", "castermere", "orlandia", "marrowby"]), st.data())
def test_one_letter_left_out_of_a_long_name_is_forgiven(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(name) - 1))
    assert entities(name[:at] + name[at + 1 :])[0][1] == name


# Dates

CUSTOMS = DateCustoms((1900, 2099), (1990, 1999), months=frozenset({12}))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("December 10th, 1991", "1991-12-10"),
        ("december 10 1991", "1991-12-10"),
        ("Dec. 10, 1991", "1991-12-10"),
        ("December the 10th", "--12-10"),
        ("December the tenth", "--12-10"),
        ("december twenty-first", "--12-21"),
        ("december twenty first", "--12-21"),
        ("10 December 1991", "1991-12-10"),
        ("10th of December", "--12-10"),
        ("the 10th of december of 1991", "1991-12-10"),
        ("tenth of december", "--12-10"),
        ("10.december", "--12-10"),
        ("12 desember", "--12-12"),
        ("3 may 1951", "1951-05-03"),
        ("1991-12-10", "1991-12-10"),
        ("1991-1-2", "1991-01-02"),
        ("12/10", "--12-10"),
        ("10/12", "--12-10"),
        ("10.12.1991", "1991-12-10"),
        ("10.12.91", "1991-12-10"),
        ("24/6/1951", "1951-06-24"),
        ("6/24/1951", "1951-06-24"),
        ("10 December '91", "1991-12-10"),
        ("on the 10th", "---10"),
        ("on the tenth", "---10"),
        ("since the 31st", "---31"),
        ("December", "--12"),
        ("december 1991", "1991-12"),
        ("December of 1991", "1991-12"),
        ("may 1951", "1951-05"),
        ("1990", "1990"),
        ("in 2020?", "2020"),
    ],
)
def test_dates_are_read_in_many_ways_of_writing_them(text: str, value: str) -> None:
    assert [m.value for m in dates(text, CUSTOMS)] == [value]


@pytest.mark.parametrize(
    "text",
    ["may I ask", "he may leave", "mar this", "1850", "12345", "99/99", "the 41st", "the first", "on the second one"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates(text, CUSTOMS) == []


def test_several_dates_are_all_read() -> None:
    assert [m.value for m in LINKER.link("between June 3rd and 9 June 1951, or in 1950?")] == [
        "--06-03",
        "1951-06-09",
        "1950",
    ]


@settings(max_examples=30)
@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_any_day_is_read_back(day: datetime.date) -> None:
    for form in (f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}", f"{day:%Y-%m-%d}"):
        assert [m.value for m in dates(f"was it {form}?")] == [day.isoformat()]


# Lengths of time and words of order


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("four days", ["4"]),
        ("4 days later", ["4"]),
        ("4days", ["4"]),
        ("a four-day wait", ["4"]),
        ("a week", ["7"]),
        ("two whole weeks", ["14"]),
        ("twelve hours", ["0.5"]),
        ("48 hrs", ["2"]),
        ("a fortnight", ["14"]),
        ("six months", ["180"]),
        ("a couple days", ["2"]),
        ("two more days", ["2"]),
        ("an hour", ["0.0416667"]),
        ("one year or two decades", ["365", "7300"]),
        ("0 days", ["0"]),
        ("days on end", []),
        ("many days", []),
        ("holidays", []),
    ],
)
def test_lengths_of_time_are_read_in_days(text: str, days: list[str]) -> None:
    assert [m.value for m in durations(text)] == days


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("before", {"before"}),
        ("b4 that", {"before"}),
        ("wen befor it", {"before"}),
        ("the previous one", {"before"}),
        ("earlier", {"before"}),
        ("afterwards", {"after"}),
        ("who followed", {"after"}),
        ("later", {"after"}),
        ("next", {"after"}),
        ("the first", {"first"}),
        ("the last", {"last"}),
        ("before or after", {"before", "after"}),
        ("lasting", set()),
        ("", set()),
        ("who was second to last", {"before", "last"}),
        ("next to last?", {"before", "last"}),
        ("the penultimate one", {"before", "last"}),
        ("the last but one", {"before", "last"}),
        ("gone by the time they met", {"before"}),
    ],
)
def test_words_of_order_are_read(text: str, values: set[str]) -> None:
    assert {m.value for m in order_words(text)} == values


# Anything at all

ANY_TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=60)
LIKELY = st.lists(
    st.sampled_from(
        ["Brennock", "the", "League", "'s", " ", "-", ".", "3", "June", "31st", "1951", "may", "a", "four", "days", "’",
         "first", "of", "/", "12", "before", "ß", "é", "ﬁ", "٣", "x"]
    ),
    max_size=14,
).map(" ".join) | st.lists(st.sampled_from(["June", "3", "1951", "/", ".", "-", "12", "0", "days", "Brennock"]), max_size=8).map("".join)  # fmt: skip


@given(ANY_TEXT | LIKELY)
def test_linking_never_fails_and_stays_inside_the_text(text: str) -> None:
    found = LINKER.link(text)
    assert found == sorted(found, key=lambda m: (m.start, -m.end))
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(text)
        assert isinstance(mention.value, str)
        assert mention.value


@given(ANY_TEXT | LIKELY)
def test_linking_the_same_text_finds_the_same(text: str) -> None:
    assert LINKER.link(text) == LINKER.link(text)


@given(LIKELY)
def test_dates_do_not_overlap_each_other(text: str) -> None:
    taken: set[int] = set()
    for mention in dates(text, CUSTOMS):
        span = set(range(mention.start, mention.end))
        assert not taken & span
        taken |= span


@pytest.mark.parametrize("text", ["3 ſeptember", "apr\u0130l 3", "ſix days", "four dayſ"])
def test_letters_that_only_look_alike_do_no_harm(text: str) -> None:
    LINKER.link(text)


def test_a_name_after_a_full_stop_without_space_is_found() -> None:
    assert entities("I see.Brennock left when?") == [("Brennock", "brennock")]

"""The timeline: order, kinds of dates, a sentence for each event."""

from __future__ import annotations

from bot.facts.loader import load
from bot.facts.timeline import COUNTED, STATED, UNDATED, UNPLACED, sentences, timeline
from tests.support.factbase import small

ITEMS = {item.id: item for item in timeline(small())}


def test_events_stand_in_the_order_in_which_they_happened() -> None:
    assert list(ITEMS) == [
        "coming_apart",
        "orlandia_leaves",
        "others_follow",
        "brennock_leaves",
        "castermere_leaves",
        "dunholm_leaves",
        "books_closed",
        "marrowby_leaves",
    ]


def test_what_may_have_come_before_or_after_something_has_no_place_in_the_order() -> None:
    # It left before Brennock, but nothing tells whether that was before the others did.
    item = ITEMS["marrowby_leaves"]
    told = "after Orlandia's departure, before Brennock's departure"
    assert (item.dating, item.when, item.day) == (UNPLACED, told, None)
    words = " ".join(sentences(small(), list(ITEMS.values())))
    assert words.endswith(f" Sometime: Marrowby left ({told}).")
    assert words.count("Marrowby") == 1


def test_an_order_is_shown_only_where_the_article_gives_it() -> None:
    base = load()
    items = timeline(base)
    placed = [item for item in items if item.dating != UNPLACED]
    assert items[: len(placed)] == placed
    for at, one in enumerate(placed):
        for other in placed[at + 1 :]:
            assert one.id not in base.later_than[other.id]
            assert other.id in base.later_than[one.id], f"is {one.id} told to have come before {other.id}?"
    assert {item.id for item in items if item.dating == UNPLACED} == {
        "ukraine_leaves",
        "accords_made",
    }


def test_dates_are_stated_counted_or_not_given() -> None:
    told = {i: (item.dating, item.when, item.counted) for i, item in ITEMS.items()}
    assert told["coming_apart"] == (STATED, "1950", "")
    assert told["orlandia_leaves"] == (UNDATED, "", "")
    assert told["others_follow"] == (STATED, "until June 1951", "")
    assert told["brennock_leaves"] == (STATED, "June 3rd, 1951", "")
    assert told["castermere_leaves"] == (COUNTED, "June 5th, 1951", "two days after Brennock's departure")


def test_each_event_has_its_sentence_and_a_question() -> None:
    item = ITEMS["castermere_leaves"]
    assert (item.sentence, item.day) == ("P1S4", "1951-06-05")
    assert item.quote == "two days later Castermere, the largest island, left as well"
    assert item.question == "When did Castermere leave the League?"


def test_every_event_of_the_article_can_be_asked_about_and_quoted() -> None:
    base = load()
    items = timeline(base)
    assert set(base.dates) <= {item.id for item in items}
    for item in items:
        assert item.question, item.id
        assert item.quote in base.article.sentences[item.sentence].text

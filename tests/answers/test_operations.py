# ruff: noqa: E501 (tables are read by line)
"""What is worked out over events of the small base: dates, order, distance, who was left, offices."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.operations import OPERATIONS, Outcome
from bot.answers.operations.compare import misordered
from tests.support.factbase import asked, small

BASE = small()


def result(intent: str, text: str, **odds: Any) -> Outcome:
    """Return what the operation of an answer makes of a question."""
    entry = BASE.answers[intent]
    return OPERATIONS[entry.operation](BASE, entry, asked(text, intent, **odds))


def told(intent: str, text: str, **odds: Any) -> tuple[str, tuple[str, ...], bool, bool | None]:
    """Return text, facts, derived and holds of a result that answers."""
    found = result(intent, text, **odds)
    assert not found.refused, found
    assert not found.choices, found
    return found.text, found.facts, found.derived, found.holds


def refused(intent: str, text: str, **odds: Any) -> str:
    """Return the text of a result that refuses."""
    found = result(intent, text, **odds)
    assert found.refused, found
    assert found.facts == ()
    return found.text


def test_every_operation_is_used_by_the_small_base() -> None:
    assert {e.operation for e in BASE.answers.values() if e.operation} == set(OPERATIONS)


# when

BRENNOCK = "Brennock left on June 3rd, 1951."
CASTERMERE = "Castermere left on June 5th, 1951: two days after Brennock's departure."
DUNHOLM = "Dunholm left on June 9th, 1951: four days after Castermere's departure."


@pytest.mark.parametrize(
    ("text", "answer", "facts", "derived", "holds"),
    [
        ("When did Brennock leave?", BRENNOCK, ("brennock_leaves",), False, None),
        ("when did castermere leave", CASTERMERE, ("castermere_leaves", "brennock_leaves"), True, None),
        ("When did the Dunholmer exit come?", DUNHOLM, ("dunholm_leaves", "castermere_leaves"), True, None),
        ("When did the largest island leave?", CASTERMERE, ("castermere_leaves", "brennock_leaves"), True, None),
        # an adjective does not count beside a name
        ("When did Dunholm leave, the Brennish friend?", DUNHOLM, ("dunholm_leaves", "castermere_leaves"), True, None),
        ("When did Brennock and Dunholm leave?", f"{BRENNOCK} {DUNHOLM}", ("brennock_leaves", "dunholm_leaves", "castermere_leaves"), True, None),
        # claims
        ("Did Brennock leave on June 3rd?", BRENNOCK, ("brennock_leaves",), False, True),
        ("Did Brennock leave in June?", BRENNOCK, ("brennock_leaves",), False, True),
        ("Did Brennock leave in 1951?", BRENNOCK, ("brennock_leaves",), False, True),
        ("Did Brennock leave on the 3rd?", BRENNOCK, ("brennock_leaves",), False, True),
        ("Did Brennock leave on June 4th?", BRENNOCK, ("brennock_leaves",), False, False),
        ("Did Brennock leave in 1950?", BRENNOCK, ("brennock_leaves",), False, False),
        ("Did Dunholm leave on June 9th, 1951?", DUNHOLM, ("dunholm_leaves", "castermere_leaves"), True, True),
        ("Did Dunholm leave on June 9th, 1952?", DUNHOLM, ("dunholm_leaves", "castermere_leaves"), True, False),
    ],
)  # fmt: skip
def test_when_an_island_left(text: str, answer: str, facts: tuple[str, ...], derived: bool, holds: bool | None) -> None:
    assert told("left_when", text) == (answer, facts, derived, holds)


def test_when_of_one_event_needs_no_name() -> None:
    text, facts, derived, holds = told("ended_when", "When was it over?")
    assert (
        text
        == "The islanders met and declared the League ended on June 12th, 1951: three days after Dunholm's departure."
    )
    assert (facts, derived, holds) == (("books_closed", "dunholm_leaves"), True, None)
    assert told("ended_when", "Was it over on June 12th?")[3] is True
    assert told("ended_when", "Was it over in May 1951?")[3] is False


def test_when_without_a_date_is_refused_with_what_is_told_instead() -> None:
    assert refused("left_when", "When did Orlandia leave?") == (
        "It does not say when Orlandia left. Nearest: Orlandia was the first to leave."
    )
    assert refused("left_when", "When did Marrowby leave?") == "It does not say when Marrowby left."


def test_when_of_what_the_article_does_not_mention_is_refused() -> None:
    assert refused("left_when", "When did Selwick leave?") == "It does not mention Selwick."


@pytest.mark.parametrize("intent", ["left_when", "left_neighbour", "left_compare", "days_apart"])
def test_which_one_is_asked_where_none_is_named(intent: str) -> None:
    found = result(intent, "what about it?")
    assert found.choices == ("brennock", "castermere", "dunholm", "orlandia", "marrowby")
    assert not found.refused


# on_date


@pytest.mark.parametrize(
    ("text", "answer", "facts", "derived"),
    [
        ("What happened on June 3rd?", "On June 3rd, Brennock left.", ("brennock_leaves",), False),
        ("what happened 1951-06-03", "On June 3rd, Brennock left.", ("brennock_leaves",), False),
        ("and on the 9th?", "On June 9th, by counting, Dunholm left.", ("dunholm_leaves",), True),
        ("What happened in 1950?", "In 1950, the Tern League began to come apart.", ("coming_apart",), False),
        ("What happened two days after Brennock left?", "Two days later, on June 5th, Castermere left.", ("castermere_leaves", "brennock_leaves"), True),
        ("What happened four days before Dunholm left?", "Four days earlier, on June 5th, Castermere left.", ("castermere_leaves", "dunholm_leaves"), True),
        ("What came next after Castermere left?", "Four days later, on June 9th, Dunholm left.", ("dunholm_leaves", "castermere_leaves"), True),
        ("What came before Castermere left?", "Two days earlier, on June 3rd, Brennock left.", ("brennock_leaves", "castermere_leaves"), True),
        ("What happened three days before the meeting?", "Three days earlier, on June 9th, Dunholm left.", ("dunholm_leaves", "books_closed"), True),
    ],
)  # fmt: skip
def test_what_happened_then(text: str, answer: str, facts: tuple[str, ...], derived: bool) -> None:
    assert told("on_the_day", text) == (answer, facts, derived, None)


@pytest.mark.parametrize(("text", "holds"), [("Did Brennock leave on June 3rd?", True), ("Did Dunholm do so on June 3rd?", False), ("Did anything happen on June 3rd?", None)])  # fmt: skip
def test_what_is_claimed_of_a_day_is_checked(text: str, holds: bool | None) -> None:
    assert told("on_the_day", text) == ("On June 3rd, Brennock left.", ("brennock_leaves",), False, holds)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("What happened on June 4th?", "Nothing on June 4th."),
        ("What happened on June 4th, 1951?", "Nothing on June 4th, 1951."),
        ("What happened in 1949?", "Nothing in 1949."),
        ("What happened one day after Brennock left?", "Nothing on June 4th."),
        ("What happened after the meeting?", "Nothing on June 12th."),
    ],
)
def test_a_day_of_which_nothing_is_told_is_refused(text: str, answer: str) -> None:
    assert refused("on_the_day", text) == answer


def test_no_date_at_all_is_refused() -> None:
    assert result("on_the_day", "what happened then?") == Outcome(refused=True)


@pytest.mark.parametrize("day", ["June 30th", "December 31st", "December 29th, 1990"])
def test_a_refusal_names_the_day_that_was_asked_for(day: str) -> None:
    assert refused("on_the_day", f"What happened on {day}?") == f"Nothing on {day}."


@pytest.mark.parametrize("month", ["March", "March 1951"])
def test_a_refusal_names_the_month_that_was_asked_for(month: str) -> None:
    assert refused("on_the_day", f"What happened in {month}?") == f"Nothing in {month}."


@pytest.mark.parametrize("time", ["June", "1951"])
def test_several_days_are_not_told_as_one(time: str) -> None:
    assert told("on_the_day", f"What happened in {time}?") == (
        f"In {time}, Brennock left on June 3rd, Castermere left on June 5th, Dunholm left on June 9th"
        " and the islanders met and declared the League ended on June 12th.",
        ("brennock_leaves", "castermere_leaves", "dunholm_leaves", "books_closed"),
        True,
        None,
    )


# order

IN_ORDER = "Orlandia was first, then others followed, then Brennock on June 3rd, then Castermere on June 5th (counted), then Dunholm on June 9th (counted)."


def test_the_order_is_told_with_a_gap_where_others_came_between() -> None:
    assert told("left_order", "In what order?") == (
        IN_ORDER,
        ("orlandia_leaves", "brennock_leaves", "castermere_leaves", "dunholm_leaves"),
        True,
        None,
    )


def test_one_named_changes_nothing_and_several_are_told_alone() -> None:
    assert told("left_order", "When in the order came Dunholm?")[0] == IN_ORDER
    text, facts, *_ = told("left_order", "In what order did Dunholm and Brennock leave?")
    assert text == "Brennock on June 3rd, then Dunholm on June 9th (counted)."
    assert facts == ("brennock_leaves", "dunholm_leaves")


# neighbour


@pytest.mark.parametrize(
    ("text", "answer", "facts"),
    [
        ("Who left right after Brennock?", "Castermere left on June 5th, two days after Brennock's departure.", ("castermere_leaves", "brennock_leaves")),
        ("Who left next after Castermere?", "Dunholm left on June 9th, four days after Castermere's departure.", ("dunholm_leaves", "castermere_leaves")),
        ("Who left before Dunholm?", "Castermere left on June 5th, four days before Dunholm's departure.", ("castermere_leaves", "dunholm_leaves")),
        ("Whom did Dunholm follow after?", "Nobody left after Dunholm. Three days later, on June 12th, the islanders met and declared the League ended.", ("books_closed", "dunholm_leaves")),
        ("Who was the last but one?", "Castermere left on June 5th, four days before Dunholm's departure.", ("castermere_leaves", "dunholm_leaves")),
        ("Who was the last one to go?", "Dunholm left on June 9th.", ("dunholm_leaves",)),
        ("Who left before the last?", "Castermere left on June 5th, four days before Dunholm's departure.", ("castermere_leaves", "dunholm_leaves")),
    ],
)  # fmt: skip
def test_who_came_next_or_before(text: str, answer: str, facts: tuple[str, ...]) -> None:
    assert told("left_neighbour", text) == (answer, facts, True, None)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Did Castermere leave right after Brennock?", True),
        ("Did Dunholm leave right after Brennock?", False),
        ("Did Brennock leave just before Castermere?", True),
        ("Did Brennock leave just before Dunholm?", False),
        ("Did anybody leave after Brennock?", None),
    ],
)
def test_a_claimed_neighbour_is_checked(text: str, holds: bool | None) -> None:
    assert told("left_neighbour", text)[3] is holds


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Who left right before Brennock?", "Nobody known directly before Brennock."),
        ("Who left right after Marrowby?", "Nobody known directly after Marrowby."),
    ],
)
def test_a_neighbour_across_a_gap_is_refused(text: str, answer: str) -> None:
    assert refused("left_neighbour", text) == answer


# compare


@pytest.mark.parametrize(
    ("text", "answer", "facts", "holds"),
    [
        ("Which left first, Dunholm or Brennock?", "Brennock came first: Brennock left on June 3rd, and Dunholm left six days later, on June 9th.", ("brennock_leaves", "dunholm_leaves"), None),
        ("Which left earlier, Orlandia or Brennock?", "Orlandia's departure came before Brennock's departure, which was on June 3rd.", ("orlandia_leaves", "brennock_leaves"), None),
        ("Was the meeting before Dunholm left?", "Dunholm came first: Dunholm left on June 9th, and the islanders met and declared the League ended three days later, on June 12th.", ("dunholm_leaves", "books_closed", "castermere_leaves"), False),
        ("Did Brennock leave before Dunholm?", "Brennock came first: Brennock left on June 3rd, and Dunholm left six days later, on June 9th.", ("brennock_leaves", "dunholm_leaves"), True),
        ("Did Brennock leave after Dunholm?", "Brennock came first: Brennock left on June 3rd, and Dunholm left six days later, on June 9th.", ("brennock_leaves", "dunholm_leaves"), False),
        ("Did Dunholm leave after Brennock?", "Brennock came first: Brennock left on June 3rd, and Dunholm left six days later, on June 9th.", ("brennock_leaves", "dunholm_leaves"), True),
        ("Did Marrowby leave before Orlandia?", "Orlandia's departure came before Marrowby's departure.", ("orlandia_leaves", "marrowby_leaves"), False),
    ],
)  # fmt: skip
def test_which_of_two_came_first(text: str, answer: str, facts: tuple[str, ...], holds: bool | None) -> None:
    assert told("left_compare", text) == (answer, facts, True, holds)


def test_a_false_premise_in_an_open_comparison_is_noticed() -> None:
    text = "Why did Dunholm leave before Brennock?"
    assert told("left_compare", text)[3] is None
    assert told("left_compare", text, ask=0.2, true=0.1, false=0.7)[3] is False


def test_one_against_all_is_told_as_the_order() -> None:
    assert told("left_compare", "Did Dunholm leave after everybody else?")[0] == IN_ORDER


def test_a_comparison_with_what_the_article_does_not_mention_is_refused() -> None:
    assert refused("left_compare", "Did Selwick leave before Dunholm?") == "The order is not told."


# days_between


@pytest.mark.parametrize(
    ("text", "answer", "facts", "derived", "holds"),
    [
        ("How many days between Dunholm and Brennock?", "Six days: Brennock left on June 3rd and Dunholm left on June 9th, as counted.", ("brennock_leaves", "dunholm_leaves", "castermere_leaves"), True, None),
        # stated as such, not worked out
        ("How many days after Brennock did Castermere leave?", "Two days: Brennock left on June 3rd, and two days later Castermere left.", ("brennock_leaves", "castermere_leaves"), False, None),
        ("How long from 1951-06-05 to the meeting?", "Seven days: Castermere left on June 5th and the islanders met and declared the League ended on June 12th, as counted.", ("castermere_leaves", "books_closed", "brennock_leaves", "dunholm_leaves"), True, None),
        # one named: the one before it, or the end after the last
        ("How much later did Castermere leave?", "Two days: Brennock left on June 3rd, and two days later Castermere left.", ("brennock_leaves", "castermere_leaves"), False, None),
        ("How long after Dunholm left was it over?", "Three days: Dunholm left on June 9th, and three days later the islanders met and declared the League ended.", ("dunholm_leaves", "books_closed", "castermere_leaves"), False, None),
        # of three the outer two
        ("How long did it take from Brennock over Castermere to Dunholm?", "Six days: Brennock left on June 3rd and Dunholm left on June 9th, as counted.", ("brennock_leaves", "dunholm_leaves", "castermere_leaves"), True, None),
        ("Did Dunholm leave six days after Brennock?", "Six days: Brennock left on June 3rd and Dunholm left on June 9th, as counted.", ("brennock_leaves", "dunholm_leaves", "castermere_leaves"), True, True),
        ("Did Dunholm leave a week after Brennock?", "Six days: Brennock left on June 3rd and Dunholm left on June 9th, as counted.", ("brennock_leaves", "dunholm_leaves", "castermere_leaves"), True, False),
    ],
)  # fmt: skip
def test_how_many_days_lay_between(
    text: str, answer: str, facts: tuple[str, ...], derived: bool, holds: bool | None
) -> None:
    found = told("days_apart", text)
    assert (found[0], set(found[1]), found[2], found[3]) == (answer, set(facts), derived, holds)


@pytest.mark.parametrize("day", ["June 3rd", "the 3rd"])
def test_a_day_without_year_stands_for_what_happened_on_it(day: str) -> None:
    assert told("days_apart", f"How many days from {day} to Dunholm's exit?")[0].startswith("Six days: Brennock left")


def test_days_from_an_event_without_date_are_refused() -> None:
    assert refused("days_apart", "How many days between Orlandia and Dunholm?") == "No date for Orlandia's departure."


# remaining_after


@pytest.mark.parametrize(
    ("text", "answer", "facts", "holds"),
    [
        ("Who was left after Brennock had gone?", "Two remained: Castermere and Dunholm.", ("brennock_leaves", "last_three"), None),
        ("Who was left once Castermere and Brennock had gone?", "Only Dunholm remained.", ("castermere_leaves", "last_three", "dunholm_alone"), None),
        ("Who was left after Dunholm had gone?", "None: Dunholm was the last, on June 9th.", ("dunholm_leaves",), None),
        ("Was Dunholm still in after Brennock left?", "Two remained: Castermere and Dunholm.", ("brennock_leaves", "last_three"), True),
        ("Was Brennock still in after Castermere left?", "Only Dunholm remained.", ("castermere_leaves", "last_three", "dunholm_alone"), False),
    ],
)  # fmt: skip
def test_who_was_left(text: str, answer: str, facts: tuple[str, ...], holds: bool | None) -> None:
    assert told("left_after", text) == (answer, facts, True, holds)


def test_who_was_left_is_refused_outside_the_group() -> None:
    assert refused("left_after", "Who was left after Orlandia had gone?") == "The order is not told."
    assert result("left_after", "Who was left?") == Outcome(refused=True)


def test_a_yes_no_question_of_who_was_left_outside_the_group_does_not_count_the_group() -> None:
    assert refused("left_after", "Was Brennock still in after Orlandia left?") == "The order is not told."


ONE, TWO, THREE = (
    "Only Dunholm remained.",
    "Two remained: Castermere and Dunholm.",
    "Only Brennock, Castermere and Dunholm remained.",
)


@pytest.mark.parametrize(
    ("text", "answer", "facts", "holds"),
    [
        ("Who was still in on June 1st?", THREE, ("last_three",), None),
        ("Who was still in on June 2nd?", THREE, ("last_three",), None),
        # who left on the day is gone
        ("Who was still in on June 3rd?", TWO, ("brennock_leaves", "last_three"), None),
        ("Who was still in on the 4th?", TWO, ("brennock_leaves", "last_three"), None),
        ("Who was still in on June 5th, 1951?", ONE, ("brennock_leaves", "castermere_leaves", "last_three", "dunholm_alone"), None),
        ("Who was still in on June 30th?", "None: Dunholm was the last, on June 9th.", ("brennock_leaves", "castermere_leaves", "dunholm_leaves", "last_three"), None),
        ("Was Castermere still in on June 2nd?", THREE, ("last_three",), True),
        ("Was Castermere still in on June 4th?", TWO, ("brennock_leaves", "last_three"), True),
        ("Was Brennock still in on June 4th?", TWO, ("brennock_leaves", "last_three"), False),
        ("Was Dunholm still in on June 9th?", "None: Dunholm was the last, on June 9th.", ("brennock_leaves", "castermere_leaves", "dunholm_leaves", "last_three"), False),
        ("Was Selwick still in on June 4th?", TWO, ("brennock_leaves", "last_three"), None),
        # the year counts where it is named
        ("Who was still in on January 1st, 1952?", "None: Dunholm was the last, on June 9th.", ("brennock_leaves", "castermere_leaves", "dunholm_leaves", "last_three"), None),
    ],
)  # fmt: skip
def test_who_was_left_on_a_day(text: str, answer: str, facts: tuple[str, ...], holds: bool | None) -> None:
    assert told("left_after", text) == (answer, facts, True, holds)


def test_who_was_left_on_a_day_that_no_calendar_has_is_refused() -> None:
    assert refused("left_after", "Who was still in on June 31st?") == "Nothing on June 31st."


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Who was left after Brennock went, but before Castermere did?", TWO),
        ("Who was left after Castermere went, but before Dunholm did?", ONE),
        ("Before Castermere went, but after Brennock did, who was left?", TWO),
        ("Who was left after Brennock went, but before June 5th?", TWO),
    ],
)
def test_of_after_one_but_before_another_the_first_had_gone(text: str, answer: str) -> None:
    assert told("left_after", text)[0] == answer


# describe


@pytest.mark.parametrize(
    ("intent", "text", "entity"),
    [
        ("who_is", "Who was Ada Pellworth?", "pellworth"),
        ("who_is", "who was pelvort", "pellworth"),
        ("who_is", "Who was Marshall of Castermere?", "marshall"),
        ("about_entity", "Tell me about Castermere", "castermere"),
        ("about_entity", "What of Orlandia in the Tern League?", "orlandia"),
        ("about_entity", "What was the Tern League?", "league"),
    ],
)
def test_what_is_told_of_somebody(intent: str, text: str, entity: str) -> None:
    about = BASE.entities[entity]
    assert told(intent, text) == (about.about, tuple(about.facts), False, None)


@pytest.mark.parametrize(("intent", "text", "answer"), [("who_is", "Who was Quentin Dray?", "It does not mention Quentin Dray."), ("about_entity", "Tell me about Selwick", "It does not mention Selwick."), ("who_is", "Who was he?", "")])  # fmt: skip
def test_somebody_of_whom_nothing_is_told_is_refused(intent: str, text: str, answer: str) -> None:
    assert refused(intent, text) == answer


@pytest.mark.parametrize(
    ("intent", "text"), [("about_entity", "What was the Speaker?"), ("who_is", "Who was Fenwick?")]
)
def test_somebody_without_description_is_refused(intent: str, text: str) -> None:
    found = result(intent, text)
    assert found.refused or found.text


# role and office_holder


@pytest.mark.parametrize(
    ("intent", "text", "answer", "facts", "holds"),
    [
        ("role_of", "What was Pellworth's job?", "Ada Pellworth held the office: Warden of the League.", ("warden",), None),
        ("role_of", "Was Pellworth the Warden?", "Ada Pellworth held the office: Warden of the League.", ("warden",), True),
        ("role_of", "Why was Marshall made Warden?", "Ada Pellworth was the Warden of the League. Ivo Marshall held the office: Speaker of Castermere.", ("warden", "speaker"), False),
        ("role_of", "Who was the Warden?", "Ada Pellworth was the Warden of the League.", ("warden",), None),
        ("office_holder", "Who was the Speaker?", "Ivo Marshall was the Speaker of Castermere.", ("speaker",), None),
        ("office_holder", "Who led Castermere?", "Ivo Marshall was the Speaker of Castermere.", ("speaker",), None),
        ("office_holder", "Who led Castermere in the League?", "Ivo Marshall was the Speaker of Castermere.", ("speaker",), None),
        ("office_holder", "Who headed the League?", "Ada Pellworth was the Warden of the League.", ("warden",), None),
        ("office_holder", "Was Pellworth the Warden?", "Ada Pellworth was the Warden of the League.", ("warden",), True),
        ("office_holder", "Was Marshall the Warden?", "Ada Pellworth was the Warden of the League. Ivo Marshall held the office: Speaker of Castermere.", ("warden", "speaker"), False),
        ("office_holder", "Was Dray the Warden?", "Ada Pellworth was the Warden of the League.", ("warden",), False),
        ("office_holder", "What office was Marshall's?", "Ivo Marshall held the office: Speaker of Castermere.", ("speaker",), None),
    ],
)  # fmt: skip
def test_offices_and_who_held_them(
    intent: str, text: str, answer: str, facts: tuple[str, ...], holds: bool | None
) -> None:
    assert told(intent, text) == (answer, facts, False, holds)


@pytest.mark.parametrize(
    ("intent", "text", "answer"),
    [
        ("role_of", "What was Fenwick's office?", "No office for Tilda Fenwick."),
        ("role_of", "What was Dray's office?", "It does not mention Dray."),
        ("role_of", "What was his office?", ""),
        ("office_holder", "Who led Dunholm?", "No leader of Dunholm known."),
        ("office_holder", "Who was the mayor?", "No holder known."),
        ("office_holder", "Who led Selwick?", "It does not mention Selwick."),
    ],
)
def test_offices_that_are_not_told_are_refused(intent: str, text: str, answer: str) -> None:
    assert refused(intent, text) == answer


ANYTHING = st.lists(
    st.sampled_from(["Did", "Who", "When", "Brennock", "Castermerish", "Orlandia", "Dunholm", "Selwick", "Pellworth", "Dray", "Warden",
                     "Speaker", "the League", "the meeting", "June 3rd", "June 31st", "1951", "the 5th", "in 1950", "before", "after", "first",
                     "last", "four days", "a week", "leave?"]),
    max_size=7,
).map(" ".join)  # fmt: skip


@given(st.sampled_from([i for i, e in BASE.answers.items() if e.operation]), ANYTHING, st.floats(0, 1))
def test_no_question_breaks_an_operation_and_all_it_says_rests_on_facts(intent: str, text: str, false: float) -> None:
    found = result(intent, text, ask=1 - false, false=false)
    assert "{" not in found.text
    if found.refused or found.choices:
        assert not found.facts
        assert all(i in BASE.entities for i in found.choices)
    elif found.text:
        assert found.facts
        assert all(i in BASE.facts or i in BASE.entities for i in found.facts)
        assert BASE.quotes(list(found.facts))


def test_what_came_of_a_departure_is_told_where_the_next_one_is_not() -> None:
    got = result("left_neighbour", "Who left right after Orlandia?")
    assert got.text == "Other islands followed; nobody known directly after Orlandia."
    assert (got.facts, got.refused) == (("others_follow", "orlandia_leaves"), False)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Which of the last three was in the middle?", "Castermere left on June 5th, between Brennock and Dunholm."),
        ("Who left in between Brennock and Dunholm?", "Castermere left on June 5th, between Brennock and Dunholm."),
    ],
)
def test_who_was_in_the_middle(text: str, says: str) -> None:
    assert result("left_neighbour", text).text == says


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Why did Brennock wait until Dunholm had gone?", True),
        ("Why did Brennock leave after Dunholm?", True),
        ("Why did Dunholm leave before Castermere?", True),
        ("Why did Dunholm wait until Castermere had gone?", False),
        ("Why did Brennock leave before Dunholm?", False),
        ("Why did Brennock and Dunholm leave?", False),
        ("Why did Dunholm leave after the Brennish talks?", False),
    ],
)
def test_an_order_that_is_supposed_wrongly(text: str, wrong: bool) -> None:
    entry = BASE.answers["left_compare"]
    assert misordered(BASE, entry, asked(text, "why_last")) is wrong


def test_several_that_the_article_does_not_mention_are_named_together() -> None:
    assert result("left_when", "When did Selwick leave?").text == "It does not mention Selwick."
    both = result("left_when", "When did Brennock and Selwick leave?")
    assert both.text == "Brennock left on June 3rd, 1951. It does not mention Selwick."

# ruff: noqa: E501 (tables are read by line)
"""What is reckoned over events of any kind: order, gaps, the middle, the same week, suppositions, who had gone by when."""

from __future__ import annotations

import pytest

from bot.answers.operations import OPERATIONS, Outcome
from tests.support.factbase import asked, small

BASE = small()


def result(intent: str, text: str) -> Outcome:
    """Return what the operation of an answer makes of a question."""
    entry = BASE.answers[intent]
    return OPERATIONS[entry.operation](BASE, entry, asked(text, intent))


def check(intent: str, text: str, begins: str, holds: bool | None) -> None:
    """Check how a reply begins and what it says of the claim; each rests on facts."""
    found = result(intent, text)
    assert not found.refused, found
    assert found.text.startswith(begins), found.text
    assert found.holds is holds
    assert BASE.quotes(list(found.facts))


@pytest.mark.parametrize(
    ("text", "begins", "holds"),
    [
        ("What came first, Brennock's exit or the meeting?", "Brennock came first: Brennock left on June 3rd", None),
        ("Which was later, Brennock's exit or Dunholm's?", "Dunholm came after Brennock", None),
        ("Was the meeting held after Dunholm left?", "Dunholm came first", True),
        ("Was the meeting held before Dunholm left?", "Dunholm came first", False),
        ("Was Dunholm's exit followed by the meeting?", "Dunholm came first", True),
        ("Was Dunholm's exit preceded by the meeting?", "Dunholm came first", False),
        ("Before the meeting, had Dunholm gone?", "Dunholm came first", True),
        ("When the islanders met at the meeting, was Dunholm still in?", "Dunholm came first", False),
        ("Had Marrowby gone by the time Brennock left?", "Marrowby's departure came before Brennock's departure", True),
        ("Is it true that Dunholm did not leave before Brennock?", "Brennock came first", True),
        ("Did Brennock leave before or after the meeting?", "Brennock came first", None),
        ("Did Castermere leave between Brennock and Dunholm?", "Brennock's departure on June 3rd, then Castermere's", True),
        ("Did Brennock leave between Castermere and Dunholm?", "Brennock's departure on June 3rd, then Castermere's", False),
        ("Is the order Brennock, Castermere, Dunholm right?", "Brennock's departure on June 3rd, then", True),
        ("Is the order Dunholm, Castermere, Brennock right?", "Brennock's departure on June 3rd, then", False),
        ("Did Brennock and Castermere leave before Dunholm?", "Brennock's departure on June 3rd, then", True),
        ("What was the last thing to happen?", "The islanders met and declared the League ended on June 12th", None),
        ("Was the meeting before June 20th?", "The islanders met", True),
        ("Was the meeting before June 10th?", "The islanders met", False),
        ("Which was the second of these: Brennock's exit, the meeting, Dunholm's exit?", "It was Dunholm's departure on June 9th. Brennock's", None),
    ],
)  # fmt: skip
def test_what_came_first_of_any_events(text: str, begins: str, holds: bool | None) -> None:
    check("what_order", text, begins, holds)


@pytest.mark.parametrize(
    ("text", "begins", "holds"),
    [
        ("Did Dunholm leave within a week of Brennock?", "Six days", True),
        ("Did Dunholm leave more than a week after Brennock?", "Six days", False),
        ("Did Dunholm leave at least five days after Brennock?", "Six days", True),
        ("Did Dunholm leave in less than six days after Brennock?", "Six days", False),
        ("Did Dunholm leave about a week after Brennock?", "Six days", None),
        ("Did Brennock leave six days after Dunholm?", "Six days", False),
        ("Did Brennock and Dunholm leave on the same day?", "Six days", False),
        ("Did Brennock and Dunholm leave on different days?", "Six days", True),
        ("Did the last three leave within six days?", "Six days", True),
        ("Between which two events were there two days?", "Two days from Brennock's departure to Castermere's departure", None),
        ("From which event to the meeting is it seven days?", "Seven days from Castermere's departure", None),
        ("How long are all the gaps together?", "Nine days in all: two days from Brennock's departure", None),
        ("What was the average gap?", "Three days on average: two days", None),
    ],
)  # fmt: skip
def test_days_apart_as_claimed(text: str, begins: str, holds: bool | None) -> None:
    check("days_apart", text, begins, holds)


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("days_apart", "How many days from Orlandia's exit to the meeting?"),
        ("which_gap", "Was it longer from Orlandia to Dunholm than from Brennock to Dunholm?"),
        ("midway", "Which day is halfway between Orlandia's exit and the meeting?"),
        ("suppose", "If Orlandia had left four days later, when would that have been?"),
        ("same_time", "Did Orlandia and Dunholm leave in the same week?"),
    ],
)
def test_of_what_has_no_day_nothing_is_counted(intent: str, text: str) -> None:
    found = result(intent, text)
    assert found.refused
    assert "Orlandia" in found.text


@pytest.mark.parametrize(
    ("text", "begins", "holds"),
    [
        ("Which was longer, Brennock to Castermere or Castermere to Dunholm?", "From Castermere's departure to Dunholm's departure it was longer: four days, against two days", None),
        ("Was Dunholm's wait longer than Castermere's?", "From Castermere's departure to Dunholm's", True),
        ("Was Dunholm's wait shorter than Castermere's?", "From Castermere's departure to Dunholm's", False),
        ("Was Dunholm's wait twice as long as Castermere's?", "Twice as long: four days", True),
        ("Was Dunholm's wait three times as long as Castermere's?", "Twice as long: four days", False),
        ("Was Castermere's wait half as long as Dunholm's?", "Half as long: two days", True),
        ("Was Dunholm's wait two days longer than Castermere's?", "From Castermere's", True),
        ("Was Dunholm's wait three days longer than Castermere's?", "From Castermere's", False),
        ("By how many days was Dunholm's wait longer than Castermere's?", "Two days: four days from", None),
        ("Which gap was the longest?", "The longest was from Castermere's departure to Dunholm's departure: four days.", None),
        ("Which gap was the shortest?", "The shortest was from Brennock's departure to Castermere's departure", None),
        ("Was the gap before the meeting the longest?", "The longest was from Castermere's", False),
        ("Is the gap from Dunholm to the meeting longer than the other two together?", "Six days in all (two days", False),
        ("Was Castermere's exit closer to Brennock's or to Dunholm's?", "It was closer to Brennock's departure: two days, against four days", None),
        ("Was the gap from Castermere to Dunholm longer than three days?", "Four days from Castermere's", True),
        ("Did Dunholm's days alone last longer than from Brennock to Castermere?", "From Castermere's departure to Dunholm's", True),
    ],
)  # fmt: skip
def test_gaps_are_compared(text: str, begins: str, holds: bool | None) -> None:
    check("which_gap", text, begins, holds)


@pytest.mark.parametrize(
    ("text", "begins", "holds"),
    [
        ("Which day is halfway between Brennock's and Castermere's exit?", "June 4th: two days lie between Brennock's departure on June 3rd", None),
        ("What is the middle of Dunholm's days alone?", "June 7th: four days lie", None),
        ("Which day is halfway between June 3rd and June 9th?", "June 6th: six days lie between", None),
        ("Which day is halfway between Dunholm's exit and the meeting?", "Between June 10th and June 11th: three days lie", None),
        ("Is June 7th halfway between Castermere's and Dunholm's exit?", "June 7th", True),
        ("Is June 8th halfway between Castermere's and Dunholm's exit?", "June 7th", False),
    ],
)  # fmt: skip
def test_the_middle_of_two_days(text: str, begins: str, holds: bool | None) -> None:
    check("midway", text, begins, holds)


@pytest.mark.parametrize(
    ("text", "begins", "holds"),
    [
        ("Did Brennock and Castermere leave in the same week?", "Brennock left on June 3rd and Castermere left on June 5th.", False),
        ("Did Castermere and Dunholm leave in the same week?", "Castermere left on June 5th and Dunholm left on June 9th.", True),
        ("Did Brennock and Castermere leave in different weeks?", "Brennock left on June 3rd", True),
        ("Did the departures happen in the same month?", "Brennock left on June 3rd", True),
        ("Did the last three leave within a week?", "Brennock left on June 3rd", True),
        ("Did the last three leave within five days?", "Brennock left on June 3rd", False),
        ("Did Brennock and Dunholm leave on the same day?", "Brennock left on June 3rd", False),
        ("Did Marrowby leave on the same day as Brennock?", "Marrowby's departure came before", False),
    ],
)  # fmt: skip
def test_the_same_week_or_so_many_days(text: str, begins: str, holds: bool | None) -> None:
    check("same_time", text, begins, holds)


@pytest.mark.parametrize(
    ("text", "begins", "holds"),
    [
        ("If Dunholm had waited twice as long, when would it have left?", "June 13th: eight days after Castermere's departure on June 5th, instead of four days.", None),
        ("When would Dunholm have left if it had waited half as long?", "June 7th: two days after", None),
        ("Had Dunholm left ten days after Brennock, when would that have been?", "June 13th: ten days after Brennock's departure on June 3rd", None),
        ("If Dunholm had left two days later, when?", "June 11th: two days later than on June 9th.", None),
        ("If Dunholm had left a day earlier, when?", "June 8th: one day earlier than on June 9th.", None),
        ("If Dunholm had left on June 20th, when would the meeting have been?", "June 23rd: Dunholm's departure on June 20th, then", None),
        ("If Castermere had left on June 10th and Dunholm two days later, when would Dunholm have left?", "June 12th: Castermere's departure on June 10th, then Dunholm's departure two days later, on June 12th.", None),
        ("If all gaps had been doubled, when would the meeting have been?", "June 21st: ", None),
        ("If the meeting had been a week after Dunholm left, on what day?", "June 16th: seven days after Dunholm's departure on June 9th, instead of three days.", None),
        ("If Dunholm had waited six days, would it have left on June 11th?", "June 11th: six days after", True),
        ("If Dunholm had waited six days, would it have left on June 12th?", "June 11th: six days after", False),
        ("If Dunholm had waited six days, would it have left before the meeting?", "June 11th: six days after", True),
        ("If Dunholm had waited nine days, would it have left before the meeting?", "June 14th: nine days after", False),
        ("If Dunholm had left on June 20th, how many days after Castermere would that have been?", "Fifteen days: from Castermere's departure on June 5th", None),
        ("Which day was the third day after Brennock left?", "June 6th: three days after Brennock's departure on June 3rd.", None),
        ("If Castermere had left on June 11th, would Dunholm have been the last to leave?", "Brennock's departure on June 3rd, then Dunholm's departure on June 9th", False),
    ],
)  # fmt: skip
def test_what_would_have_been(text: str, begins: str, holds: bool | None) -> None:
    check("suppose", text, begins, holds)


def test_nothing_supposed_is_refused() -> None:
    assert result("suppose", "What would have become of the League?").refused


@pytest.mark.parametrize(
    ("text", "begins", "holds"),
    [
        ("Who had left by June 5th?", "By June 5th all but Dunholm had left: Orlandia, Marrowby, Brennock and Castermere among them.", None),
        ("Which of the last three had left by June 4th?", "By June 4th Brennock had left; still in: Castermere and Dunholm.", None),
        ("Had all left by June 9th?", "By June 9th all had left; Dunholm was the last to go, on June 9th.", True),
        ("Had all left by June 8th?", "By June 8th all but Dunholm", False),
        ("Had all but Dunholm left by June 5th?", "By June 5th all but Dunholm", True),
        ("Had all but Dunholm left by June 4th?", "By June 4th all but", False),
        ("Had any of the last three left by June 2nd?", "By June 2nd none of these had left", False),
        ("Had Brennock left before June 3rd?", "Brennock left on June 3rd", False),
        ("Had Brennock left by June 3rd?", "Brennock left on June 3rd", True),
        ("Was Castermere out when Dunholm left?", "Castermere left on June 5th", True),
        ("Had Dunholm left by the time of the meeting?", "Dunholm left on June 9th", True),
        ("Had Marrowby gone when Brennock left?", "By June 3rd all but", True),
        ("Was Dunholm still in on June 6th?", "Dunholm left on June 9th", True),
        ("Which left between Orlandia and the last three?", "Marrowby left between them", None),
    ],
)  # fmt: skip
def test_who_had_gone_by_when(text: str, begins: str, holds: bool | None) -> None:
    check("left_by", text, begins, holds)


def test_who_is_not_in_the_article_gets_no_yes_or_no() -> None:
    found = result("left_by", "Had Selwick left by June 5th?")
    assert found.refused
    assert found.text.startswith("It does not mention Selwick. By June 5th all but Dunholm had left")


@pytest.mark.parametrize(
    ("text", "begins", "holds"),
    [
        ("Were two islands left on June 4th?", "Two remained: Castermere and Dunholm.", True),
        ("Were three islands left on June 4th?", "Two remained", False),
        ("Was no island left on June 20th?", "None: Dunholm", True),
        ("Was any island left on June 20th?", "None: Dunholm", False),
        ("Was Dunholm the only one left on June 6th?", "Only Dunholm remained.", True),
        ("Was Dunholm the only one left on June 4th?", "Two remained", False),
        ("Was Marrowby still in on June 4th?", "Two remained", False),
        ("Who was left after June 5th?", "Only Dunholm remained.", None),
        ("Who was left before June 5th?", "Two remained", None),
        ("Who was still in before Castermere left?", "Two remained: Castermere and Dunholm.", None),
        ("Did any island besides Dunholm remain after June 5th?", "Only Dunholm remained.", False),
        ("When were exactly two islands left?", "From June 3rd, when Brennock left, until June 5th, when Castermere left.", None),
        ("Which two islands were the last in it?", "Two remained: Castermere and Dunholm.", None),
    ],
)  # fmt: skip
def test_how_many_were_left(text: str, begins: str, holds: bool | None) -> None:
    check("left_after", text, begins, holds)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Did they leave in the order Brennock, Castermere, Dunholm?", True),
        ("Did they leave in the order Castermere, Dunholm, Brennock?", False),
        ("Did Brennock leave before Castermere and Castermere before Dunholm?", True),
        ("In what order did Dunholm and Brennock leave?", None),
    ],
)
def test_an_order_that_is_claimed_is_checked(text: str, holds: bool | None) -> None:
    check("left_order", text, "Brennock on June 3rd", holds)

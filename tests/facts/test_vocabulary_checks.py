# ruff: noqa: E501 (tables are read by line)
"""Each fault of the vocabulary is reported with file, key and what would be valid."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.cli import problems_of as check
from bot.facts.vocabulary import Vocabulary
from tests.support.factbase import change, small, write

# name: (file, what stands there, what is put there, the problem reported)
BROKEN = {
    "unknown kind of an entity": ("entities.yml", "id: fenwick\n    type: person", "id: fenwick\n    type: persona", "entities.yml: fenwick: type: there is no kind persona; valid is person"),
    "unknown kind of an answer": ("answers/people.yml", "operation: office_holder\n  type: office", "operation: office_holder\n  type: ofice", "answers/people.yml: office_holder: type: there is no kind ofice; valid is office"),
    "unknown kind in only": ("answers/people.yml", "only: {place: [harbour_house]}", "only: {places: [harbour_house]}", "answers/people.yml: ended_where: only: there is no kind places; valid is place"),
    "unknown brace": ("missing.yml", "say what {person} paid in taxes", "say what {persons} paid in taxes", "missing.yml: missing_money: what: there is no word to fill in persons; valid is person"),
    "unknown near kind": ("missing.yml", "near: friends,", "near_kinds: [stat],", "missing.yml: missing_names: near_kinds: there is no kind stat; valid is state"),
    "unknown key": ("vocabulary.yml", "    whole: true", "    hole: true", "vocabulary.yml: vocabulary: kinds.polity.hole: extra fields not permitted; valid keys are nouns, plurals, pronouns, whole"),
    "capital": ("vocabulary.yml", "steward]", "Steward]", "vocabulary.yml: kinds.person.nouns: 'Steward' is no word in lower case; write 'steward'"),
    "noun twice": ("vocabulary.yml", "steward]", "warden]", "vocabulary.yml: kinds.person.nouns: warden stands 2 times; keep one"),
    "noun of two kinds": ("vocabulary.yml", "steward]", "island]", "vocabulary.yml: kinds: nouns: island stands for person and for state; keep it in one of them"),
    "unknown pronoun": ("vocabulary.yml", "pronouns: [he]", "pronouns: [hee]", "vocabulary.yml: kinds.person.pronouns: there is no pronoun hee; valid is he"),
    "unknown kind that stands in": ("vocabulary.yml", "stand_in: [state,", "stand_in: [islands,", "vocabulary.yml: stand_in: there is no kind islands; valid is"),
    "unknown nearest kind": ("vocabulary.yml", "nearest: [group,", "nearest: [groop,", "vocabulary.yml: nearest: there is no kind groop; valid is group"),
    "unknown subject": ("vocabulary.yml", "subjects: [group,", "subjects: [groop,", "vocabulary.yml: subjects: there is no kind groop; valid is group"),
    "unknown form": ("vocabulary.yml", "    whole: true", "    whole: true\n    form: oval", "vocabulary.yml: vocabulary: kinds.polity.form: unexpected value; permitted: 'plain', 'round', 'double'"),
    "unknown kind in a column": ("vocabulary.yml", "kinds: [state, polity]", "kinds: [state, polity, crown]", "vocabulary.yml: columns: kinds: there is no kind crown"),
    "kind in no column": ("vocabulary.yml", "kinds: [state, polity]", "kinds: [state]", "vocabulary.yml: columns: kinds: polity is shown on the map and stands in 0 columns; put it in one"),
    "kind in two columns": ("vocabulary.yml", "kinds: [state, polity]", "kinds: [state, polity, group]", "vocabulary.yml: columns: kinds: group is shown on the map and stands in 2 columns; put it in one"),
    "column without a heading": ("vocabulary.yml", "title: {en: People}", "title: {de: Leute}", "vocabulary.yml: columns: title: that of column 1 has no English heading; give it as `en`"),
    "verbs of no event": ("vocabulary.yml", "  departure: [left", "  departing: [left", "vocabulary.yml: verbs: there is no type of event departing; valid is departure"),
    "unknown position": ("vocabulary.yml", "positions: [goal]", "positions: [gaol]", "vocabulary.yml: claims.positions: there is no kind of claim gaol; valid is goal"),
    "unknown mutual": ("vocabulary.yml", "mutual: [relation]", "mutual: [relations]", "vocabulary.yml: claims.mutual: there is no kind of claim relations; valid is relation"),
    "unknown intent": ("vocabulary.yml", "evidence: ask_evidence", "evidence: ask_proof", "vocabulary.yml: intents.evidence: there is no intent with training questions ask_proof; valid is"),
    "years that leave out": ("vocabulary.yml", "  years: [1900, 2099]", "  years: [1900, 1950]", "vocabulary.yml: dates.years: 1900 to 1950 leaves out 1951, in which something happened; widen it"),
    "years in disorder": ("vocabulary.yml", "  years: [1900, 2099]", "  years: [2099, 1900]", "vocabulary.yml: vocabulary: dates.years: has to be two years of four digits, the earlier first; valid keys are years"),
    "two digits for two years": ("vocabulary.yml", "[1950, 1959]", "[1950, 2059]", "vocabulary.yml: vocabulary: dates.two_digit_years: has to span less than a hundred years"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "problem"), BROKEN.values(), ids=BROKEN)
def test_each_kind_of_problem_is_reported(tmp_path: Path, file: str, old: str, new: str, problem: str) -> None:
    facts, questions = write(tmp_path)
    change(facts, file, old, new)
    found = check(facts, questions)
    assert any(problem in line for line in found), found
    for line in found:
        assert line.startswith(str(facts))


def test_the_vocabulary_tells_kinds_apart_by_what_they_are_for() -> None:
    words = small().vocabulary
    assert words.people == {"person"}
    assert words.wholes == {"polity"}
    assert words.unnamed == {"group"}
    assert words.kind_of_noun["island"] == "state"
    assert words.plurals == ("leaders", "islands", "states")
    assert words.with_pronoun("there") == {"place"}
    assert words.nameable[-1] == "polity"


def test_what_is_about_the_answer_before_yields_to_a_question() -> None:
    intents = small().vocabulary.intents
    assert intents.steering == (
        "ask_evidence", "ask_more", "ask_repeat", "ask_shorter", "ask_simpler", "ask_why_matched", "show_timeline",
    )  # fmt: skip
    assert intents.asides >= {"greet", "start_over", "show_timeline", "ask_more"}
    assert Vocabulary().intents.asides == frozenset()


def test_the_facts_tell_which_kinds_do_what() -> None:
    base = small()
    assert base.office_kinds == {"office"}
    assert base.led_kinds == {"polity", "state"}
    assert base.kinds_in("departure", "leaver") == {"state"}
    assert base.dated_kinds == {"state"}
    assert base.people == ["pellworth", "marshall", "fenwick", "dray"]

# ruff: noqa: E501 (tables are read by line)
"""The checker reports each kind of problem with path, id, what is wrong and what would be valid, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.cli import problems_of as check
from tests.support.factbase import change, write


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path)


def test_a_sound_base_has_no_problems(folders: tuple[Path, Path]) -> None:
    assert check(*folders) == []


# name: (file, what stands there, what is put there, the problem reported)
BROKEN = {
    "quote not to the letter": (
        "events.yml", '"Brennock left on June 3rd"', '"Brennock left on june 3rd"',
        "events.yml: brennock_leaves: evidence: P1S4 does not hold “Brennock left on june 3rd” to the letter; the sentence is: Brennock left",
    ),
    "quote in another sentence": (
        "claims.yml", '{P2S1: "wanted free islands"}', '{P2S3: "wanted free islands"}',
        "claims.yml: marshall_goal: evidence: P2S3 does not hold “wanted free islands” to the letter; it stands in P2S1",
    ),
    "straight quote for a curly one": (
        "claims.yml", "friend of Pellworth’s\"", "friend of Pellworth's\"",
        "claims.yml: friends: evidence: P2S3 does not hold “Tilda Fenwick, was an old friend of Pellworth's” to the letter; the sentence is:",
    ),
    "no such sentence": (
        "entities.yml", '{P2S3: "Tilda Fenwick"}', '{P2S9: "Tilda Fenwick"}',
        "entities.yml: fenwick: evidence: there is no sentence P2S9; valid is P2S",
    ),
    "no evidence": ("entities.yml", '{P2S3: "Tilda Fenwick"}', "{}", "entities.yml: fenwick: evidence: there is none; give"),
    "unknown fact of an entity": ("entities.yml", "facts: [marshall_goal]", "facts: [marshal_goal]", "entities.yml: marshall: facts: there is no fact marshal_goal; valid is marshall_goal"),
    "briefly without about": ("entities.yml", "    name: Tilda Fenwick\n", "    name: Tilda Fenwick\n    briefly: She was a friend\n", "entities.yml: fenwick: `briefly` shortens an `about` that is not there"),
    "about without facts": ("entities.yml", "    facts: [marshall_goal]\n", "", "entities.yml: marshall: `about` rests on nothing"),
    "unknown holder": ("entities.yml", "holder: marshall", "holder: marshal", "entities.yml: speaker: holder: there is no entity marshal; valid is marshall"),
    "unknown participant": ("events.yml", "{leaver: marrowby,", "{leaver: marowby,", "events.yml: marrowby_leaves: participants: there is no entity marowby; valid is marrowby"),
    "unknown place": ("events.yml", "place: harbour_house", "place: harbor_house", "events.yml: books_closed: place: there is no entity harbor_house; valid is harbour_house"),
    "unknown outcome": ("events.yml", "[dunholm_alone]", "[dunholm_lone]", "events.yml: castermere_leaves: causes and outcomes: there is no fact dunholm_lone; valid is dunholm_alone"),
    "unknown cause": ("events.yml", "causes: [orlandia_leaves]", "causes: [orlandia_left]", "events.yml: others_follow: causes and outcomes: there is no fact orlandia_left; valid is orlandia_leaves"),
    "unknown subject": ("claims.yml", "subject: [marshall]", "subject: [marshal]", "claims.yml: marshall_goal: subject: there is no entity marshal; valid is marshall"),
    "unknown reason": ("claims.yml", "because: [castermere_leaves]", "because: [castermere]", "claims.yml: dunholm_alone: because: there is no fact castermere; valid is castermere_leaves"),
    "unknown fact of an answer": ("answers/people.yml", "facts: [title, argument, last_three]", "facts: [title, argument, last_tree]", "answers/people.yml: summary: facts: there is no fact last_tree; valid is last_three"),
    "unknown fact of a no": ("answers/people.yml", "no_facts: [loyalty]", "no_facts: [royalty]", "answers/people.yml: why_last: facts: there is no fact royalty; valid is loyalty"),
    "unknown event of an answer": ("answers/departures.yml", "event: books_closed", "event: book_closed", "answers/departures.yml: ended_when: event: there is no event book_closed; valid is books_closed"),
    "unknown group": ("answers/departures.yml", "group: last_three\nleft_by", "group: last_tree\nleft_by", "answers/departures.yml: left_after: group: there is no claim last_tree; valid is last_three"),
    "unknown suggestion": ("answers/people.yml", "next: [role_of]", "next: [roles_of]", "answers/people.yml: who_is: next: there is no answer roles_of; valid is role_of"),
    "unknown only": ("answers/people.yml", "{place: [harbour_house]}", "{place: [harbor_house]}", "answers/people.yml: ended_where: only: there is no entity harbor_house; valid is harbour_house"),
    "unknown operation": ("answers/people.yml", "operation: office_holder", "operation: officeholder", "answers/people.yml: office_holder: operation: there is no operation officeholder; valid is office_holder"),
    "answer without facts": ("answers/people.yml", "  facts: [title, argument, last_three]\n", "  facts: []\n", "answers/people.yml: summary: has no `answer` with `facts`, nor an `operation`"),
    "unknown nearest fact": ("missing.yml", "near: friends", "near: friend", "missing.yml: missing_names: near: there is no fact friend; valid is friends"),
    "unknown suggestion after a refusal": ("missing.yml", "next: [who_is]", "next: [whois]", "missing.yml: missing_names: next: there is no answer whois; valid is who_is"),
    "two kinds of date": ("events.yml", "{on: 1951-06-03}", "{on: 1951-06-03, in: 1951}", "events.yml: brennock_leaves: date: has on and in; valid is just one of"),
    "days from nowhere": ("events.yml", "{on: 1951-06-03}", "{on: 1951-06-03, days: 2}", "events.yml: brennock_leaves: date: `days` and `after` go together"),
    "no month": ("events.yml", "{until: 1951-06}", "{until: 1951-13}", "events.yml: others_follow: date: 1951-13 is no year or month; valid is"),
    "order against date": ("events.yml", "{days: 4, after: castermere_leaves}", "{days: -3, after: castermere_leaves}", "events.yml: dunholm_leaves: order: comes after castermere_leaves, but its date is earlier"),
    "order in a circle": ("events.yml", "before: [brennock_leaves]", "before: [coming_apart]", "events.yml: coming_apart: comes before itself by `after`, `before`"),
    "unknown event before": ("events.yml", "before: [brennock_leaves]", "before: [nowhere]", "events.yml: marrowby_leaves: after and before: there is no event nowhere"),
    "sentence that proves nothing": ("claims.yml", "silent:\n  P2S2: a rhetorical question\n", "", ": P2S2: is evidence of no fact; add one, or list it under `silent` in claims.yml: Did anyone listen?"),
    "silent sentence that is evidence": ("claims.yml", "  P2S2: a", "  P1S4: wrong\n  P2S2: a", "claims.yml: P1S4: listed as silent, but it is evidence"),
    "silent sentence that is none": ("claims.yml", "  P2S2: a", "  P7S1: wrong\n  P2S2: a", "claims.yml: P7S1: listed as silent, but it is evidence or not a sentence"),
    "fact of no answer": ("answers/people.yml", "facts: [title, argument, last_three]", "facts: [title, last_three]", ": argument: no answer rests on it; name it"),
}  # fmt: skip


UNCOUNTABLE = {
    "counted in a circle": ("events.yml", "{on: 1951-06-03}", "{days: 1, after: castermere_leaves}", "is counted from itself"),
    "counted from no day": ("events.yml", "{days: 3, after: dunholm_leaves}", "{days: 3, after: coming_apart}", "events.yml: the date of books_closed is counted from coming_apart, which has no day"),
    "counted from no event": ("events.yml", "{days: 3, after: dunholm_leaves}", "{days: 3, after: dunholm}", "events.yml: books_closed: date.after: there is no event dunholm; valid is dunholm_leaves"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "problem"), BROKEN.values(), ids=BROKEN)
def test_each_kind_of_problem_is_reported(
    folders: tuple[Path, Path], file: str, old: str, new: str, problem: str
) -> None:
    change(folders[0], file, old, new)
    found = check(*folders)
    assert any(problem in line for line in found), found
    assert len(found) <= 3, found
    for line in found:
        assert line.startswith(str(folders[0]))
        assert "\n" not in line


@pytest.mark.parametrize(("old", "new", "problem"), [row[1:] for row in UNCOUNTABLE.values()], ids=UNCOUNTABLE)
def test_dates_that_cannot_be_counted_are_reported(
    folders: tuple[Path, Path], old: str, new: str, problem: str
) -> None:
    change(folders[0], "events.yml", old, new)
    assert any(problem in line for line in check(*folders))


def test_an_answer_that_no_training_question_asks_is_reported(folders: tuple[Path, Path]) -> None:
    facts, questions = folders
    change(questions, "people.yml", "- intent: friends\n", "- intent: who_is\n")
    (problem,) = check(facts, questions)
    assert problem == f"{facts}: friends: no training question in {questions} asks it; write some under this intent"


@pytest.mark.parametrize("topic", ["people", "not_in_article"])
def test_questions_without_an_answer_are_reported(folders: tuple[Path, Path], topic: str) -> None:
    facts, questions = folders
    with (questions / f"{topic}.yml").open("a") as file:
        file.write("- intent: new_one\n  examples: |\n    - anything\n")
    (problem,) = check(facts, questions)
    assert problem.startswith(f"{questions / (topic + '.yml')}: new_one: has questions, but no answer; add it to ")


def test_questions_of_other_topics_need_no_answer(folders: tuple[Path, Path]) -> None:
    (folders[1] / "small_talk.yml").write_text("nlu:\n- intent: greet\n  examples: |\n    - hi\n")
    assert check(*folders) == []


def test_problems_of_all_kinds_are_reported_at_once(folders: tuple[Path, Path]) -> None:
    told = []
    for name in ("quote not to the letter", "unknown holder", "unknown reason", "unknown group", "no month", "silent sentence that is none"):  # fmt: skip
        file, old, new, problem = BROKEN[name]
        change(folders[0], file, old, new)
        told.append(problem)
    change(folders[0], "events.yml", "order: 5", "ordre: 5")
    found = check(*folders)
    for problem in [*told, "marrowby_leaves: ordre: extra fields not permitted"]:
        assert sum(problem in line for line in found) == 1


def test_an_empty_folder_is_reported_not_raised(tmp_path: Path) -> None:
    found = check(tmp_path / "facts", tmp_path / "nlu")
    assert len(found) >= 6
    assert all(line.startswith(str(tmp_path)) for line in found)


def test_an_unknown_during_is_reported(folders: tuple[Path, Path]) -> None:
    change(folders[0], "answers/departures.yml", "during: alone_how_long", "during: alone_how_lon")
    assert any("alone_how_lon;" in line for line in check(*folders))


def test_an_unknown_gives_is_reported(folders: tuple[Path, Path]) -> None:
    change(
        folders[0],
        "answers/departures.yml",
        "gives: [time, number]\n  facts: [dunholm_alone]",
        "gives: [tiem]\n  facts: [dunholm_alone]",
    )
    assert any("tiem" in line for line in check(*folders))


def test_unknown_braces_in_restated_are_reported(folders: tuple[Path, Path]) -> None:
    change(folders[0], "answers/departures.yml", "When did {entity} leave", "When did {entitty} leave")
    assert any("entitty" in line for line in check(*folders))


def test_an_operation_without_its_events_is_reported(folders: tuple[Path, Path]) -> None:
    change(folders[0], "answers/departures.yml", "  operation: when\n  events: departure\n", "  operation: when\n")
    assert any("left_when" in line for line in check(*folders))

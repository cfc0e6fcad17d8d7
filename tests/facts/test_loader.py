# ruff: noqa: E501 (tables are read by line)
"""Whatever is wrong with the files, the loader says where, in which record, what, and what would be valid."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from bot.facts import loader
from tests.support.factbase import FILES, change, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path)[0]


def problems(folder: Path) -> list[str]:
    return loader.read(folder)[1]


def only_problem(folder: Path) -> str:
    found = problems(folder)
    assert len(found) == 1, found
    assert "\n" not in found[0]
    return found[0]


def test_a_sound_base_is_read_without_problems(folder: Path) -> None:
    base, found = loader.read(folder)
    assert found == []
    assert len(base.article.sentences) == 11
    assert list(base.events)[:2] == ["coming_apart", "orlandia_leaves"]
    assert base.topics["left_when"] == "departures"
    assert base.topics["who_is"] == "people"
    assert base.silent == {"P2S2": "a rhetorical question"}
    assert loader.load(folder) == base


def test_yes_no_and_on_are_words_not_truth_values(folder: Path) -> None:
    base = loader.read(folder)[0]
    assert base.answers["why_last"].yes == "Dunholm stayed out of loyalty."
    assert base.events["brennock_leaves"].date.on == datetime.date(1951, 6, 3)
    assert set(base.wording["lead"]) >= {"yes", "no"}
    assert base.entities["selwick"].outside is True


@pytest.mark.parametrize(
    "name", [name for name in FILES if "/" not in name and name not in ("claims.yml", "article.txt", "said.yml")]
)
def test_a_missing_file_is_reported(folder: Path, name: str) -> None:
    (folder / name).unlink()
    line = only_problem(folder)
    assert line.startswith(f"{folder / name}: missing")


@pytest.mark.parametrize("text", [None, ""])
def test_a_missing_or_empty_article_is_reported(folder: Path, text: str | None) -> None:
    (folder / "article.txt").unlink() if text is None else (folder / "article.txt").write_text(text)
    assert only_problem(folder).startswith(f"{folder / 'article.txt'}: the article is missing or empty")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("entities.yml", "a: [b", "not YAML"),
        ("events.yml", "- a\n- b\n", "not a list"),
        ("answers/people.yml", "just words", "not a str"),
        ("missing.yml", "a: b: c", "not YAML"),
        ("wording.yml", "- a", "not a list"),
    ],
)
def test_a_file_that_is_no_mapping_is_reported_on_one_line(folder: Path, name: str, text: str, says: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    line = only_problem(folder)
    assert line.startswith(f"{folder / name}: ")
    assert says in line


FAULTS = {
    "an unknown key": ("events.yml", "order: 5", "ordre: 5", ("marrowby_leaves", "ordre", "extra fields not permitted", "order")),
    "a number that is none": ("events.yml", "order: 5", "order: fifth", ("marrowby_leaves", "order", "integer")),
    "a key left out": ("events.yml", "    says: Marrowby left\n", "", ("marrowby_leaves", "says", "required")),
    "evidence left out": ("claims.yml", ", evidence: {P2S4: }", "", ("argument", "evidence", "required")),
    "a date that is none": ("events.yml", "on: 1951-06-03", "on: soon", ("brennock_leaves", "date.on", "date")),
    "a list that is none": ("entities.yml", "[Fenwick]", "Fenwick", ("fenwick", "aliases", "list")),
    "a slip in an answer": ("answers/people.yml", "  simple: It", "  simpel: It", ("why_last", "simpel", "simple")),
    "an unknown key of what is missing": ("missing.yml", "near: friends", "nearest: friends", ("missing_names", "nearest", "near")),
    "an answer without question": ("answers/people.yml", "  question: Who was the Warden?\n", "", ("office_holder", "question", "required")),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "told"), FAULTS.values(), ids=FAULTS)
def test_a_record_of_the_wrong_form_is_left_out_and_reported(
    folder: Path, file: str, old: str, new: str, told: tuple[str, ...]
) -> None:
    change(folder, file, old, new)
    base, found = loader.read(folder)
    assert len(found) == 1
    assert found[0].startswith(f"{folder / file}: {told[0]}: ")
    assert all(part in found[0] for part in told)
    assert "valid keys are" in found[0]
    assert told[0] not in {**base.entities, **base.facts, **base.answers, **base.missing}


def test_a_record_that_is_no_mapping_is_named_by_its_place(folder: Path) -> None:
    change(folder, "claims.yml", "claims:\n", "claims:\n  - just words\n")
    assert only_problem(folder) == f"{folder / 'claims.yml'}: entry 1: has to hold keys and values"


def test_a_record_without_id_is_named_by_its_place(folder: Path) -> None:
    change(folder, "events.yml", "  - id: coming_apart\n    type", "  - type")
    assert only_problem(folder).startswith(f"{folder / 'events.yml'}: entry 1: id: field required")


def test_an_id_used_twice_in_a_file_is_reported(folder: Path) -> None:
    change(folder, "entities.yml", "{id: dray,", "{id: selwick,")
    assert "selwick: the id is used twice" in only_problem(folder)


@pytest.mark.parametrize(
    ("file", "old", "new"), [("claims.yml", "{id: argument,", "{id: coming_apart,"), ("claims.yml", "{id: argument,", "{id: league,")]
)  # fmt: skip
def test_an_id_used_in_two_files_is_reported(folder: Path, file: str, old: str, new: str) -> None:
    change(folder, file, old, new)
    assert "two records have this id" in only_problem(folder)


def test_an_intent_answered_in_two_files_is_reported(folder: Path) -> None:
    (folder / "answers" / "zz.yml").write_text("friends: {question: Who, facts: [friends], answer: They}")
    assert only_problem(folder) == f"{folder / 'answers/zz.yml'}: friends: also in answers/people.yml; keep one"


def test_all_problems_come_at_once_and_stop_the_loading(folder: Path) -> None:
    for file, old, new, _ in list(FAULTS.values())[:5]:
        if (folder / file).read_text(encoding="utf-8").count(old) == 1:
            change(folder, file, old, new)
    (folder / "wording.yml").unlink()
    found = problems(folder)
    assert len(found) == 5
    with pytest.raises(loader.FactsError) as error:
        loader.load(folder)
    assert error.value.problems == found
    assert all(line in str(error.value) for line in found)


def test_two_faults_of_one_record_are_two_lines(folder: Path) -> None:
    change(folder, "events.yml", "says: Marrowby left\n", "sayz: Marrowby left\n")
    assert [line.split(": ")[1:3] for line in problems(folder)] == [
        ["marrowby_leaves", "says"],
        ["marrowby_leaves", "sayz"],
    ]


def test_a_day_that_no_calendar_has_is_reported(folder: Path) -> None:
    change(folder, "events.yml", "on: 1951-06-03", "on: 1951-06-31")
    assert str(folder / "events.yml") in only_problem(folder)


@pytest.mark.parametrize("name", ["article.txt", "events.yml"])
def test_a_file_that_is_not_utf_8_is_reported(folder: Path, name: str) -> None:
    (folder / name).write_bytes(FILES[name].encode() + b"# \xe9\n")
    assert str(folder / name) in only_problem(folder)


def test_a_list_of_records_that_is_a_number_is_reported(folder: Path) -> None:
    (folder / "entities.yml").write_text("entities: 5")
    assert str(folder / "entities.yml") in only_problem(folder)


@pytest.mark.parametrize("text", [None, "a: [b"])
def test_a_fault_of_the_claims_file_is_reported_once(folder: Path, text: str | None) -> None:
    (folder / "claims.yml").unlink() if text is None else (folder / "claims.yml").write_text(text)
    assert str(folder / "claims.yml") in only_problem(folder)


def test_an_intent_answered_twice_in_one_file_is_reported(folder: Path) -> None:
    file = folder / "answers" / "people.yml"
    file.write_text(file.read_text() + "friends: {question: Who, facts: [friends], answer: They}\n")
    assert "friends" in only_problem(folder)


def test_a_slip_inside_a_date_is_answered_with_the_keys_of_a_date(folder: Path) -> None:
    change(folder, "events.yml", "{days: 2, after", "{dayz: 2, after")
    assert "participants" not in only_problem(folder)


def test_byline_and_source_are_read_where_there_is_a_file_of_them(folder: Path) -> None:
    assert loader.read(folder)[0].credits.dict() == {"byline": None, "source": None, "url": None}
    text = "byline: Edda Quill\nsource: The Harbour Gazette\nurl: https://gazette.example/1951/league?p=2\n"
    (folder / "article.yml").write_text(text, encoding="utf-8")
    base, found = loader.read(folder)
    assert found == []
    assert base.credits.byline == "Edda Quill"
    assert base.credits.source == "The Harbour Gazette"
    assert base.credits.url == "https://gazette.example/1951/league?p=2"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("author: Edda Quill", ["author", "byline, source, url"]),
        ("byline: [Edda, Quill]", ["byline"]),
        ('byline: " "', ["byline", "leave the key out"]),
        ("url: javascript:alert(1)", ["url", "javascript:alert(1)", "https://example.org/page"]),
        ("url: gazette.example", ["url", "https://example.org/page"]),
        ('url: "https://gazette.example/a page"', ["url", "https://example.org/page"]),
        ("just words", ["article.yml"]),
    ],
)
def test_byline_and_source_that_are_not_right_are_named(folder: Path, text: str, named: list[str]) -> None:
    (folder / "article.yml").write_text(text + "\n", encoding="utf-8")
    found = only_problem(folder)
    assert "article.yml" in found
    assert all(word in found for word in named), found

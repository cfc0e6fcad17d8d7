"""The words by which facts are claimed (`said.yml`): what is wrong in them is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.facts.loader import FactsError, load, read
from bot.facts.said import check_said
from tests.support.factbase import small, write


def problems(folder: Path, text: str) -> list[str]:
    facts, _ = write(folder)
    (facts / "said.yml").write_text(text, encoding="utf-8")
    base, found = read(facts)
    return [*found, *check_said(base)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nothing_such:\n  - {so: [alone]}", "nothing_such"),
        ("friends:\n  - {words: [old]}", "neither `so` nor `not_so`"),
        ("friends:\n  - {so: [friend*], not_so: [friend*]}", "“friend*” stands under `so` and under `not_so`"),
        ("friends:\n  - {so: [friend*], among: [fenwik]}", "fenwick"),
        ("friends:\n  - {so: [friend*], among: [fenwick], complete: actor}", "among"),
        ("friends:\n  - {so: [friend*], during: {until: dunholm_left}}", "dunholm_leaves"),
        ("friends:\n  - {so: [friend*], wrods: [old]}", "valid keys are so, not_so"),
        ("friends: {so: [friend*]}", "has to be a list"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, says: str) -> None:
    found = problems(tmp_path, text)
    assert len(found) == 1
    assert says in found[0]
    assert "said.yml" in found[0]


def test_the_small_base_has_none(tmp_path: Path) -> None:
    assert list(check_said(small())) == []


def test_an_article_needs_no_such_file(tmp_path: Path) -> None:
    facts, _ = write(tmp_path)
    (facts / "said.yml").unlink()
    assert load(facts).said == {}


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    facts, _ = write(tmp_path)
    (facts / "said.yml").write_text("- alone\n", encoding="utf-8")
    with pytest.raises(FactsError, match="has to hold keys and values"):
        load(facts)

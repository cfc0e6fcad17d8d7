"""Changing a script's text: only what has to change does, and what is written is read as it was meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BotError
from bot.facts.plain_yaml import PlainLoader
from converse import edit
from converse.document import Document, parse

TEXT = """\
# “Ünïcode” before 😀
list:   # of things
  - a: one   # first
    b: {c: 'two', d: "three"}
  # between

  - a: |
      long
      text
    b: {}
# before the next
other: yes
"""


def document(text: str = TEXT) -> Document:
    found = Document(Path("a.yml"), text)
    parse(found)
    assert not found.faults
    return found


def load(text: str) -> object:
    return yaml.load(text, PlainLoader)


def changed(*edits: edit.Edit, text: str = TEXT) -> list[tuple[str, str]]:
    """Return the lines that edits change, as (before, after)."""
    new = edit.apply(text, edits)
    load(new)
    return [pair for pair in zip(text.split("\n"), new.split("\n"), strict=False) if pair[0] != pair[1]]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_scalar_is_replaced_in_its_own_quotes(line_end):
    text = TEXT.replace("\n", line_end)
    found = document(text)
    edits = [
        edit.replace_scalar(found, ("list", 0, "a"), "1"),
        edit.replace_scalar(found, ("list", 0, "b", "c"), "it's"),
        edit.replace_scalar(found, ("list", 0, "b", "d"), "{4}"),
    ]
    assert [(a.strip(), b.strip()) for a, b in changed(*edits, text=text)] == [
        ("- a: one   # first", "- a: '1'   # first"),
        ("""b: {c: 'two', d: "three"}""", """b: {c: 'it''s', d: "{4}"}"""),
    ]


def test_block_of_text_is_replaced_by_one_line():
    new = edit.apply(TEXT, [edit.replace_scalar(document(), ("list", 1, "a"), "short\ntext")])
    assert load(new)["list"][1] == {"a": "short\ntext", "b": {}}
    assert '  - a: "short\\u000atext"\n    b: {}\n# before the next\n' in new


def test_item_goes_to_the_end_of_its_list_before_what_follows():
    new = edit.apply(TEXT, [edit.append_item(document(), ("list",), ["a: 3", "b: 4"])])
    assert load(new)["list"][2] == {"a": 3, "b": 4}
    assert "    b: {}\n  - a: 3\n    b: 4\n# before the next\n" in new


def test_item_goes_after_another_one():
    new = edit.apply(TEXT, [edit.insert_item_after(document(), ("list", 0), ["a: 3"])])
    assert 'd: "three"}\n  - a: 3\n  # between\n' in new


def test_item_goes_into_a_list_at_the_end_of_a_file_without_a_last_line_end():
    assert (
        edit.apply("l:\n- a: 1", [edit.append_item(document("l:\n- a: 1"), ("l",), ["b: 2"])]) == "l:\n- a: 1\n- b: 2"
    )


def test_list_on_one_line_is_told():
    with pytest.raises(BotError, match=r"a\.yml:1: l is written on one line"):
        edit.append_item(document("l: [a: 1]"), ("l",), ["b: 2"])


def test_mapping_of_several_lines_becomes_one():
    text = "m:\n  - n:\n      a: b   # why\n      c: d   # kept\n  - o: {}\n"
    assert edit.apply(text, [edit.rewrite(document(text), ("m", 0, "n"), "{a: e}")]) == (
        "m:\n  - n: {a: e}   # kept\n  - o: {}\n"
    )


TEXTS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=40)


@given(TEXTS, st.sampled_from([None, "", "'", '"', "|"]))
def test_whatever_is_written_is_read_as_what_it_is(text, style):
    assert load(f"[{{k: {edit.scalar(text, style)}, l: 1}}]") == [{"k": text, "l": 1}]
    assert load(f"- k: {edit.scalar(text, style, in_flow=False)}\n  l: 1") == [{"k": text, "l": 1}]


@given(TEXTS.filter(str.strip))
def test_pattern_of_a_text_is_found_in_it(text):
    assert re.search(edit.pattern(text), text)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("It left (late). Then it came.", r"It left \(late\)\."),
        ("Yes. It left. Then it came.", r"Yes\. It left\."),
        ("No. It did not", r"No\. It did not"),
        ("On June 3.5 it left", r"On June 3\.5 it left"),
    ],
)
def test_pattern_is_the_first_sentence_that_says_something(text, pattern):
    assert edit.pattern(text) == pattern

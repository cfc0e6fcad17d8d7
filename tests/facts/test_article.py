"""The article is cut into sentences without changing a letter of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.article import parse, plain
from tests.support.factbase import ARTICLE

SIGNS = st.text(st.sampled_from('Ab c.?!\n\t"“”’1 '), max_size=80)


def test_ids_say_paragraph_and_sentence_and_the_title_is_the_first() -> None:
    article = parse("A Title\nOne ends. Two ends!\n\nThree asks? “Four” too.\n")
    assert {i: s.text for i, s in article.sentences.items()} == {
        "P0S1": "A Title",
        "P1S1": "One ends.",
        "P1S2": "Two ends!",
        "P2S1": "Three asks?",
        "P2S2": "“Four” too.",
    }


@given(SIGNS)
def test_every_sentence_stands_at_its_offsets(text: str) -> None:
    article = parse(text)
    assert article.text == text
    for sentence in article.sentences.values():
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text.strip()


@given(SIGNS)
def test_sentences_follow_each_other_and_leave_out_only_white_space(text: str) -> None:
    end = 0
    for sentence in parse(text).sentences.values():
        assert not text[end : sentence.start].strip()
        end = sentence.end
    assert not text[end:].strip()


@given(SIGNS)
def test_ids_count_without_gaps(text: str) -> None:
    places = [tuple(map(int, re.findall(r"\d+", i))) for i in parse(text).sentences]
    assert places == sorted(places)
    for paragraph in {p for p, _ in places}:
        numbers = [s for p, s in places if p == paragraph]
        assert numbers == list(range(1, len(numbers) + 1))
    assert {p for p, _ in places} == set(range(len({p for p, _ in places})))


def test_repeated_sentences_have_offsets_of_their_own() -> None:
    article = parse("Same.\nSame. Same.")
    assert [(s.start, s.end) for s in article.sentences.values()] == [(0, 5), (6, 11), (12, 17)]


@pytest.mark.parametrize("text", ["It cost 3.50 in all.", "On the 3rd. of June, lower case follows. and goes on."])
def test_a_point_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert len(parse(text).sentences) == 1


def test_an_empty_article_has_no_sentences() -> None:
    assert parse("").sentences == {}


def test_a_quote_is_located_in_its_sentence_only() -> None:
    article = parse(ARTICLE)
    start, end = article.locate("P1S4", "left on June 3rd") or (0, 0)
    assert article.text[start:end] == "left on June 3rd"
    assert article.locate("P1S3", "left on June 3rd") is None
    assert article.locate("P9S9", "left on June 3rd") is None
    assert article.locate("P1S4", "Left on june 3rd") is None


def test_a_quote_is_found_whatever_its_quotation_marks_and_case() -> None:
    article = parse(ARTICLE)
    assert article.find("an OLD friend of Pellworth's") == "P2S3"
    assert article.find("a new friend") is None


@given(st.text(max_size=60))
def test_plain_text_stays_plain(text: str) -> None:
    assert plain(plain(text)) == plain(text)

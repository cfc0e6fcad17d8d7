# ruff: noqa: E501 (tables are read by line)
"""What can be made out as a question, and what can not."""

from __future__ import annotations

import pytest

from bot.language.no_language import has_gap_where_it_asks, is_identifier, is_no_question, is_scrap


@pytest.mark.parametrize(
    "text",
    [
        '{"intent": "greet", "entities": []}',
        "[1, 2, {'a': 3}]",
        "SELECT * FROM users;",
        "DROP TABLE conversations",
        'Traceback (most recent call last):\n  File "a.py", line 3, in <module>',
        "java.lang.NullPointerException\n\tat com.example.Main(Main.java:12)",
        "GET /index.html HTTP/1.1",
        "404 Not Found",
        "https://example.com/a?b=c",
        "null",
        "[object Object]",
        "<script>alert(1)</script>",
        "2024-01-31 12:00:01 ERROR disk full",
        "550e8400-e29b-41d4-a716-446655440000",
        "sudo rm -rf /",
        "asdfgh",
        "asdf jkl",
        "qwertz",
        "sdkfjhsdf kjsdhf",
        "zxcv zxcv",
        "asdasdasd",
    ],
)
def test_programs_and_struck_keys_ask_nothing(text: str) -> None:
    assert is_no_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "Who won the cup?",
        "select the best winner",
        "What is 5*3+(2/1)=?",
        "strengths and lengths",
        "How do I write a function in Python?",
        "liberty",
        "property, poverty",
        "C# or C++?",
        "50% of people & more",
        "lol",
        "pls",
        "",
    ],
)
def test_words_of_people_may_ask(text: str) -> None:
    assert not is_no_question(text)


@pytest.mark.parametrize(
    ("text", "gap"),
    [("What is {entity}?", True), ("Who is [NAME]", True), ("Hi {name}, who left first?", False), ("Who left?", False)],
)
def test_a_gap_of_a_template_matters_where_it_is_asked_about(text: str, gap: bool) -> None:
    assert has_gap_where_it_asks(text) is gap


@pytest.mark.parametrize(
    ("text", "identifier"), [("session_start", True), ("EXTERNAL: some_event", True), ("start", False), ("", False)]
)
def test_what_programs_say_to_each_other_is_told(text: str, identifier: bool) -> None:
    assert is_identifier(text) is identifier


@pytest.mark.parametrize(
    "text", ["a", "b?", "é", "Q", "zz", "aa", "xq", "x y", "a b c", "abc", "zzz", "ÿÿ", "0", "-1", "12345", "1e9", "3.7", "0x1f", "99!", "1 2 3"]
)  # fmt: skip
def test_lone_letters_and_figures_are_scraps(text: str) -> None:
    assert is_scrap(text)


@pytest.mark.parametrize(
    "text", ["", "?!", "y?", "n", "k", "why", "he?", "it", "no", "so", "hi", "EU", "G7", "the 12th", "12th", "was", "who", "act", "a question", "1st", "tl;dr", "w/o"]
)  # fmt: skip
def test_small_words_and_abbreviations_are_none(text: str) -> None:
    assert not is_scrap(text)

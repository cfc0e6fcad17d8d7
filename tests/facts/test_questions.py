"""Which questions a sentence answers."""

from __future__ import annotations

from bot.facts.loader import load
from bot.facts.questions import questions_by_sentence
from tests.support.factbase import small

ASKED = questions_by_sentence(small())


def test_every_sentence_is_there_in_order() -> None:
    assert list(ASKED) == list(small().article.sentences)


def test_sentence_that_states_nothing_is_asked_about_nothing() -> None:
    assert ASKED["P2S2"] == []


def test_question_that_rests_on_the_sentence_first_of_all_comes_first() -> None:
    assert ASKED["P2S3"] == [
        "What did Dunholm do while it was alone?",
        "Why was Dunholm the last to leave?",
        "Whose friend was Tilda Fenwick?",
    ]
    assert ASKED["P1S5"][:2] == ["When did Dunholm leave the League?", "How long was Dunholm alone?"]
    assert ASKED["P2S4"] == ["What is the article about?"]


def test_question_over_events_is_asked_of_each_with_a_date() -> None:
    assert ASKED["P1S4"][:2] == ["When did Brennock leave the League?", "When did Castermere leave the League?"]
    assert "When did Orlandia leave the League?" not in ASKED["P1S2"]
    assert "When was the League declared ended?" in ASKED["P3S1"]


def test_question_over_many_events_comes_last() -> None:
    asked = ASKED["P1S2"]
    assert asked[0] == "In what order did the islands leave?"  # nothing is asked of this sentence alone
    assert ASKED["P1S4"].index("In what order did the islands leave?") > 1


def test_sentence_of_the_article_that_states_something_can_be_asked_about() -> None:
    base = load()
    unasked = {sentence for sentence, asked in questions_by_sentence(base).items() if not asked}
    assert unasked <= set(base.silent)

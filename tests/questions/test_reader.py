"""Reading a message: the part that asks most clearly is read, with what the whole of it mentions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from bot import paths
from bot.errors import StartError
from bot.questions.model.question_model import Reading
from bot.questions.question import Before
from bot.questions.reader import Reader, load_reader
from tests.support.factbase import linker


class Model:
    """Reads what it was told, and remembers after what."""

    def __init__(self, intents: dict[str, tuple[str, float]]) -> None:
        self.intents = intents
        self.asked: list[tuple[tuple[str, ...], Before | None]] = []

    def read(self, texts: Sequence[str], after: Before | None = None) -> list[Reading]:
        self.asked.append((tuple(texts), after))
        stances = {"ask": 0.7, "true": 0.2, "false": 0.1}
        found = [self.intents.get(text, ("off_topic", 0.3)) for text in texts]
        return [Reading({intent: odds, "other": 0.0}, stances, np.empty(0)) for intent, odds in found]


MODEL = {"Hi!": ("greet", 0.99), "When did Brennock leave?": ("left_when", 0.9)}


def test_the_part_that_asks_is_read_and_its_mentions_have_their_places_in_it() -> None:
    question = Reader(Model(MODEL), linker(), {"greet", "off_topic"}, {}).read("Hi! When did Brennock leave?")
    assert (question.text, question.whole) == ("When did Brennock leave?", "Hi! When did Brennock leave?")
    assert (question.intent, question.confidence, question.ranking[0]) == ("left_when", 0.9, ("left_when", 0.9))
    assert (question.ask, question.true, question.false) == (0.7, 0.2, 0.1)
    brennock = next(m for m in question.mentions if m.value == "brennock")
    assert question.text[brennock.start : brennock.end] == "Brennock"


def test_what_was_asked_before_is_handed_to_the_model() -> None:
    model = Model(MODEL)
    Reader(model, linker(), (), {}).read("And why?", after=Before("When did Brennock leave?"))
    assert model.asked == [(("And why?",), Before("When did Brennock leave?"))]


def test_without_a_trained_model_it_says_how_to_make_one(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "QUESTION_MODELS", tmp_path_factory.mktemp("models"))
    with pytest.raises(StartError, match="make train"):
        load_reader()


def test_what_the_bot_offers_is_read_as_it_is_meant() -> None:
    read = Reader(Model(MODEL), linker(), (), {"whose friend was brennock": "friends"}).read
    question = read("Whose friend was Brennock?")
    assert (question.intent, question.confidence) == ("friends", 1.0)
    assert read("When did Brennock leave?").intent != "friends"

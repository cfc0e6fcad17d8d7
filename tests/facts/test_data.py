"""What must hold for the article's fact base, however it is worded."""

from __future__ import annotations

import re
import string
from itertools import chain

import pytest

from bot import paths
from bot.answers import compose
from bot.answers.cli import problems_of as check
from bot.facts.article import plain
from bot.facts.loader import load
from bot.questions.question import Question
from tests.support.factbase import small

BASE = load(paths.FACTS)
TEXTS = {
    (name, key): text
    for name, entry in BASE.answers.items()
    for key in ("answer", "yes", "no", "simple")
    if (text := getattr(entry, key))
}
MOST_WORDS = 90

_NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve second third fourth fifth".split()
)
# Words that begin a sentence or a clause with a capital letter without being names.
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|“)\W*\w+")


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", plain(text))


def known_words() -> set[str]:
    named = chain.from_iterable([e.name, *e.aliases, *e.adjectives, e.short or ""] for e in BASE.entities.values())
    return {re.sub(r"'s?$", "", word) for text in [BASE.article.text, *named] for word in words(text)}


KNOWN = known_words()


def claims_in(text: str) -> set[str]:
    """Return the numbers and capitalised names in a text."""
    inner = _SENTENCE_START.sub(" ", text)
    names = {re.sub(r"['’]s?$", "", name).lower() for name in re.findall(r"\b[A-Z][\w’']*", inner)}
    numbers = {word for word in words(text) if word in _NUMBER_WORDS or word[0].isdigit()}
    return names | numbers


def test_the_checker_finds_nothing() -> None:
    assert check() == []


@pytest.mark.parametrize("name", [*BASE.facts, *(e.id for e in BASE.entities.values() if not e.outside)])
def test_every_record_has_evidence_verbatim_at_its_offsets(name: str) -> None:
    record = BASE.facts.get(name) or BASE.entities[name]
    quotes = BASE.quotes([name])
    assert quotes
    assert len(quotes) == len(record.evidence)
    for quote in quotes:
        assert BASE.article.text[quote.start : quote.end] == quote.quote
        assert quote.quote in BASE.article.sentences[quote.sentence].text


def test_every_sentence_is_evidence_or_listed_as_silent() -> None:
    proving = {sentence for fact in BASE.facts.values() for sentence in fact.evidence}
    assert proving | set(BASE.silent) == set(BASE.article.sentences)
    assert not proving & set(BASE.silent)


@pytest.mark.parametrize(("name", "key"), TEXTS)
def test_every_text_is_short_enough(name: str, key: str) -> None:
    assert len(TEXTS[name, key].split()) <= MOST_WORDS


@pytest.mark.parametrize(("name", "key"), TEXTS)
def test_every_text_is_whole_sentences_without_verdict(name: str, key: str) -> None:
    text = TEXTS[name, key]
    assert text[0] in string.ascii_uppercase + "“"
    assert text.rstrip("”").endswith((".", "?"))
    # The frame adds the verdict.
    assert not text.startswith(("Yes.", "No.", "Yes,", "No,"))
    assert "{" not in text


@pytest.mark.parametrize(("name", "key"), TEXTS)
def test_names_and_numbers_of_an_answer_stand_in_the_article(name: str, key: str) -> None:
    assert claims_in(TEXTS[name, key]) <= KNOWN


@pytest.mark.parametrize("name", [*BASE.facts, *(e.id for e in BASE.entities.values() if e.about)])
def test_names_and_numbers_of_a_record_stand_in_the_article(name: str) -> None:
    record = BASE.facts.get(name) or BASE.entities[name]
    for text in filter(None, (getattr(record, key, None) for key in ("says", "noun", "purpose", "about"))):
        assert claims_in(text) <= KNOWN
        assert len(text.split()) <= MOST_WORDS


@pytest.mark.parametrize(("name", "key"), TEXTS)
def test_figures_of_an_answer_stand_in_the_evidence_of_its_facts(name: str, key: str) -> None:
    entry = BASE.answers[name]
    facts = [*entry.facts, *entry.no_facts]
    read = {s for fact in facts for s in BASE.facts[fact].evidence}
    # A date that follows by counting is proved by what it is counted from.
    told = " ".join(BASE.article.sentences[s].text for s in read) + " ".join(
        f"{BASE.dates[f].full} {BASE.dates[f].days}" for f in facts if f in BASE.dates
    )
    assert set(re.findall(r"\d+", TEXTS[name, key])) <= set(re.findall(r"\d+", told))


def test_answers_tell_of_whom_they_are_about() -> None:
    for name, entry in BASE.answers.items():
        for kind, ids in entry.only.items():
            for entity in ids:
                assert BASE.entities[entity].type == kind, f"{name}: only: {entity} is no {kind}"


def test_every_operation_has_what_it_works_on() -> None:
    for name, entry in BASE.answers.items():
        if entry.operation in ("when", "on_date", "order", "neighbour", "compare", "days_between", "remaining_after"):
            assert entry.event or (entry.events and entry.role), name
            assert entry.event or BASE.events_of_type(entry.events or ""), name
        if entry.operation == "remaining_after":
            leavers = {i for e in BASE.events_of_type(entry.events or "") for i in e.entities(entry.role)}
            assert set(BASE.claims[entry.group or ""].subject) <= leavers, name


def test_durations_are_told_by_their_answers() -> None:
    for name, entry in BASE.answers.items():
        assert set(entry.gives) <= {"time", "place", "number"}, name
        if entry.during:
            period = BASE.answers[entry.during]
            assert period.duration_days, name
            assert period.no, name


def test_offices_have_a_holder() -> None:
    for entity in BASE.entities.values():
        if entity.type == "office":
            assert entity.holder in BASE.entities, entity.id


def test_suggested_questions_are_all_different_and_are_questions() -> None:
    questions = [entry.question for entry in BASE.answers.values()]
    assert len(set(questions)) == len(questions)
    assert all(question.endswith("?") and len(question.split()) <= 15 for question in questions)


def test_nothing_is_suggested_after_itself() -> None:
    assert [name for name, entry in BASE.answers.items() if name in entry.next] == []


def test_restated_questions_take_just_an_entity() -> None:
    for entry in BASE.answers.values():
        if entry.restated:
            assert "Somebody" in entry.restated.format(entity="Somebody")


@pytest.mark.parametrize("name", BASE.missing)
def test_every_refusal_can_be_said(name: str) -> None:
    reply = compose.refuse(BASE, Question("?", name, 1.0))
    assert reply.status == "not_in_document"
    assert reply.buttons
    assert not reply.facts
    assert len(reply.text.split()) <= MOST_WORDS
    assert "{" not in reply.text
    assert claims_in(reply.text) <= KNOWN


def test_an_article_entity_is_named_with_its_own_words_somewhere() -> None:
    text = plain(BASE.article.text)
    for entity in BASE.entities.values():
        own = [entity.name, *entity.aliases, *entity.descriptions, *entity.adjectives]
        told = any(plain(name).removeprefix("the ") in text for name in own)
        assert told != entity.outside, entity.id


def placeholders(texts: str | list[str]) -> set[str]:
    forms = [texts] if isinstance(texts, str) else texts
    return {field for text in forms for _, field, _, _ in string.Formatter().parse(text) if field is not None}


OF_EACH_ARTICLE = ("social", "relations")
SECTIONS = [
    (section, key)
    for section, keys in small().wording.items()
    if isinstance(keys, dict) and section not in OF_EACH_ARTICLE
    for key in keys
]


@pytest.mark.parametrize(("section", "key"), SECTIONS)
def test_wording_has_every_key_and_only_braces_that_are_filled(section: str, key: str) -> None:
    # The small base of the tests has the keys and braces that the code fills, proved by the tests of the code.
    assert placeholders(BASE.wording[section][key]) <= placeholders(small().wording[section][key])


def test_small_talk_has_words_for_starting_over() -> None:
    assert BASE.wording["social"][BASE.vocabulary.intents.start_over]
    assert len(BASE.wording["examples"]) in (2, 3)


def test_examples_are_suggested_as_they_are_asked() -> None:
    questions = {entry.question for entry in BASE.answers.values()}
    assert all(example.endswith("?") for example in BASE.wording["examples"])
    assert questions & set(BASE.wording["examples"])

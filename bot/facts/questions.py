"""Which questions a sentence of the article answers. Pure functions over the fact base."""

from __future__ import annotations

from bot.facts.base import FactBase
from bot.facts.model import Answer

_LAST = 100


def questions_by_sentence(base: FactBase) -> dict[str, list[str]]:
    """Return, for each sentence, questions that its facts answer: those that rest on it first of all come first."""
    found = asked_by_sentence(base)
    return {sentence: list(dict.fromkeys(question for _, question in asked)) for sentence, asked in found.items()}


def asked_by_sentence(base: FactBase) -> dict[str, list[tuple[str, str]]]:
    """Return the same questions, each behind the intent that it belongs to."""
    ranked: dict[str, list[tuple[int, int, str, str]]] = {sentence: [] for sentence in base.article.sentences}
    for number, (intent, entry) in enumerate(base.answers.items()):
        for question, facts in _asked(base, entry):
            sentences = dict.fromkeys(quote.sentence for quote in base.quotes(facts))
            # A question over many events is about none of their sentences in particular.
            least = _LAST if entry.events and len(facts) > 1 else 0
            for rank, sentence in enumerate(sentences, least):
                ranked[sentence].append((rank, number, intent, question))
    return {sentence: [(i, q) for _, _, i, q in sorted(found)] for sentence, found in ranked.items()}


def _asked(base: FactBase, entry: Answer) -> list[tuple[str, list[str]]]:
    """Return the questions that an entry answers, each with the facts it rests on.

    One over events of a type is asked of each event by its participant: "When did Russia leave?".
    """
    if entry.facts:
        return [(entry.question, entry.facts)]
    if entry.event:
        return [(entry.question, [entry.event])]
    if not entry.events:
        return []
    events = [event for event in base.events_of_type(entry.events) if event.entities(entry.role)]
    if entry.operation != "when" or not entry.restated:
        # An answer over events speaks of those with a date; one about their order, of the first as well.
        first = [event.id for event in events[:1] if entry.operation == "order"]
        return [(entry.question, first + [event.id for event in events if event.id in base.dates])]
    return [
        (entry.restated.format(entity=base.entities[event.entities(entry.role)[0]].name), [event.id])
        for event in events
        if event.id in base.dates
    ]

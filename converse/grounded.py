"""Whether a reply rests on the article, found out by comparing, without a language model.

Every quote of the answer record must stand in the article verbatim at its offsets. Every name, date and number of the
text must stand in those quotes, or be worked out from the facts that the record names, or come from the user's own
question. A name also counts where the facts say who is meant ("the president" in a quote, "Gorbachev" in the reply).
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Any

from bot.facts.base import FactBase
from bot.facts.model import Entity
from bot.language.dates import dates
from bot.language.numbers import is_number_word, numbers_told
from bot.language.words import fold

SELF_DESCRIPTION = ("matched", "matched_several", "followed", "of_kind", "second", "facts_used")
"""Templates of wording.yml (under `steer`) in which the bot speaks of itself and not of the article."""

_WORD = re.compile(r"[^\W\d_][\w’'-]*|(?:[^\W\d_]\.){2,}")
_POSSESSIVE = re.compile(r"['’]s?$")
_SENTENCE_START = re.compile(r"(?:^|[.?!:;\n]|[“\"(])\s*[“\"(]?$")
_SENTENCE_ID = re.compile(r"\bP\d+S\d+\b")


@dataclass(frozen=True)
class Grounding:
    """How many quotes, names, dates and numbers were looked at, and what is wrong with some of them."""

    checked: int
    problems: tuple[str, ...]

    @property
    def share(self) -> float:
        """The share that is borne out."""
        return 1 - len(self.problems) / max(self.checked, len(self.problems), 1)


class Grounds:
    """The article and its fact base as what replies are held against."""

    def __init__(self, base: FactBase) -> None:
        self.base = base

    def check(self, text: str, record: Mapping[str, Any], question: str = "") -> Grounding:
        """Hold a reply against its evidence."""
        evidence = list(record.get("evidence") or ())
        problems = [told for quote in evidence if (told := self._quote_problem(quote))]
        checked = len(evidence)
        if not evidence:
            problems.append("the answer quotes no sentence of the article")
            checked += 1
        reply = _Reply(self, text, record, question)
        for found, told in (reply.names(), reply.dates(), reply.numbers()):
            checked += found
            problems += told
        return Grounding(checked, tuple(dict.fromkeys(problems)))

    def _quote_problem(self, quote: Mapping[str, Any]) -> str | None:
        article = self.base.article
        start, end, words, name = quote.get("start"), quote.get("end"), quote.get("quote"), quote.get("sentence")
        sentence = article.sentences.get(str(name))
        if sentence is None:
            return f"there is no sentence {name}"
        if not isinstance(start, int) or not isinstance(end, int) or not words or article.text[start:end] != words:
            return f"the quote of {name} is not what the article has from {start} to {end}: {words}"
        if not sentence.start <= start <= end <= sentence.end:
            return f"the quote of {name} stands outside that sentence: {words}"
        return None

    @cached_property
    def ordinary(self) -> set[str]:
        """Words that are no names: common ones, and what the article and the bot's own texts have in lower case."""
        from spacy.lang.en.stop_words import STOP_WORDS

        templates = " ".join(_texts(self.base.wording))
        answers = [t for a in self.base.answers.values() for t in (a.question, a.answer, a.yes, a.no, a.simple) if t]
        says = [fact.says for fact in self.base.facts.values()]
        texts = [self.base.article.text, templates, *answers, *says, *self._refusals]
        lower = {m.group() for text in texts for m in _WORD.finditer(text) if m.group().islower()}
        # What a template of ours begins with is a word of ours.
        first = {m.group().lower() for text in _texts(self.base.wording) if (m := _WORD.match(text))}
        return lower | first | STOP_WORDS

    @property
    def _refusals(self) -> list[str]:
        entries = self.base.missing.values()
        return [text for entry in entries for one in (entry, *entry.asked) for text in one.what]

    @cached_property
    def phrases(self) -> dict[str, set[str]]:
        """How entities may be called, folded -> their ids."""
        found: dict[str, set[str]] = {}
        for entity in self.base.entities.values():
            for name in (*_names(entity), *entity.descriptions):
                found.setdefault(_key(name), set()).add(entity.id)
        return found

    @lru_cache(maxsize=1024)  # noqa: B019 (as long as the article is)
    def mentioned(self, text: str) -> frozenset[str]:
        """Return the ids of the entities that a text names."""
        words = _key(text).split()
        longest = max((phrase.count(" ") + 1 for phrase in self.phrases), default=0)
        found: set[str] = set()
        for first in range(len(words)):
            for size in range(1, min(longest, len(words) - first) + 1):
                found |= self.phrases.get(" ".join(words[first : first + size]), set())
        return frozenset(found)

    @cached_property
    def own_words(self) -> list[re.Pattern[str]]:
        """What the bot says of itself, as patterns."""
        steer = self.base.wording.get("steer", {})
        found = []
        for template in (steer[key] for key in SELF_DESCRIPTION if key in steer):
            parts = [re.escape(part) for part in re.split(r"\{\w+\}", template)]
            found.append(re.compile(".+?".join(parts)))
        return found


class _Reply:
    """One reply with all that it may rest on."""

    def __init__(self, grounds: Grounds, text: str, record: Mapping[str, Any], question: str) -> None:
        self.base = grounds.base
        self.grounds = grounds
        self.derived = bool(record.get("derived"))
        self.facts = [fact for fact in record.get("facts") or () if fact in {**self.base.facts, **self.base.entities}]
        self.cited = {str(quote.get("sentence")) for quote in record.get("evidence") or ()}
        quotes = [str(quote.get("quote") or "") for quote in record.get("evidence") or ()]
        # Who reads a quote is shown its sentence; what stands elsewhere in it is evidence as well.
        sentences = [
            self.base.article.sentences[name].text for name in self.cited if name in self.base.article.sentences
        ]
        self.sources = [*quotes, *sentences, question]
        for pattern in grounds.own_words:
            text = pattern.sub(" ", text)
        for quote in quotes:  # held against the article already
            text = text.replace(f"“{quote}”", " ")
        self.text = text

    def names(self) -> tuple[int, list[str]]:
        """Return how many names the text has, and what is wrong with some."""
        known = {_stem(word) for text in [*self.sources, *self._present_names()] for word in _WORD.findall(text)}
        found, problems = 0, []
        cited = _SENTENCE_ID.findall(self.text)
        problems += [f"{name} is named in the text and not in the evidence" for name in cited if name not in self.cited]
        for match in _WORD.finditer(_SENTENCE_ID.sub("", self.text)):
            word = match.group()
            if not word[0].isupper() or word.lower() in _MONTHS or is_number_word(word):
                continue
            begins = _SENTENCE_START.search(_SENTENCE_ID.sub("", self.text)[: match.start()])
            stem = _stem(word)
            if begins and (stem in self.grounds.ordinary or word.lower() in self.grounds.ordinary):
                continue
            found += 1
            if stem not in known:
                problems.append(f"the name {word} is neither in the evidence nor in the question")
        return found + len(cited), problems

    def dates(self) -> tuple[int, list[str]]:
        """Return how many dates the text has, and what is wrong with some."""
        known = [mention.value for text in self.sources for mention in dates(text)]
        known += [day.isoformat() for day in self._days().values()]
        known += [value for fact in self.facts if (value := self._period(fact))]
        found = dates(self.text)
        problems = [
            f"the date {self.text[m.start : m.end]} is neither in the evidence nor counted from it"
            for m in found
            if not any(_agrees(m.value, other) for other in known)
        ]
        return len(found), problems

    def numbers(self) -> tuple[int, list[str]]:
        """Return how many numbers the text has, dates aside, and what is wrong with some."""
        known = {value for text in self.sources for value in _numbers(text)}
        days = self._days()
        known |= {abs((one - other).days) for one, other in combinations(days.values(), 2)}
        known |= {dated.days for fact in self.facts if (dated := self.base.dates.get(fact)) and dated.days}
        known |= self._counts()
        values = _numbers(_SENTENCE_ID.sub("", self.text))
        problems = [
            f"the number {value:g} is neither in the evidence nor counted from it"
            for value in values
            if value not in known
        ]
        return len(values), problems

    def _days(self) -> dict[str, datetime.date]:
        """Return the day of each fact whose day the article states, or that can be counted from what is cited."""
        return {
            fact: self.base.dates[fact].day for fact in self.facts if self._follows(fact) if self.base.dates[fact].day
        }

    def _follows(self, fact: str) -> bool:
        """Say whether a fact's date needs no more than the record has; one counted from other facts needs these too,
        unless the record says that it is worked out."""
        dated = self.base.dates.get(fact)
        if dated is None:
            return False
        if dated.counted_from is None or self.derived:
            return True
        return dated.counted_from in self.facts and self._follows(dated.counted_from)

    def _period(self, fact: str) -> str | None:
        dated = self.base.dates.get(fact)
        return dated.text if dated and not dated.day else None

    def _counts(self) -> set[float]:
        """Return how many of one type are listed: by the text, by a sentence cited, by a fact."""
        lists: list[Iterable[str]] = [self.grounds.mentioned(text) for text in (self.text, *self.sources)]
        lists += [set(self._entities(fact)) for fact in self.facts]
        counts = [Counter(self.base.entities[i].type for i in ids if i in self.base.entities) for ids in lists]
        return {float(number) for count in counts for number in count.values()}

    def _present_names(self) -> list[str]:
        """Return all names of whatever the evidence or the question speaks of."""
        present = {i for fact in self.facts for i in self._entities(fact)}
        present = present.union(*(self.grounds.mentioned(text) for text in self.sources))
        return [name for i in present if i in self.base.entities for name in _names(self.base.entities[i])]

    def _entities(self, fact: str) -> Iterable[str]:
        record = self.base.facts.get(fact)
        if record is not None:
            return record.entities()
        entity = self.base.entities[fact]
        involved = [i for inner in entity.facts if inner in self.base.facts for i in self.base.facts[inner].entities()]
        return [entity.id, *involved, *(i for i in (entity.holder, entity.of) if i)]


_MONTHS = {datetime.date(2000, month, 1).strftime("%B").lower() for month in range(1, 13)}


def _agrees(value: str, other: str) -> bool:
    """Say whether a date says nothing that another, at least as exact, does not say as well."""
    wanted, given = _parts(value), _parts(other)
    return all(part is None or part == known for part, known in zip(wanted, given, strict=True))


def _parts(value: str) -> tuple[int | None, int | None, int | None]:
    """Split 1991-12-10, --12-10, ---10, 1991-12, --12 or 1990 into year, month and day."""
    match = re.fullmatch(r"(\d{4}|-)?(?:-(\d\d|-))?(?:-?(\d\d))?", value)
    if match is None:
        return None, None, None
    year, month, day = (int(part) if part and part.isdigit() else None for part in match.groups())
    return year, month, day


def _numbers(text: str) -> list[float]:
    """Return the numbers in a text, those of dates aside."""
    for mention in sorted(dates(text), key=lambda m: m.start, reverse=True):
        text = text[: mention.start] + " " + text[mention.end :]
    return numbers_told(text)


def _names(entity: Entity) -> list[str]:
    return [entity.name, *entity.aliases, *entity.exact, *entity.adjectives, *([entity.short] if entity.short else [])]


def _texts(content: Any) -> list[str]:
    if isinstance(content, str):
        return [content]
    values = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return [text for value in values for text in _texts(value)]


def _key(text: str) -> str:
    return " ".join(_stem(word) for word in _WORD.findall(text))


def _stem(word: str) -> str:
    return _POSSESSIVE.sub("", fold(word).rstrip("-"))

"""The article as paragraphs and sentences, each with its place in the text."""

from __future__ import annotations

from dataclasses import dataclass

from bot.language.sentences import sentences_of

_CURLY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


@dataclass(frozen=True)
class Sentence:
    """One sentence of the article, `text == article[start:end]`."""

    id: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Article:
    """The text, unchanged, and its sentences by id (P3S8: paragraph 3, sentence 8; P0S1: the title)."""

    text: str
    sentences: dict[str, Sentence]

    def locate(self, sentence_id: str, quote: str) -> tuple[int, int] | None:
        """Return the offsets of `quote` in the article, or None where that sentence does not hold it verbatim."""
        sentence = self.sentences.get(sentence_id)
        at = sentence.text.find(quote) if sentence else -1
        return None if at < 0 else (sentence.start + at, sentence.start + at + len(quote))

    def find(self, quote: str) -> str | None:
        """Return the id of the sentence that holds `quote`, straight and curly quotes being alike, or None."""
        wanted = plain(quote)
        return next((s.id for s in self.sentences.values() if wanted in plain(s.text)), None)


def parse(text: str) -> Article:
    """Split an article into sentences: one paragraph a line, the first line being the title."""
    sentences = {}
    offset = 0
    paragraph = 0
    for line in text.split("\n"):
        if line.strip():
            start = offset
            for number, part in enumerate(sentences_of(line), 1):
                at = text.index(part, start)
                start = at + len(part)
                name = f"P{paragraph}S{number}"
                sentences[name] = Sentence(name, part, at, start)
            paragraph += 1
        offset += len(line) + 1
    return Article(text, sentences)


def plain(text: str) -> str:
    """Return `text` with straight quotes and single spaces, in lower case."""
    return " ".join(text.translate(_CURLY).lower().split())

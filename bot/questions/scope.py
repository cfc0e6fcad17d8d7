"""Which of the names in a question it leaves out of account, and between which it asks to choose."""

from __future__ import annotations

from collections.abc import Iterable

from bot.language.scope import LeftOut, alternatives_at, beside_or, joins, left_out
from bot.questions.mentions import ORDER, Mention


def excluded(text: str, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions that are left out: of "Who besides Ada or Grace saw the Mary?" the first two."""
    placed = _placed(text, mentions)
    return tuple(dict.fromkeys(m for piece in left_out(text) for m in _listed(text, piece, placed)))


def replaced(text: str, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return those in whose place a question names another of their kind: "Grace, not Ada", "Grace instead of Ada"."""
    placed = _placed(text, mentions)
    out = [m for piece in left_out(text) if piece.instead for m in _listed(text, piece, placed)]
    kinds = {m.entity for m in placed if m not in out}
    return tuple(m for m in dict.fromkeys(out) if m.entity in kinds)


def left_out_words(text: str) -> str:
    """Return all that a question leaves out, in its words."""
    return " ".join(text[piece.start : piece.end] for piece in left_out(text))


def alternatives(text: str, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the things of one kind between which a question asks to choose: "the 3rd, the 4th or the 5th?"."""
    placed = [m for m in _placed(text, mentions) if m.entity != ORDER]
    for at in alternatives_at(text):
        before = [m for m in placed if m.end <= at and beside_or(text, m.end, at)]
        after = [m for m in placed if m.start > at and beside_or(text, at, m.start)]
        for one in reversed(before):
            if other := next((m for m in after if m.entity == one.entity and m.value != one.value), None):
                return (*_chained_to(text, one, before), other)
    return ()


def _chained_to(text: str, last: Mention, before: list[Mention]) -> tuple[Mention, ...]:
    """Return a mention with those of its kind that are listed before it."""
    found = [last]
    for one in reversed([m for m in before if m.entity == last.entity and m.end <= last.start]):
        if not joins(text[one.end : found[0].start]):
            break
        found.insert(0, one)
    return tuple(found)


def _listed(text: str, piece: LeftOut, placed: list[Mention]) -> list[Mention]:
    """Return the names at the beginning of a piece: what follows a verb is left out no more."""
    found: list[Mention] = []
    for mention in (m for m in placed if piece.start <= m.start and m.end <= piece.end):
        if found and mention.start >= found[-1].end and not joins(text[found[-1].end : mention.start]):
            break
        found.append(mention)
    return found


def _placed(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that have a place in the text, in its order."""
    return sorted((m for m in mentions if 0 <= m.start < m.end <= len(text)), key=lambda m: (m.start, -m.end))

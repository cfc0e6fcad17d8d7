"""Texts that are no language: output of programs, keys struck at random, what a template leaves unfilled."""

from __future__ import annotations

import re

from bot.language.numbers import NUMBER_OF_WORD
from bot.language.other_languages import is_english_word

BLANK = re.compile(r"\$?\{+\s*([\w.]*)[^{}\"']*\}+|%s\b|<%.*?%>|\$[A-Z_]{2,}\b|\[[A-Z_ ]{3,}\]")
"""What a template leaves where something should have been filled in: {entity}, {{name}}, ${7*7}, $USER, [COUNTRY]."""
_IDENTIFIER = re.compile(r"(\w+:\s*)?[A-Za-z]+(_[A-Za-z]+)+(@[\d.]+)?")
_ASKED = re.compile(
    r"\b(who|whom|whose|what|which|when|where|why|how|is|are|was|were|did|does|do|had|has|about)\b", re.I
)
_MACHINE = re.compile(
    r"""
    ^\s*[\[{].*["':].*[\]}]\s*$                                             # JSON and its like
    | \b(SELECT\b.+\bFROM|INSERT\s+INTO|DELETE\s+FROM|(DROP|CREATE|ALTER)\s+TABLE)\b     # SQL
    | \b(select|insert|update|delete|drop)\b[^?]*(;\s*$|\*\s+from\b)
    | \bTraceback\ \(most\ recent | \bFile\ ".+",\ line\ \d+ | ^\s*at\ [\w.$<>]+\(       # stack traces
    | \b\w+(Error|Exception)\b | \bpanic: | \bcore\ dumped | \b0x[0-9a-fA-F]+\b
    | ^\s*(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\ / | \bHTTP/\d | ^\s*[1-5]\d\d\ (OK|[A-Z][a-z]+)\b
    | ^\s*\S+://\S+\s*$ | ^\s*\S+@\S+\.\w+\s*$                              # an address alone
    | </?[a-zA-Z!][^>]*> | &\#?\w+;                                          # markup
    | ^\s*(import|def|function|var|const|let|\#include|public\ class)\b.*[=({;:<] | \w+\([^)]*\)\s*[;{]
    | ^\s*[$#>]\s*\w+ | \b(sudo|rm\ -\w+|curl\ -|wget\ )                     # shells
    | ^\s*\d{4}-\d\d-\d\d[T ]\d\d:\d\d | ^\s*\[?(INFO|WARN|WARNING|ERROR|DEBUG|FATAL|TRACE)\b[\]:]   # logs
    | ^\s*(null|undefined|NaN|\[object\ \w+\])\s*$
    | (?=\S*\d)(?=\S*[A-Za-z])[A-Za-z0-9+/=_-]{24,}                          # keys, hashes, Base64
    """,
    re.X | re.S | re.M,
)
_SIGNS = re.compile(r"[{}\[\]<>=|\\;#$%^&*~/+@_`]")
_MOST_SIGNS = 0.2
_LEAST_SIGNS = 4
_WORD = re.compile(r"[^\W\d_]+")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "qsdfghjklm", "yxcvbnm")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_RUNS = (_ALPHABET, *(keys for row in _ROWS for keys in (row, row[::-1])))
_NEIGHBOURS = frozenset(run[i : i + 2] for run in _RUNS for i in range(len(run) - 1))
_RUN = 3
"""Keys in a row, each beside the one before, that are more than chance ..."""
_MOST_OF_WORD = 0.6
"""... where they make up so much of a word."""
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}", re.I)
_NO_VOWEL = re.compile(r"[bcdfghjklmnpqrstvwxz]{4,}", re.I)
_AGAIN = re.compile(r"(.{1,4}?)\1{2,}.{0,2}", re.I)
_SHORT = 3
_OUTER = re.compile(r"^[\W_]+|[\W_]+$")
_FIGURE = re.compile(r"\d(?:[\d.,:/_-]*\d)?(?:e[-+]?\d+|x[\da-f]+)?", re.I)
_MEANT_ALONE = frozenset("y n k".split())
"""Letters that people write for a word: yes or why, no, okay."""
_VOWEL = re.compile(r"[aeiouy]", re.I)


def has_gap_where_it_asks(text: str) -> bool:
    """True for "What is {entity}?", but not for "Hi {name}, who left first?"."""
    blank = BLANK.search(text)
    return bool(blank and _ASKED.search(re.split(r"[,.;:?!]", text[: blank.start()])[-1]))


def is_identifier(text: str) -> bool:
    """True for what programs say to each other, and no person: session_start."""
    return bool(_IDENTIFIER.fullmatch(text.strip()))


def is_no_question(text: str) -> bool:
    """True for what programs say to each other and for keys struck at random.

    To be asked of what was refused anyway: "<b>When did they leave?</b>" is markup, and a question all the same.

    >>> is_no_question('{"a": [1, 2]}'), is_no_question("asdfgh jkl"), is_no_question("Who won the cup?")
    (True, True, False)
    """
    if _MACHINE.search(text):
        return True
    signs = len(_SIGNS.findall(text))
    if signs >= _LEAST_SIGNS and signs >= _MOST_SIGNS * len(text) and not _ASKED.search(text):
        return True
    words = _WORD.findall(text)
    return bool(words) and all(_is_struck(word.lower()) for word in words) and any(len(w) > _SHORT for w in words)


def is_scrap(text: str) -> bool:
    """True for what is too little to be a word of any question: lone letters, two struck by chance, bare numbers.

    What is written in capitals may be an abbreviation ("UK?"), and is none.

    >>> is_scrap("b?"), is_scrap("zz"), is_scrap("1e9"), is_scrap("why"), is_scrap("UK")
    (True, True, True, False, False)
    """
    tokens = [token for chunk in text.split() if (token := _OUTER.sub("", chunk))]
    is_meant = len(tokens) == 1 and tokens[0].lower() in _MEANT_ALONE
    return bool(tokens) and not is_meant and all(map(_is_bit, tokens))


def _is_bit(token: str) -> bool:
    """True for a token that is no word, and no abbreviation either."""
    low = token.lower()
    if len(low) == 1 or _FIGURE.fullmatch(low) or low in NUMBER_OF_WORD:
        return True
    if len(low) > _SHORT or not low.isalpha() or token.isupper() or is_english_word(low):
        return False
    is_run = len(low) == _SHORT and _is_struck(low)
    return is_run or len(set(low)) == 1 or (len(low) < _SHORT and not (_VOWEL.search(low[1:]) and low.isascii()))


def _is_struck(word: str) -> bool:
    """True for a word that is no word of any language."""
    if len(word) <= _SHORT:
        return all(word[i : i + 2] in _NEIGHBOURS for i in range(len(word) - 1))
    if _CONSONANTS.search(word) or _NO_VOWEL.fullmatch(word) or _AGAIN.fullmatch(word):
        return True
    beside, longest = 1, 1
    for i in range(len(word) - 1):
        beside = beside + 1 if word[i : i + 2] in _NEIGHBOURS else 1
        longest = max(longest, beside)
    return longest > _RUN and longest >= _MOST_OF_WORD * len(word)

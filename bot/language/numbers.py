"""Numbers in words: reading them, and writing them."""

from __future__ import annotations

import re

_NUMBERS = """
    zero; one a an; two couple; three; four; five; six; seven; eight; nine; ten; eleven; twelve dozen; thirteen;
    fourteen; fifteen; sixteen; seventeen; eighteen; nineteen; twenty
    """
NUMBER_OF_WORD = {word: number for number, words in enumerate(_NUMBERS.split(";")) for word in words.split()}
_ORDINALS = """
    zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    """.split()
NUMBER_OF_ORDINAL = {word: number for number, word in enumerate(_ORDINALS)} | {
    f"twenty{join}{word}": 20 + number
    for join in ("-", " ", "")
    for number, word in enumerate(_ORDINALS[:10])
    if number
}
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()


def alternatives(words: dict[str, int], least: int = 0) -> str:
    """Return the words of a table for a regular expression, the longest first, from a number upwards."""
    return "|".join(sorted((word for word, number in words.items() if number >= least), key=len, reverse=True))


_COUNT = re.compile(
    rf"\b(?P<n>\d{{1,3}}|{alternatives(NUMBER_OF_WORD, least=2)})"
    r"\s+(?:(?!of\b|or\b|and\b|to\b)[^\W\d_]+\s+){0,2}?(?P<noun>[^\W\d_]+)",
    re.I | re.A,
)


_CARDINALS = {word: number for word, number in NUMBER_OF_WORD.items() if word not in ("a", "an", "couple")} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
    "thousand": 1000,
    "million": 1_000_000,
}
_TOLD = re.compile(rf"\b(?:\d+(?:[.,]\d+)*|{'|'.join(word for word in _CARDINALS if word != 'one')})\b", re.I)


def number_of(word: str) -> int:
    """Return the number that digits or a word of NUMBER_OF_WORD stand for."""
    return int(word) if word.isdigit() else NUMBER_OF_WORD[word.lower()]


def numbers_told(text: str) -> list[float]:
    """Return the numbers that a text has in figures or in words, in its order; "one" is a pronoun more often than not.

    >>> numbers_told("of the 1,500 no one but three went")
    [1500.0, 3.0]
    """
    found = (match.group().lower() for match in _TOLD.finditer(text))
    return [float(_CARDINALS[word] if word in _CARDINALS else word.replace(",", "")) for word in found]


def is_number_word(word: str) -> bool:
    """True for a word that is a number: "seven", "hundred"."""
    return word.lower() in _CARDINALS


def counts(text: str) -> list[tuple[int, str]]:
    """Return the numbers from two upwards that a text claims, each with the nouns up to three words behind it.

    >>> counts("the four small countries behind it")
    [(4, 'small'), (4, 'countries'), (4, 'behind')]
    """
    return [
        (number_of(match["n"]), word.lower())
        for match in _COUNT.finditer(text)
        for word in re.findall(r"[^\W\d_]+", text[match.end("n") :])[:3]
    ]


def in_words(number: int) -> str:
    """Return a small number in words, a larger one in figures."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)


_BROKEN = {0.0: "", 0.5: "half", 1 / 3: "third", 2 / 3: "two thirds"}


def amount_in_words(number: float) -> str:
    """Return a number that may be broken in words: two and a half, five and a third, 1.4.

    >>> amount_in_words(4.0), amount_in_words(2.5), amount_in_words(16 / 3)
    ('four', 'two and a half', 'five and a third')
    """
    whole = int(number)
    part = next((words for value, words in _BROKEN.items() if abs(number - whole - value) < 0.01), None)
    if part is None:
        return f"{number:.1f}"
    article = "" if part.startswith("two") else "a "
    return " and ".join(filter(None, [in_words(whole) if whole or not part else "", article + part if part else ""]))


def times_in_words(number: float) -> str:
    """Return how many times: twice, three times, two and a half times."""
    return "twice" if number == 2 else f"{amount_in_words(number)} times"


def ordinal_suffix(number: int) -> str:
    """Return st, nd, rd or th."""
    if 10 <= number % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def days_in_words(number: int) -> str:
    """Return a number of days in words: one day, two days."""
    return f"{in_words(number)} day{'s' * (number != 1)}"

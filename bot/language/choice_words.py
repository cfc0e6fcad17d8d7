"""How one of several that were offered is picked: "2", "the second one", "option three", "the last"."""

from __future__ import annotations

import re

_PICKED = re.compile(
    r"^\W*(?:number|no\.?|option|choice|the)?\s*"
    r"((?<![-+−–.,/$€£])\d(?![%°])|one|two|three|four|first|second|third|fourth|1st|2nd|3rd|4th|last)(?:\s+one)?\W*$",
    re.I,
)
_NTH = {
    word: number
    for number, words in enumerate(("one first 1st", "two second 2nd", "three third 3rd", "four fourth 4th"), 1)
    for word in words.split()
}
_BARE_NUMBER = re.compile(
    r"\W*(?:number |no\.? ?)?(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)\W*(?:st|nd|rd|th)?\W*", re.I
)


def picked_number(text: str, most: int) -> int | None:
    """Return which of so many a message picks, counted from 1, None where it picks none.

    >>> picked_number("the second one", 3), picked_number("last!", 3), picked_number("4", 3), picked_number("-1", 3)
    (2, 3, None, None)
    """
    match = _PICKED.match(text)
    if not match or not most:
        return None
    word = match.group(1).lower()
    number = most if word == "last" else _NTH.get(word) or int(word)
    return number if 1 <= number <= most else None


def is_bare_number(text: str) -> bool:
    """True for a number alone, which may mean anything."""
    return bool(_BARE_NUMBER.fullmatch(text))

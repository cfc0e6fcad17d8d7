"""Tells messages in another language that is written in Latin letters, which the model would guess at."""

from __future__ import annotations

import re
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec, module_from_spec, spec_from_loader
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OWN = {
    "de": "bitte danke hallo wieso wohin geschah passierte verließ",
    "fr": "bonjour merci s'il été quitté",
    "es": "gracias hola salió",
    "it": "ciao grazie lasciato",
    "pt": "olá obrigado quantos deixou saiu",
    "nl": "bedankt hallo verliet",
    "pl": "dziękuję dzień dobry opuścił opuściła",
    "tr": "merhaba teşekkür bir zaman ayrıldı",
}
"""What people write to a bot, and spaCy's lists do not hold: greetings and thanks, "when", "how many", "left"."""
_RUSSIAN = "kto kogda gde pochemu kak kakoj na ne iz eto byl byla bylo vyshla vyshel privet spasibo"
"""Russian is mostly written in its own letters, which tell it by themselves; no list holds these."""
_ENGLISH_TOO = """
    please tell give led left want wanted happened first last many much yes long bye thank
    car certain come comes comment days die different dies dont door era fare favor final fine hi im lang later
    local man men met mi min nice non pan par plus possible press pure quest sea sent sole solo son state stop suit
    sur tag tale tempo tenant total usa war wat wen zero
    """
"""Words of English, slips among them, that are no words of grammar, so that spaCy's list does not hold them: some that
questions are made of, and those that stand in the list of another language."""
_LEAST = 2
_SHARE = 0.3


def is_foreign(text: str) -> bool:
    """Tell whether a message is in another language than English; names, slips and single words are no proof.

    >>> is_foreign("Wann verließ Russland die Sowjetunion?"), is_foreign("Merci! Why was it the last?")
    (True, False)
    """
    all_words = [match.group().lower().replace("’", "'") for match in _WORD.finditer(text)]
    words = [word for word in all_words if word not in _BOTH and len(word) > 1]
    theirs = max(sum(word in table for word in words) for table in _TABLES)
    ours = sum(word in _ENGLISH for word in words)
    return theirs >= _LEAST and ours == 0 and theirs >= _SHARE * len(words)


def is_english_word(word: str) -> bool:
    """True for a small word of English, in lower case ("he", "why"); content words are in no list."""
    return word in _ENGLISH


def _stop_words(language: str) -> frozenset[str]:
    """Return spaCy's list of a language's words of grammar, without importing spaCy, which takes two seconds."""
    file = Path(find_spec("spacy").origin).parent / "lang" / language / "stop_words.py"
    loader = SourceFileLoader(f"stop_words_{language}", str(file))
    module = module_from_spec(spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return frozenset(module.STOP_WORDS)


_ENGLISH = _stop_words("en").union(_ENGLISH_TOO.split())
_THEIRS = [_stop_words(language).union(own.split()) for language, own in _OWN.items()]
_BOTH = _ENGLISH & frozenset().union(*_THEIRS)
"""Words of English and of another language, which prove neither."""
_TABLES = [*(table - _BOTH for table in _THEIRS), frozenset(_RUSSIAN.split())]

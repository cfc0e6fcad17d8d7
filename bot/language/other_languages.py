"""Tells messages in another language that is written in Latin letters, which the model would guess at."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Words of grammar that are no English words as well.
_OTHERS = {
    "German": """
        wann wer wie warum wieso welche welcher welches wo wohin und ist sind wurde wurden hat haben hatte
        der das ein eine einen dem den des nicht ich mir mich sie ihr wir können bitte von mit für auf aus
        bei nach über zu zum zur hallo danke verließ geschah passierte
        """,
    "French": """
        qui quand où pourquoi comment quel quelle quels quelles est était étaient sont été le la les un une
        des du et dans avec pour sur pas ne je tu il elle nous vous ils elles ce cette ces au aux que quitté
        s'il bonjour merci
        """,
    "Spanish": """
        quién quien quiénes cuándo cuando dónde donde por qué cómo cuál cuáles cuántos cuántas es era fue
        fueron el la los las un una del con para no se su de en que yo usted ustedes hola gracias salió dejó
        """,
    "Italian": """
        chi quando dove perché come quale quali quanti era stato il lo la gli le un uno una della dello dei
        delle degli con per non di che si sono ciao grazie ha lasciato
        """,
    "Portuguese": """
        quem quando onde porquê por que como qual quais quantos foi foram os um uma da dos das em na com
        para não se eu você olá obrigado deixou saiu
        """,
    "Dutch": """
        wie wanneer waarom waar hoe welke het een en van met voor naar niet zijn werd heeft hij zij wij
        jullie dat deze hallo bedankt verliet
        """,
    "Polish": """
        kto kiedy gdzie dlaczego jak który która które jest był była było były na do nie się czy co to dzień
        dobry dziękuję opuścił opuściła
        """,
    "Turkish": """
        kim ne zaman nerede neden nasıl hangi ve bir bu için ile değil mi mı merhaba teşekkür ayrıldı oldu
        """,
    "Russian": """
        kto kogda gde pochemu kak kakoj na ne iz eto byl byla bylo vyshla vyshel privet spasibo
        """,
}
_TABLES = {language: frozenset(words.split()) for language, words in _OTHERS.items()}
_ENGLISH = frozenset(
    """
    the of and to in is was were are did does do what who when where why how which that this it he she they them his her
    their for from with by on at as not no yes after before about me my you your i be been has have had can could would
    please tell give if or but so then there than an first last long many much led left want wanted happened
    """.split()
)
_BOTH = frozenset("a as an come comes des die do era he i in is la me mi no on par so sur to via was we".split())
"""Words of English and of another language, which prove neither."""
_LEAST = 2
_SHARE = 0.3


def is_foreign(text: str) -> bool:
    """Tell whether a message is in another language than English; names, slips and single words are no proof.

    >>> is_foreign("Wann verließ Russland die Sowjetunion?"), is_foreign("Merci! Why was it the last?")
    (True, False)
    """
    all_words = [match.group().lower().replace("’", "'") for match in _WORD.finditer(text)]
    words = [word for word in all_words if word not in _BOTH and len(word) > 1]
    theirs = max(sum(word in table for word in words) for table in _TABLES.values())
    ours = sum(word in _ENGLISH for word in words)
    return theirs >= _LEAST and ours == 0 and theirs >= _SHARE * len(words)

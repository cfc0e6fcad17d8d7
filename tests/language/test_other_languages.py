"""Messages in languages that the bot does not read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from bot.language.other_languages import is_foreign

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "text",
    [
        "Wann hat Brennock die Liga verlassen?",
        "Pourquoi est-ce que Dunholm était le dernier ?",
        "¿Quién fue la última presidenta de la Liga?",
        "hola amigo, quien es Pellworth",
        "Chi era il capo della Lega?",
        "Quem foi o chefe da Liga?",
        "Wie was de leider van het eiland?",
        "Kto był przywódcą i co się stało?",
        "kto byl Pellworth i kogda",
        "Wer hat den Vertrag unterschrieben?",
        "Wie viele Tage lagen dazwischen?",
        "Combien de jours entre les deux départs ?",
        "cuantos dias pasaron entre las dos salidas",
        "Perché l'isola è stata l'ultima?",
        "Por que a ilha foi a última?",
        "Waarom was het eiland de laatste?",
        "Dlaczego wyspa była ostatnia?",
        "Brennock ne zaman ayrıldı?",
        "merci beaucoup pour ton aide",
    ],
)
def test_other_languages_are_told(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Brennock",
        "Je ne parle pas bien. Why was Dunholm the last?",
        "no, en fin the last one",
        "a la carte",
        "waht wsa teh leage",
        "no se",
        "die Brennock die",
        "Dunholm was the sole state, da?",
        "later the men met, un state, final",
    ],
)
def test_english_names_and_scraps_are_not(text: str) -> None:
    assert not is_foreign(text)


def test_no_question_that_the_bot_is_trained_or_tested_on_is_taken_for_another_language() -> None:
    talk = {"greet", "goodbye", "thanks", "how_are_you", "praise", "off_topic", "instruction", "affirm", "deny"}
    taken = []
    for file in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            if block["intent"] not in talk:
                taken += [line for line in block["examples"].splitlines() if is_foreign(line.removeprefix("- "))]
    for file in sorted((ROOT / "tests" / "held_out").glob("*.jsonl")):
        turns = [turn for line in file.read_text(encoding="utf-8").splitlines() for turn in json.loads(line)["turns"]]
        taken += [turn["user"] for turn in turns if turn["expect"] == "answered" and is_foreign(turn["user"])]
    assert taken == []

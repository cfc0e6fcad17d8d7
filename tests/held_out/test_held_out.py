"""The trained bot against conversations that it was not trained on: the shares of right replies it has to reach."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory
from bot.dialogue.turn import Read
from bot.facts.loader import load

FILES = sorted(Path(__file__).parent.glob("*.jsonl"))
NOT_IN_ARTICLE = "unanswerable_near"
FOLLOW_UP = "follow_up"

# What the bot is meant to reach, with a margin for a model that is trained on another machine.
LEAST_TURNS, LEAST_REFUSED, LEAST_FOLLOW_UPS, LEAST_CONVERSATIONS, LEAST_CITED = 0.92, 0.87, 0.90, 0.78, 0.97

_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


@pytest.fixture(scope="module")
def results(read: Read):
    """Every conversation of every file: (category, [(right, cited or None) of each turn])."""
    found = []
    for file in FILES:
        for line in file.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            found.append((case["category"], _held(case["turns"], read)))
    _print(found)
    return found


def test_turns_that_stand_alone_are_right(results):
    assert _share(right for category, turns in results if category != FOLLOW_UP for right, _ in turns) >= LEAST_TURNS


def test_what_the_article_does_not_tell_is_refused(results):
    assert (
        _share(right for category, turns in results if category == NOT_IN_ARTICLE for right, _ in turns)
        >= LEAST_REFUSED
    )


def test_follow_ups_are_right(results):
    assert (
        _share(right for category, turns in results if category == FOLLOW_UP for right, _ in turns) >= LEAST_FOLLOW_UPS
    )


def test_whole_conversations_are_right(results):
    whole = [all(right for right, _ in turns) for _, turns in results if len(turns) > 1]
    assert _share(whole) >= LEAST_CONVERSATIONS


def test_answers_quote_the_sentence_that_proves_them(results):
    assert _share(cited for _, turns in results for _, cited in turns if cited is not None) >= LEAST_CITED


def _held(turns: list[dict], read: Read) -> list[tuple[bool, bool | None]]:
    memory, results = Memory(), []
    for turn in turns:
        reply, memory = answer_message(load(), memory, read(turn["user"]), read)
        expect = turn["expect"] if isinstance(turn["expect"], list) else [turn["expect"]]
        text = " ".join(reply.text.translate(_STRAIGHT).split())
        right = reply.status in expect
        if reply.status == "answered":
            right &= all(re.search(pattern, text, re.I) for pattern in turn.get("must", []))
        right &= not any(re.search(pattern, text, re.I) for pattern in turn.get("must_not", []))
        proved = turn.get("cite") and right and expect == ["answered"]
        cited = any(quote.sentence in turn["cite"] for quote in reply.evidence) if proved else None
        results.append((right, cited))
    return results


def _share(values) -> float:
    values = list(values)
    return sum(values) / len(values)


def _print(results) -> None:
    of_category = defaultdict(list)
    for category, turns in results:
        of_category[category] += [right for right, _ in turns]
    for category, rights in sorted(of_category.items()):
        print(f"\n{category:22}{len(rights):6}{_share(rights):8.1%}", end="")
    whole = [all(right for right, _ in turns) for _, turns in results if len(turns) > 1]
    cited = [cited for _, turns in results for _, cited in turns if cited is not None]
    print(f"\nwhole conversations {sum(whole)} of {len(whole)}; quoted the proof {_share(cited):.1%}")

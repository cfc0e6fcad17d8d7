"""What is learnt from is sorted by where it comes from, and each of these sources is held out in turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.engine.cross_validation import cross_validate
from bot.engine.training_questions import by_source, joined
from bot.questions.model.question_model import FOLLOWS, LabelledQuestion

# Measured with the encoder as released (quick): 88% of intents; fine-tuned it is over 94%. See docs/decisions.md.
FLOORS = {"learners": 0.82}

QUESTIONS = """\
nlu:
- intent: who
  metadata: {stance: true, set: phones}
  examples: |
    - Was it her?
- intent: who
  metadata: {stance: ask, set: essays}
  examples: |
    - Who was it?
"""
MORE = """\
nlu:
- intent: when
  metadata: {stance: false, set: phones}
  examples: |
    - Why in May?
"""
TALK = """\
{"id": "a-1", "turns": [{"user": "who?", "full": "Who was it?", "kind": "a", "intent": "who", "verdict": null, "reply": "Ada."}, \
{"user": "in may?", "full": "Was it in May?", "kind": "n", "intent": "when", "verdict": "no"}, \
{"user": "brb", "full": "leaves", "kind": "t", "intent": "unheard_of", "verdict": null}]}
"""  # noqa: E501


def test_questions_and_turns_are_sorted_by_where_they_come_from(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(QUESTIONS)
    (tmp_path / "b.yml").write_text(MORE)
    (tmp_path / "talker.jsonl").write_text(TALK)
    assert by_source(tmp_path, tmp_path) == {
        "phones": [LabelledQuestion("Was it her?", "who", "true"), LabelledQuestion("Why in May?", "when", "false")],
        "essays": [LabelledQuestion("Who was it?", "who", "ask")],
        "talker": [
            LabelledQuestion("who?", "who", "ask"),
            LabelledQuestion("Who was it?", "who", "ask"),
            LabelledQuestion(f"Who was it? Ada.{FOLLOWS}in may?", "when", "false"),
            LabelledQuestion("Was it in May?", "when", "false"),
        ],
    }
    assert by_source(tmp_path / "nowhere", tmp_path / "nowhere") == {}


def test_joined_sources_hold_changes_of_topic_and_are_the_same_each_time() -> None:
    sources = {"a": [LabelledQuestion(f"Who {n}?", "who") for n in range(9)], "b": []}
    sources["b"] = [LabelledQuestion(f"Before {n}{FOLLOWS}and then?", "next") for n in range(8)]
    questions = joined(sources)
    added = questions[17:]
    assert questions[:17] == [*sources["a"], *sources["b"]]
    assert len(added) == 2
    assert all(q.intent == "who" and FOLLOWS in q.text for q in added)
    assert joined(dict(reversed(sources.items()))) == questions


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", FLOORS)
def test_a_held_out_set_is_read_well(name: str) -> None:
    sources = {source: qs for source, qs in by_source().items() if not any(FOLLOWS in q.text for q in qs)}
    (score,) = cross_validate(sources, [name], tuned=False)
    assert score.intents >= FLOORS[name], score
    assert score.refused >= 0.75, score

"""Training questions are sorted into the sets that are held out in turn."""

from __future__ import annotations

from pathlib import Path

from bot.questions.model.cross_validation import questions_by_set
from bot.questions.model.question_model import FOLLOWS, LabelledQuestion

QUESTIONS = f"""\
nlu:
- intent: who
  metadata: {{stance: true, set: phones}}
  examples: |
    - Was it her?
    - When was it?{FOLLOWS}And was it her?
- intent: who
  metadata: {{stance: ask, set: essays}}
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


def test_questions_that_stand_alone_are_sorted_by_set_across_files(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(QUESTIONS)
    (tmp_path / "b.yml").write_text(MORE)
    assert questions_by_set(tmp_path) == {
        "phones": [LabelledQuestion("Was it her?", "who", "true"), LabelledQuestion("Why in May?", "when", "false")],
        "essays": [LabelledQuestion("Who was it?", "who", "ask")],
    }


def test_a_set_of_nothing_but_follow_ups_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(QUESTIONS.replace("    - Was it her?\n", ""))
    assert list(questions_by_set(tmp_path)) == ["essays"]
    assert questions_by_set(tmp_path / "nowhere") == {}

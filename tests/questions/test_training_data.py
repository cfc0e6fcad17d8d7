"""Training questions are found by intent, stance and set."""

from __future__ import annotations

from pathlib import Path

from bot.questions.training_data import Block, blocks, intents_of

QUESTIONS = """\
# A comment.
nlu:
- intent: who
  metadata: {stance: true, set: phones}
  examples: |
    - Was it her?
    - it was her, right
- intent: when
  examples: |
    - When?
"""


def test_intents_are_found_with_their_files(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(QUESTIONS)
    (tmp_path / "b.yml").write_text("nlu:\n- intent: why\n  examples: |\n    - Why?\n")
    assert intents_of(tmp_path) == {"who": tmp_path / "a.yml", "when": tmp_path / "a.yml", "why": tmp_path / "b.yml"}


def test_blocks_have_texts_stance_and_set(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(QUESTIONS)
    assert list(blocks(tmp_path)) == [
        Block("who", "true", "phones", ("Was it her?", "it was her, right")),
        Block("when", "ask", "", ("When?",)),
    ]


def test_a_folder_without_questions_has_no_intents(tmp_path: Path) -> None:
    assert intents_of(tmp_path) == {}
    assert list(blocks(tmp_path)) == []

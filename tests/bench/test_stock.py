"""The stock project is what `rasa init` makes, with our questions in it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bench import stock
from bot import paths
from bot.questions.model.question_model import FOLLOWS
from bot.questions.training_data import blocks


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stock") / "project"
    stock.make(folder, 5999)
    return folder


def test_pipeline_and_policies_are_rasas_defaults(project: Path) -> None:
    config = yaml.safe_load((project / "config.yml").read_text())
    names = [part["name"] for part in (*config["pipeline"], *config["policies"])]
    assert {"DIETClassifier", "ResponseSelector", "TEDPolicy", "UnexpecTEDIntentPolicy", "RulePolicy"} <= set(names)
    assert {part["epochs"] for part in (*config["pipeline"], *config["policies"]) if "epochs" in part} == {100}


def test_every_question_that_stands_alone_is_learnt_from_under_its_intent(project: Path) -> None:
    learnt = {
        block["intent"]: [line[2:] for line in block["examples"].splitlines()]
        for block in yaml.safe_load((project / "data" / "nlu.yml").read_text())["nlu"]
    }
    for block in blocks(paths.NLU):
        for text in block.texts:
            # Rasa would take brackets for entities that are marked.
            alone = FOLLOWS not in text and not set("[]{}") & set(text)
            assert (text in learnt[block.intent]) == alone


def test_share_is_taken_of_every_intent_and_leaves_two_questions(tmp_path: Path) -> None:
    _, learnt = stock.make(tmp_path / "tenth", 5999, 0.1)
    _, every = stock.make(tmp_path / "all", 5999)
    assert 0.09 * every < learnt < 0.12 * every
    blocks_of = yaml.safe_load((tmp_path / "tenth" / "data" / "nlu.yml").read_text())["nlu"]
    assert all(len(block["examples"].splitlines()) >= 2 for block in blocks_of)
    assert len(blocks_of) == len(yaml.safe_load((tmp_path / "all" / "data" / "nlu.yml").read_text())["nlu"])


def test_every_intent_has_a_story_and_a_place_in_the_domain(project: Path) -> None:
    domain = yaml.safe_load((project / "domain.yml").read_text())
    stories = yaml.safe_load((project / "data" / "stories.yml").read_text())["stories"]
    assert {story["steps"][0]["intent"] for story in stories} == {*domain["intents"]} - {"nlu_fallback"}
    assert "5999" in (project / "endpoints.yml").read_text()


def test_the_action_says_what_belongs_to_the_intent(project: Path) -> None:
    texts = json.loads((project / "actions" / "texts.json").read_text())
    intent, text = next((i, t) for i, t in texts.items() if "." in t)
    code = f"""
from actions.actions import ActionAnswer
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
said = CollectingDispatcher()
ActionAnswer().run(said, Tracker("a", {{}}, {{"intent": {{"name": {intent!r}}}}}, [], False, None, {{}}, "x"), {{}})
print(said.messages[0]["text"])
"""
    said = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == text

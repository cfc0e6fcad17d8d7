"""Makes a stock Rasa project that answers the same questions: what `rasa init` makes, with our intents in it.

Runs in the bot's environment, as it reads the fact base: `.venv/bin/python -m bench.stock FOLDER`.

Kept as Rasa makes them: the pipeline and the policies (DIET, ResponseSelector, TED, UnexpecTED; 100 epochs each), the
REST channel, the stores in memory, and an action server with one custom action. Ours are the intents, the training
questions that stand alone (stock Rasa has no use for the others) and what the action says: the answer's plain text.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import yaml

from bot import paths
from bot.engine.training import fingerprint
from bot.facts.loader import load
from bot.questions.model.question_model import FOLLOWS
from bot.questions.training_data import blocks

ACTION = "action_answer"

_ENDPOINTS = "action_endpoint:\n  url: http://127.0.0.1:{port}/webhook\n"
_CREDENTIALS = "rest:\n"
_ACTIONS = '''\
"""One custom action, as in the files of `rasa init`: it says what belongs to the intent."""

import json
from pathlib import Path

from rasa_sdk import Action

TEXTS = json.loads(Path(__file__).with_name("texts.json").read_text(encoding="utf-8"))


class ActionAnswer(Action):
    def name(self):
        return "action_answer"

    def run(self, dispatcher, tracker, domain):
        intent = tracker.latest_message["intent"].get("name")
        dispatcher.utter_message(text=TEXTS.get(intent, "I do not know."))
        return []
'''


def make(folder: Path, action_port: int, share: float = 1.0) -> tuple[str, int]:
    """Write the project, replacing what was there.

    `share` (above 0, at most 1) is how much of every intent's questions it learns from. Returns a digest of what is
    trained on, and the number of questions.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(str(files("rasa.cli") / "initial_project"), folder)
    shutil.rmtree(folder / "tests")
    shutil.copyfile(str(files("rasa.engine.recipes") / "config_files" / "default_config.yml"), folder / "config.yml")
    questions = _part(_questions(), share)
    _write(folder / "data" / "nlu.yml", {"version": "3.1", "nlu": _nlu(questions)})
    _write(folder / "data" / "stories.yml", {"version": "3.1", "stories": [_story(i) for i in questions]})
    _write(
        folder / "data" / "rules.yml",
        {"version": "3.1", "rules": [{"rule": "not understood", **_steps("nlu_fallback")}]},
    )
    _write(folder / "domain.yml", _domain(list(questions)))
    digest = _digest(folder)
    # Not trained on.
    (folder / "endpoints.yml").write_text(_ENDPOINTS.format(port=action_port), encoding="utf-8")
    (folder / "credentials.yml").write_text(_CREDENTIALS, encoding="utf-8")
    (folder / "actions" / "actions.py").write_text(_ACTIONS, encoding="utf-8")
    (folder / "actions" / "texts.json").write_text(json.dumps(_texts()), encoding="utf-8")
    return digest, sum(map(len, questions.values()))


def _questions() -> dict[str, list[str]]:
    """Return the training questions that stand alone, by intent."""
    found: dict[str, list[str]] = {}
    for block in blocks(paths.NLU):
        for text in block.texts:
            # Brackets and braces are Rasa's marks for entities.
            if FOLLOWS not in text and not set("[]{}") & set(text):
                found.setdefault(block.intent, []).append(text)
    # Rasa wants two examples of an intent.
    return {intent: texts for intent, texts in found.items() if len(texts) > 1}


def _part(questions: dict[str, list[str]], share: float) -> dict[str, list[str]]:
    """Return a share of every intent's questions, the same in every run, and two at least."""
    chance = random.Random(1)
    return {i: chance.sample(texts, max(2, round(share * len(texts)))) for i, texts in questions.items()}


def _nlu(questions: dict[str, list[str]]) -> list[dict]:
    return [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in questions.items()
    ]


def _story(intent: str) -> dict:
    return {"story": intent, **_steps(intent)}


def _steps(intent: str) -> dict:
    return {"steps": [{"intent": intent}, {"action": ACTION}]}


def _domain(intents: list[str]) -> dict:
    return {
        "version": "3.1",
        "intents": [*intents, "nlu_fallback"],
        "actions": [ACTION],
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    }


def _texts() -> dict[str, str]:
    base = load()
    texts = {intent: answer.answer or answer.question for intent, answer in base.answers.items()}
    return texts | {intent: text for intent, text in base.wording["social"].items() if isinstance(text, str)}


def _digest(folder: Path) -> str:
    digest = hashlib.sha256(version("rasa").encode())
    for path in ("config.yml", "domain.yml", "data/nlu.yml", "data/stories.yml", "data/rules.yml"):
        digest.update((folder / path).read_bytes())
    return digest.hexdigest()[:16]


def _write(path: Path, content: dict) -> None:
    path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=1000), encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Make the project, and print digests of what each bot learns from and the questions, as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.stock", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--action-port", type=int, default=5161)
    parser.add_argument("--share", type=float, default=1.0)
    options = parser.parse_args(arguments)
    digest, learnt = make(options.folder, options.action_port, options.share)
    # Ours learns from all questions, those that follow up another included.
    texts = [text for block in blocks(paths.NLU) for text in block.texts]
    alone = [text for texts_of in _questions().values() for text in texts_of]
    told = {"stock": digest, "ours": fingerprint(), "all_questions": len(texts), "questions": alone}
    told["learnt"] = learnt
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])

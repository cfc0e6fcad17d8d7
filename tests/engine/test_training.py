"""When a model is trained and when not. Rasa itself is replaced: the line under test is the decision."""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path

import pytest
import yaml

from bot import paths
from bot.engine import training
from bot.errors import BotError
from bot.questions import fitted
from tests.support.waiting import wait_until

INPUTS = {
    "config.yml": "pipeline: []",
    "domain.yml": "intents: []",
    "bot/engine/policy.py": "x = 1",
    "bot/engine/importer.py": "x = 1",
}
LEARNT_FROM = {
    "data/nlu/topic.yml": "nlu: []",
    "data/dialogues/w1.jsonl": "{}",
    "models/reader/stamp.json": '{"encoder.onnx": "1"}',
}


@pytest.fixture
def root(tmp_path) -> Path:
    """A repository with one of each training input."""
    for name, text in {**INPUTS, **LEARNT_FROM}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


@pytest.fixture
def trainings(monkeypatch) -> list[Path]:
    """Stands in for Rasa's training and lists its runs."""
    runs: list[Path] = []

    def train(root: Path, target: Path, out: object) -> Path:
        runs.append(target)
        (target / training.MODEL).write_text(f"model {len(runs)}")
        return target / training.MODEL

    monkeypatch.setattr(training, "_train_with_rasa", train)
    monkeypatch.setattr(training, "_fit", lambda anew, root, out: False)
    return runs


@pytest.mark.parametrize("name", INPUTS)
def test_change_of_an_input_changes_the_fingerprint(root, name):
    before = training.fingerprint(root)
    (root / name).write_text('{"other": "2"}')
    assert training.fingerprint(root) != before


@pytest.mark.parametrize("name", LEARNT_FROM)
def test_change_of_what_is_learnt_from_changes_what_is_fitted_and_leaves_what_rasa_packs(root, name):
    packed, learnt = training.fingerprint(root), fitted.name_of(root)
    (root / name).write_text('{"encoder.onnx": "2"}')
    assert fitted.name_of(root) != learnt
    assert training.fingerprint(root) == packed


def test_new_moved_and_removed_questions_change_what_is_fitted(root):
    seen = [fitted.name_of(root)]
    new = root / "data" / "nlu" / "new.yml"
    new.write_text("nlu: []")
    seen.append(fitted.name_of(root))
    new.rename(new.with_name("moved.yml"))
    seen.append(fitted.name_of(root))
    (root / "data" / "nlu" / "topic.yml").unlink()
    seen.append(fitted.name_of(root))
    assert len(set(seen)) == len(seen)


def test_other_version_of_rasa_changes_the_fingerprint(root, monkeypatch):
    before = training.fingerprint(root)
    monkeypatch.setattr(training.importlib.metadata, "version", lambda name: "0.0")
    assert training.fingerprint(root) != before


def test_what_is_no_input_leaves_the_fingerprint(root):
    before = training.fingerprint(root), fitted.name_of(root)
    for name in (
        "README.md",
        "bot/web/server.py",
        "data/facts/people.yml",
        "data/facts/article.txt",
        "data/nlu/notes.swp",
        "models/bot.tar.gz",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("anything")
    assert (training.fingerprint(root), fitted.name_of(root)) == before


def test_model_is_trained_once(root, trainings):
    out = io.StringIO()
    assert training.train(root=root, out=out)
    assert not training.train(root=root, out=out)
    assert len(trainings) == 1
    assert "up to date" in out.getvalue()


def test_changed_input_or_anew_trains_again(root, trainings):
    training.train(root=root, out=io.StringIO())
    (root / "domain.yml").write_text("intents: [greet]")
    assert training.train(root=root, out=io.StringIO())
    assert training.train(anew=True, root=root, out=io.StringIO())
    assert (root / "models" / training.MODEL).read_text() == "model 3"


@pytest.mark.parametrize("damage", ["", "not json", "[]", "{}"])
def test_unreadable_stamp_trains_again(root, trainings, damage):
    training.train(root=root, out=io.StringIO())
    (root / "models" / training.STAMP).write_text(damage)
    assert training.train(root=root, out=io.StringIO())


def test_damaged_model_is_trained_again(root, trainings):
    training.train(root=root, out=io.StringIO())
    (root / "models" / training.MODEL).write_text("cut sho")
    assert training.train(root=root, out=io.StringIO())


def test_failed_training_leaves_the_model_before(root, trainings, monkeypatch):
    training.train(root=root, out=io.StringIO())

    def fail(*arguments: object) -> Path:
        raise training.TrainingFailed("no training data")

    monkeypatch.setattr(training, "_train_with_rasa", fail)
    with pytest.raises(BotError, match="no training data"):
        training.train(anew=True, root=root, out=io.StringIO())
    assert (root / "models" / training.MODEL).read_text() == "model 1"
    assert not list((root / "models").glob(".train-*"))


def test_nothing_but_the_model_and_its_stamp_is_left(root, trainings):
    training.train(root=root, out=io.StringIO())
    assert {path.name for path in (root / "models").iterdir()} == {"reader", training.MODEL, training.STAMP}
    stamp = json.loads((root / "models" / training.STAMP).read_text())
    assert stamp["fingerprint"] == training.fingerprint(root)


def test_progress_names_the_parts_of_the_model():
    out = io.StringIO()
    log = logging.getLogger("rasa.engine.training.hooks")
    with training._progress(out):
        log.info("Starting to train component 'Tokens'.")
        log.info("Finished training component 'Tokens'.")
    log.info("Starting to train component 'Later'.")
    assert "trained Tokens in 0.0 s" in out.getvalue()
    assert "Later" not in out.getvalue()


def test_long_silence_is_broken(monkeypatch):
    monkeypatch.setattr(training, "_HEARTBEAT", 0.01)
    out = io.StringIO()
    with training._progress(out):
        wait_until(lambda: "still at work" in out.getvalue())


def test_code_of_all_that_the_configuration_names_is_in_the_fingerprint() -> None:
    config = yaml.safe_load(paths.CONFIG.read_text("utf-8"))
    named = [part["name"] for key in ("pipeline", "policies", "importers") for part in config[key]]
    modules = {paths.ROOT.joinpath(*name.split(".")[:-1]).with_suffix(".py") for name in named}
    assert modules <= set(training._inputs(paths.ROOT))

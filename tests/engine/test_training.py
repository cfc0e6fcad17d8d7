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
from tests.support.waiting import wait_until
from tests.test_rooms import imported

INPUTS = {
    "config.yml": "pipeline: []",
    "domain.yml": "intents: []",
    "data/nlu/topic.yml": "nlu: []",
    "data/stories.yml": "stories: []",
    "bot/engine/policy.py": "x = 1",
    "bot/engine/importer.py": "x = 1",
    "bot/questions/reader.py": "x = 1",
    "models/encoder/stamp.json": '{"encoder.onnx": "1"}',
}


@pytest.fixture
def root(tmp_path) -> Path:
    """A repository with one of each training input."""
    for name, text in INPUTS.items():
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
    return runs


@pytest.mark.parametrize("name", INPUTS)
def test_change_of_an_input_changes_the_fingerprint(root, name):
    before = training.fingerprint(root)
    (root / name).write_text('{"other": "2"}')
    assert training.fingerprint(root) != before


def test_new_moved_and_removed_inputs_change_the_fingerprint(root):
    seen = [training.fingerprint(root)]
    new = root / "data" / "nlu" / "new.yml"
    new.write_text("nlu: []")
    seen.append(training.fingerprint(root))
    new.rename(new.with_name("moved.yml"))
    seen.append(training.fingerprint(root))
    (root / "data" / "nlu" / "topic.yml").unlink()
    seen.append(training.fingerprint(root))
    assert len(set(seen)) == len(seen)


def test_other_version_of_rasa_changes_the_fingerprint(root, monkeypatch):
    before = training.fingerprint(root)
    monkeypatch.setattr(training.importlib.metadata, "version", lambda name: "0.0")
    assert training.fingerprint(root) != before


def test_what_is_no_input_leaves_the_fingerprint(root):
    before = training.fingerprint(root)
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
    assert training.fingerprint(root) == before


def test_model_is_trained_once(root, trainings):
    out = io.StringIO()
    assert training.train(root=root, out=out)
    assert not training.train(root=root, out=out)
    assert len(trainings) == 1
    assert "up to date" in out.getvalue()


def test_changed_input_or_force_trains_again(root, trainings):
    training.train(root=root, out=io.StringIO())
    (root / "domain.yml").write_text("intents: [greet]")
    assert training.train(root=root, out=io.StringIO())
    assert training.train(force=True, root=root, out=io.StringIO())
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
        training.train(force=True, root=root, out=io.StringIO())
    assert (root / "models" / training.MODEL).read_text() == "model 1"
    assert not list((root / "models").glob(".train-*"))


def test_nothing_but_the_model_and_its_stamp_is_left(root, trainings):
    training.train(root=root, out=io.StringIO())
    assert {path.name for path in (root / "models").iterdir()} == {"encoder", training.MODEL, training.STAMP}
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


NOT_TRAINED_ON = ("facts", "settings", "messages", "paths", "errors", "logs")
"""Rooms and modules that components import for when the bot runs; see `training.FACTS`."""


def test_all_code_that_components_import_is_in_the_fingerprint() -> None:
    """Follow the imports of what config.yml names: a module that is moved elsewhere must not leave the fingerprint."""
    config = yaml.safe_load(paths.CONFIG.read_text("utf-8"))
    named = [part["name"] for key in ("pipeline", "policies", "importers") for part in config[key]]
    waiting = [name.rpartition(".")[0] for name in named if name.startswith("bot.")]
    assert len(waiting) == len(named)
    seen: set[Path] = set()
    while waiting:
        path = _file_of(waiting.pop())
        if path in seen or path.relative_to(paths.ROOT / "bot").parts[0].removesuffix(".py") in NOT_TRAINED_ON:
            continue
        seen.add(path)
        waiting += imported(path)
    covered = set(training._inputs(paths.ROOT))
    assert [str(path) for path in sorted(seen - covered) if path.read_text("utf-8").count("\n") > 1] == []


def _file_of(module: str) -> Path:
    """Return the file of a dotted name: of a module, a package, or of a name taken from one."""
    path = paths.ROOT.joinpath(*module.split("."))
    if path.with_suffix(".py").is_file():
        return path.with_suffix(".py")
    return path / "__init__.py" if path.is_dir() else _file_of(module.rpartition(".")[0])

"""What training took is kept, and used again only where that is said."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench import training
from bench.training import Cost


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(training, "STOCK_MODELS", tmp_path / "models")
    monkeypatch.setattr(training, "LOGS", tmp_path / "logs")
    return tmp_path / "models"


@pytest.fixture
def rasa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A command in place of `rasa` that writes the model and notes that it ran."""
    command = tmp_path / "rasa"
    command.write_text(
        f"#!{sys.executable}\n"
        "import pathlib, sys\n"
        "folder = pathlib.Path(sys.argv[sys.argv.index('--out') + 1])\n"
        "runs = pathlib.Path(__file__).with_name('runs')\n"
        "runs.write_text(runs.read_text() + 'x' if runs.exists() else 'x')\n"
        "(folder / sys.argv[sys.argv.index('--fixed-model-name') + 1]).write_text(runs.read_text())\n"
        "sum(range(10**7))\n"
    )
    command.chmod(0o755)
    monkeypatch.setattr(training, "RASA", command)
    return tmp_path / "runs"


def test_stock_model_is_trained_once(rasa: Path, tmp_path: Path) -> None:
    model, cost = training.stock(tmp_path, "abc", 7)
    assert not cost.cached
    assert cost.questions == 7
    assert cost.wall > 0
    assert cost.cpu > 0
    again, kept = training.stock(tmp_path, "abc", 7)
    assert again == model
    assert kept == Cost(cost.wall, cost.cpu, 7, cached=True)
    assert rasa.read_text() == "x"


def test_model_of_other_questions_serves_and_says_how_many_they_were(rasa: Path, tmp_path: Path) -> None:
    model, _ = training.stock(tmp_path, "abc", 7)
    assert training.stock(tmp_path, "def", 8)[0] == model
    assert training.stock(tmp_path, "def", 8)[1].questions == 7


def test_model_of_another_share_does_not_serve(rasa: Path, tmp_path: Path) -> None:
    training.stock(tmp_path, "abc", 7, share=0.1)
    assert training.stock(tmp_path, "def", 70)[1].share == 1
    assert rasa.read_text() == "xx"
    assert training.stock(tmp_path, "other", 7, share=0.1)[1].cached


def test_fresh_trains_again(rasa: Path, tmp_path: Path) -> None:
    training.stock(tmp_path, "abc", 7)
    model, cost = training.stock(tmp_path, "abc", 7, fresh=True)
    assert not cost.cached
    assert model.read_text() == "xx"


def test_interrupted_training_leaves_nothing_that_counts(rasa: Path, tmp_path: Path, kept: Path) -> None:
    (kept / "abc.partial").mkdir(parents=True)
    (kept / "abc.partial" / training.MODEL).write_text("half")
    model, _ = training.stock(tmp_path, "def", 7)
    assert model.read_text() == "x"


def test_training_that_fails_names_its_log(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="train-x.log"):
        training.measure([sys.executable, "-c", "raise SystemExit(3)"], tmp_path, "train-x")

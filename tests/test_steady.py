"""`make steady`: the tests again and again, and which of them failed."""

from __future__ import annotations

import importlib.util
import multiprocessing
from pathlib import Path
from types import ModuleType

import pytest

from bot import paths


@pytest.fixture(scope="module")
def steady() -> ModuleType:
    spec = importlib.util.spec_from_file_location("steady", paths.ROOT / "scripts/steady.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_runs_what_make_check_runs(steady: ModuleType) -> None:
    calls = steady.parts((paths.ROOT / "Makefile").read_text(encoding="utf-8"), [])
    assert ["tests/browser"] in calls
    assert any("tests/channels" in call and "-n" in call for call in calls)
    assert len(calls) == 3
    assert steady.parts("", ["tests/a.py", "-x"]) == [["tests/a.py", "-x"]]
    with pytest.raises(SystemExit, match="No call of pytest"):
        steady.parts("check:\n\techo\n", [])


def test_failures_are_counted_by_test(steady: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tests = tmp_path / "test_it.py"
    tests.write_text("def test_good(): pass\ndef test_bad(): assert 0\n")
    monkeypatch.setattr(steady, "ROOT", tmp_path)
    found = steady.run_once([[str(tests), "-p", "no:cacheprovider"], ["test_none.py"]], tmp_path)
    assert found == ["test_it::test_bad", "(pytest ended with 4: test_none.py)"]
    assert steady.summary({"a": 1, "b": 2}, 3).splitlines() == ["Failed, in 3 runs:", "     2  b", "     1  a"]
    assert steady.summary({}, 3) == "All of 3 runs passed."
    assert steady.failures(tmp_path / "nothing.xml") == ["(no report: pytest did not come to its end)"]


def test_load_ends_with_the_runs(steady: ModuleType) -> None:
    with steady.load(1, 600):
        (busy,) = multiprocessing.active_children()
        assert busy.is_alive()
    assert not busy.is_alive()


@pytest.mark.parametrize("value", ["0", "-1", "many", "1001", "1.5"])
def test_bad_number_is_named(steady: ModuleType, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("RUNS", value)
    with pytest.raises(SystemExit, match="RUNS is .* a whole number from 1 to 1000"):
        steady.main([])

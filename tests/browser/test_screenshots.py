"""The README's pictures, and the script that takes them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from bot import paths
from tests.browser.conftest import Server

BIGGEST = 150_000


def test_script_takes_the_pictures_that_the_readme_shows(server: Server, tmp_path: Path) -> None:
    command = [sys.executable, str(paths.ROOT / "scripts" / "screenshots.py"), server.url, str(tmp_path)]
    finished = subprocess.run(command, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr
    shown = re.findall(r"docs/screenshots/([\w.]+)", (paths.ROOT / "README.md").read_text("utf-8"))
    taken = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert sorted(shown) == sorted(taken) == sorted(path.name for path in (paths.ROOT / "docs/screenshots").iterdir())
    assert max(taken.values()) < BIGGEST

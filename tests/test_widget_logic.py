"""The widget's logic, tested by its own tests in web/test/ with the Node that builds it."""

from __future__ import annotations

import importlib.util
import subprocess

from bot import paths


def test_logic_of_the_widget() -> None:
    spec = importlib.util.spec_from_file_location("build_widget", paths.ROOT / "scripts" / "build_widget.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    node, _ = script.find_node()
    tests = sorted(str(path) for path in (paths.ROOT / "web" / "test").glob("*.test.js"))
    assert len(tests) >= 2
    ran = subprocess.run([node, "--test", *tests], cwd=paths.ROOT / "web", capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout

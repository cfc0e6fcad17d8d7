"""What is left out of Rasa is left out only where nothing needs it, and comes when it is wanted."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot import lean, paths


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ("pipeline:\n  - name: WhitespaceTokenizer\npolicies:\n  - name: RulePolicy\n", []),
        ("pipeline:\n  - name: DIETClassifier\n    epochs: 1\n", ["DIETClassifier"]),
        ("pipeline:\n- name: 'rasa.nlu.selectors.ResponseSelector'\n", ["ResponseSelector"]),
        ("pipeline:\n# - name: DIETClassifier\n", []),
        ("", []),
    ],
)
def test_components_that_need_tensorflow_are_found(config: str, found: list[str]) -> None:
    assert lean.tensorflow_components(config) == found


def run(code: str) -> str:
    """Run code in a fresh Python: what is imported there is up to it alone."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


HEAVY = "sorted({'tensorflow', 'sklearn', 'matplotlib', 'slack_sdk', 'aiogram'} & set(sys.modules))"


def test_nothing_heavy_is_imported_for_a_bot_without_it() -> None:
    assert run(f"import sys, bot.agent; print({HEAVY})") == "[]"


def test_left_out_module_is_loaded_by_whoever_needs_it() -> None:
    code = """
import bot.agent, sys
from rasa.utils.train_utils import RasaModelData  # left out
from rasa.utils.tensorflow.model_data import FeatureSignature  # not foreseen: loads it
import rasa.utils.tensorflow.model_data as real
print(type(RasaModelData()) is real.RasaModelData, FeatureSignature is real.FeatureSignature)
"""
    assert run(code) == "True True"

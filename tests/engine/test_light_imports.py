"""What is left out of Rasa is left out only where nothing needs it, and comes when it is wanted."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot import paths
from bot.engine import light_imports


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
    assert light_imports.tensorflow_components(config) == found


def run(code: str) -> str:
    """Run code in a fresh Python: what is imported there is up to it alone."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


HEAVY = "sorted({'tensorflow', 'sklearn', 'matplotlib', 'slack_sdk', 'aiogram'} & set(sys.modules))"


def test_nothing_heavy_is_imported_for_a_bot_without_it() -> None:
    assert run(f"import sys, bot.engine.agent; print({HEAVY})") == "[]"


def test_left_out_module_is_loaded_by_whoever_needs_it() -> None:
    code = """
import bot.engine.agent, sys
from rasa.utils.train_utils import RasaModelData  # left out
from rasa.utils.tensorflow.model_data import FeatureSignature  # not foreseen: loads it
import rasa.utils.tensorflow.model_data as real
print(type(RasaModelData()) is real.RasaModelData, FeatureSignature is real.FeatureSignature)
"""
    assert run(code) == "True True"


def test_libraries_of_databases_and_reminders_are_left_out_until_they_are_used() -> None:
    code = """
import bot.engine.agent, sys
left_out = {"pymongo", "boto3", "dask", "apscheduler", "spacy", "transformers"}
print(sorted(left_out & set(sys.modules)))
from rasa.core import jobs
from rasa.engine.runner.dask import DaskGraphRunner
print(DaskGraphRunner.create.__qualname__, type(jobs.scheduler()).__name__, "apscheduler" in sys.modules)
"""
    assert run(code).splitlines() == ["[]", "DaskGraphRunner.create coroutine True"]


@pytest.mark.parametrize("kind", ["mongod", "dynamo", '"MongoD"'])
def test_library_of_a_configured_database_is_not_left_out(kind: str) -> None:
    endpoints = f"tracker_store:\n  type: {kind}\n"
    code = f"""
from bot.engine import light_imports
import sys
from importlib.util import find_spec
from pathlib import Path
for name in list(sys.modules):
    if name.startswith("rasa.core") or name in light_imports.DATABASES:
        del sys.modules[name]
light_imports.trim("", {endpoints!r})
print(any(name in sys.modules for name in light_imports.DATABASES))
"""
    assert run(code) == "False"


def test_few_modules_are_imported_to_start() -> None:
    # 1,483 when this was written. A library that is imported for one of its functions adds hundreds.
    assert int(run("import sys, bot.web.server; print(len(sys.modules))")) < 1700


STAND_INS = {**light_imports.TRAINING, **light_imports.CHANNELS, **light_imports.OTHERS, **light_imports.COMPONENTS}


@pytest.mark.parametrize("module", [*STAND_INS, *light_imports.NAME_SPARSE])
def test_pinned_rasa_has_what_is_stood_in_for(module: str) -> None:
    source = Path(find_spec("rasa").origin).parent.parent.joinpath(*module.split(".")).with_suffix(".py")
    text = source.read_text(encoding="utf-8")
    names = STAND_INS.get(module, ())
    assert [
        name
        for name in names
        if not re.search(rf"^(class |def |async def |from .* import )?{name}\b", text, re.MULTILINE)
    ] == []
    assert module in STAND_INS or "scipy" in text


def test_training_of_our_components_imports_none_of_rasas() -> None:
    code = """
import bot.engine.light_imports as light, sys
from bot import paths
light.trim_for_training(paths.CONFIG.read_text())
from rasa.engine.recipes.default_components import DEFAULT_COMPONENTS
import rasa.graph_components.validators.default_recipe_validator
import rasa.model_training
print(rasa.model_training.DaskGraphRunner.__name__, sorted({"tensorflow", "sklearn", "matplotlib"} & set(sys.modules)))
"""
    assert run(code) == "PredictionRunner []"


def test_sparse_matrices_are_real_for_whoever_uses_them() -> None:
    code = """
import bot.engine.agent, sys
from rasa.shared.nlu.training_data.features import Features
print("scipy" in sys.modules)
import numpy, scipy.sparse
dense = Features(numpy.ones((1, 2)), "sentence", "text", "here")
sparse = Features(scipy.sparse.csr_matrix([[1, 0]]), "sentence", "text", "here")
print(dense.is_sparse(), sparse.is_sparse())
"""
    assert run(code).splitlines() == ["False", "False True"]

"""Compares this bot with stock Rasa: `make bench`.

Needs what `make run` makes (.venv, a trained model). Training stock Rasa on all questions takes hours on two cores, so
it learns from a share of them unless told otherwise. Its model is kept under models/stock-bench/.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import signal
import subprocess
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import psutil

from bench import load, processes, report, training
from bench.places import ACTION_PORT, DOCUMENT, PYTHON, ROOT, WORK
from bench.results import Results, Run

CLIENTS = (1, 8)


def main() -> None:
    """Run the comparison, print it, and write the document."""
    # Told to stop, leave the way by which servers are stopped, too.
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    options = _options()
    os.environ["ENV_FILE"] = ""  # what is measured are the defaults, not the settings of whoever measures
    WORK.mkdir(parents=True, exist_ok=True)
    results = Results(_machine())
    _say("making the stock project")
    project = WORK / "stock"
    made = json.loads(_ours_says(*_stock(project, options.share)))
    questions = list(dict.fromkeys(made["questions"]))
    random.Random(1).shuffle(questions)
    _say(f"training stock Rasa on {made['learnt']:,} of {len(made['questions']):,} questions, unless a model is kept")
    model, results.stock_training = training.stock(project, made["stock"], made["learnt"], options.share, options.fresh)
    _say("training ours from nothing, unless it was measured before (minutes)")
    copy = WORK / "copy"
    results.our_training = training.ours(copy, made["ours"], made["all_questions"], options.fresh)
    for repeat in range(options.repeats):
        for name in ("stock", "ours"):
            _say(f"run {repeat + 1} of {options.repeats}: {name}")
            bot = processes.stock(project, model) if name == "stock" else processes.ours()
            if not repeat:
                with processes.running(bot):  # its modules are compiled, its files read once
                    pass
            getattr(results, name).append(_measured(bot, options.seconds, questions))
    _say("ours, stage by stage")
    results.stages = _stages(options.seconds, questions)
    _say("ours in long conversations, beside many, with many facts (minutes)")
    results.sizes = json.loads(_written("bench.sizes"))
    (WORK / "results.json").write_text(json.dumps(results.as_dict(), indent=1), encoding="utf-8")
    options.out.write_text(report.document(results, options.seconds, load.WARM_UP, len(questions)), encoding="utf-8")
    print(f"\n{report.table(results)}\n\n{report.stage_table(results)}\n\n{report.size_table(results)}\n")
    _say(f"written to {options.out}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20, help="how long each load lasts")
    parser.add_argument("--repeats", type=int, default=3, help="how often each bot is started and measured")
    parser.add_argument("--share", type=_share, default=0.1, help="how much of the questions stock learns from")
    parser.add_argument("--fresh", action="store_true", default=os.environ.get("FRESH") == "1", help="train both again")
    parser.add_argument("--out", type=Path, default=DOCUMENT, help="where to write the document")
    return parser.parse_args()


def _stock(project: Path, share: float) -> list[str]:
    return ["bench.stock", str(project), "--action-port", str(ACTION_PORT), "--share", str(share)]


def _share(text: str) -> float:
    share = float(text)
    if not 0 < share <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not above 0 and at most 1")
    return share


def _measured(bot: processes.Bot, seconds: float, questions: list[str]) -> Run:
    with processes.running(bot) as running:
        loads = {}
        for number, clients in enumerate(CLIENTS):
            # Each load has a part of the questions for itself.
            loads[clients] = load.put(clients, seconds, questions[number :: len(CLIENTS)])
        return Run(running.seconds, running.memory(), loads)


def _stages(seconds: float, questions: list[str]) -> dict:
    result = WORK / "stages.json"
    result.unlink(missing_ok=True)
    bot = processes.ours([str(PYTHON), "-m", "bench.stages", str(result)])
    with processes.running(bot):
        found = load.put(1, seconds, questions)
    return {**json.loads(result.read_text(encoding="utf-8")), **asdict(found)}


def _ours_says(module: str, *arguments: str) -> str:
    """Run a module of the benchmark in the bot's environment and return what it prints."""
    command = [str(PYTHON), "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def _written(module: str) -> str:
    """Run a module of the benchmark in the bot's environment and return what it writes."""
    result = WORK / f"{module}.json"
    _ours_says(module, str(result))
    return result.read_text(encoding="utf-8")


def _machine() -> dict[str, str]:
    """Say what this runs on."""
    versions = json.loads(
        subprocess.run(
            [
                str(PYTHON),
                "-c",
                "import json, platform; from importlib.metadata import version as v; print(json.dumps({'Python':"
                " platform.python_version(), **{n: v(n) for n in ('rasa', 'tensorflow', 'onnxruntime', 'numpy')}}))",
            ],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
    )
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        **versions,
        "locust": version("locust"),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def _say(text: str) -> None:
    print(f"[bench] {text}", flush=True)


if __name__ == "__main__":
    main()

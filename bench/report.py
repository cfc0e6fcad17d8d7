"""Puts the results into words: a table for the terminal, and docs/benchmarks.md."""

from __future__ import annotations

import statistics

from bench.results import Growth, Results, Row, comparison, growths

_HEAD = """\
# Benchmarks

Written by `make bench`, which builds a stock Rasa project from this project's own intents and training questions, runs
it and this bot in turn on the same machine with the same questions, and compares. Do not edit.

{machine}

"""
_METHOD = """\

## How it was measured

- **Stock**: what `rasa init` makes, Rasa's default pipeline and policies (DIET, ResponseSelector, TED and UnexpecTED,
  100 epochs each), one story an intent, one custom action on `rasa run actions`, stores in memory. The action looks its
  text up by intent and does nothing else. Same installation of Rasa, same Python.
- **Ours**: `python -m bot serve`, conversations written to its SQLite file.
- Clients are Locust's: each asks one question after the other and waits for the answer, for {seconds:.0f} s after
  {warm_up:.0f} s of warm-up, five questions a conversation, and no question twice in a run ({questions:,} training
  questions in a fixed random order, the same for both), so that nothing is answered from a cache. They run on the same
  {cores} cores.
- Start: from the start of the processes to the first answer over REST, compiled modules being there.
- Memory: resident, all processes (stock: server and action server), after the load.
- Training: {training}
- **Noise**: the bots took turns, {repeats} times each. A figure is the median of these, beside it the least and the
  most. {noise}
"""


def table(results: Results) -> str:
    """Return the comparison as a table of Markdown."""
    lines = ["| | stock Rasa | this bot | ratio | target |", "|---|---|---|---|---|"]
    for row in comparison(results):
        target = f"{row.target:g} × {'met' if row.met else '**missed**'}" if row.target else ""
        cells = [f"{row.name} ({row.unit})", _spread(row.stock), _spread(row.ours), f"{row.ratio:.1f} ×", target]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def stage_table(results: Results) -> str:
    """Return what each stage of a message takes in our bot."""
    found = results.stages
    messages = found["messages"]
    lines = ["| stage | ms a message | share | times a message |", "|---|---|---|---|"]
    milliseconds = {stage: 1000 * seconds / messages for stage, seconds in found["seconds"].items()}
    milliseconds["HTTP"] = max(found["mean"] - sum(milliseconds.values()), 0.0)
    total = sum(milliseconds.values())
    for stage, each in milliseconds.items():
        times = found["times"].get(stage)
        often = f"{times / messages:.2f}" if times else ""
        lines.append(f"| {stage} | {each:.2f} | {each / total:.0%} | {often} |")
    lines.append(f"| all | {total:.2f} | | |")
    return "\n".join(lines)


def size_table(results: Results) -> str:
    """Return how an answer's time grows with sizes."""
    lines = ["| | size: ms (times the first, most allowed) | |", "|---|---|---|"]
    for growth in growths(results.sizes):
        cells = []
        for size, figure in growth.figures.items():
            multiple = growth.multiples[size]
            most = growth.most[size]
            first = size == next(iter(growth.figures))
            cells.append(f"{size}: {figure:.2f}" + ("" if first else f" ({multiple:.2f} ×, {most:.2f} ×)"))
        lines.append(f"| {growth.name} | {'; '.join(cells)} | {'met' if growth.met else '**missed**'} |")
    return "\n".join(lines)


def document(results: Results, seconds: float, warm_up: float, questions: int) -> str:
    """Return docs/benchmarks.md."""
    machine = "; ".join(f"{name} {value}" for name, value in results.machine.items()) + "."
    parts = [_HEAD.format(machine=machine), table(results), "\n\n"]
    parts.append(f"{_verdict(comparison(results), growths(results.sizes))}\n\n")
    parts.append(
        "## Where the time of a message goes\n\nOne client, without what other stages take inside a stage:\n\n"
    )
    parts += [stage_table(results), "\n\n", "## Whether it grows\n\n", size_table(results), "\n\n"]
    counts = results.sizes["facts"]
    named = results.sizes["names"]
    parts.append(
        "Sizes are measured in turn, message by message. Facts and names known: "
        + "; ".join(f"{size} × has {count:,} and {named[size]:,}" for size, count in counts.items())
        + ".\n"
    )
    method = _METHOD.format(
        seconds=seconds,
        warm_up=warm_up,
        questions=questions,
        cores=results.machine["cores"],
        repeats=len(results.ours),
        training=_training(results),
        noise=_noise(comparison(results)),
    )
    return "".join([*parts, method])


def _spread(figures: list[float]) -> str:
    middle = _short(statistics.median(figures))
    return middle if len(figures) == 1 else f"{middle} ({_short(min(figures))}–{_short(max(figures))})"


def _short(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.1f}"


def _verdict(rows: list[Row], sizes: list[Growth]) -> str:
    missed = [row.name for row in rows if not row.met] + [growth.name for growth in sizes if not growth.met]
    return f"**Missed: {', '.join(missed)}.**" if missed else "Every target is met."


def _noise(rows: list[Row]) -> str:
    """Say how far repeats were apart."""
    spreads = {
        row.name: (max(figures) - min(figures)) / statistics.median(figures)
        for row in rows
        for figures in (row.stock, row.ours)
        if len(figures) > 1
    }
    if not spreads:
        return "With one run there is no telling how far repeats would be apart."
    worst = max(spreads, key=spreads.get)
    typical = statistics.median(spreads.values())
    return (
        f"Least and most were {typical:.0%} of the median apart at the median of all lines, {spreads[worst]:.0%} at the"
        f" worst ({worst})."
    )


def _training(results: Results) -> str:
    stock, ours = results.stock_training, results.our_training
    if not stock or not ours:
        return "not measured."
    told = (
        f"stock learnt from {stock.questions:,} questions{_part(stock.share)}, ours from {ours.questions:,} (follow-up"
        " pairs among them), each once, from nothing."
    )
    kept = [name for name, cost in (("stock", stock), ("ours", ours)) if cost.cached]
    if kept:
        told += (
            f" {' and '.join(kept).capitalize()}: taken from an earlier run on this machine (`make bench FRESH=1`"
            " trains again); other work on the machine then shows in the time on the clock, less in the processor's."
        )
    return told


def _part(share: float) -> str:
    if share == 1:
        return ""
    return f" ({share:.0%} of those of every intent, as all of them take hours: that favours stock)"

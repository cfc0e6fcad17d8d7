"""What a run of the benchmark found, and the targets it is held against."""

from __future__ import annotations

import statistics
from dataclasses import asdict, dataclass, field
from math import log
from typing import Any

from bench.load import Load
from bench.training import Cost


@dataclass(frozen=True)
class Run:
    """One start of one bot."""

    start: float
    """Seconds from the start to the first answer."""
    memory: float
    """Resident MB after the load."""
    loads: dict[int, Load]
    """Clients -> how they were served."""


@dataclass
class Results:
    """Everything that goes into the document."""

    machine: dict[str, str]
    stock: list[Run] = field(default_factory=list)
    ours: list[Run] = field(default_factory=list)
    stock_training: Cost | None = None
    our_training: Cost | None = None
    stages: dict[str, Any] = field(default_factory=dict)
    sizes: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return all as JSON has it."""
        return asdict(self)


@dataclass(frozen=True)
class Row:
    """One line of the comparison: a figure of each bot in each repeat."""

    name: str
    unit: str
    stock: list[float]
    ours: list[float]
    more_is_better: bool = False
    target: float | None = None
    """How many times better ours has to be."""

    @property
    def ratio(self) -> float:
        """How many times better ours is, by the medians."""
        stock, ours = statistics.median(self.stock), statistics.median(self.ours)
        return ours / stock if self.more_is_better else stock / ours

    @property
    def met(self) -> bool:
        """Whether the target is met, or there is none."""
        return self.target is None or self.ratio >= self.target


def comparison(results: Results) -> list[Row]:
    """Return the lines of the comparison."""

    def each(name: str, unit: str, figure: Any, **more: Any) -> Row:
        return Row(name, unit, [figure(r) for r in results.stock], [figure(r) for r in results.ours], **more)

    rows = [each("start to first answer", "s", lambda r: r.start, target=2)]
    for clients in results.ours[0].loads:
        people = "1 client" if clients == 1 else f"{clients} clients"
        for part in ("p50", "p95", "p99"):
            target = 6 if clients == 1 and part == "p50" else None
            rows.append(
                each(
                    f"latency {part}, {people}",
                    "ms",
                    lambda r, c=clients, p=part: getattr(r.loads[c], p),
                    target=target,
                )
            )
        target = 6 if clients > 1 else None
        rate = each(
            f"messages, {people}", "/s", lambda r, c=clients: r.loads[c].rate, more_is_better=True, target=target
        )
        rows.append(rate)
    rows.append(each("resident memory", "MB", lambda r: r.memory, target=2))
    if results.stock_training and results.our_training:
        for name, part, target in (("training, on the clock", "wall", 2), ("training, processor", "cpu", None)):
            figures = [getattr(cost, part) for cost in (results.stock_training, results.our_training)]
            rows.append(Row(name, "s", figures[:1], figures[1:], target=target))
    return rows


@dataclass(frozen=True)
class Growth:
    """How a figure grows with a size, and how much it may."""

    name: str
    figures: dict[str, float]
    """Size -> milliseconds."""
    most: dict[str, float]
    """Size -> most that the figure may be, as a multiple of that of the first size."""

    @property
    def multiples(self) -> dict[str, float]:
        """Size -> the figure as a multiple of that of the first size."""
        first = next(iter(self.figures.values()))
        return {size: figure / first for size, figure in self.figures.items()}

    @property
    def met(self) -> bool:
        """Whether no size takes more than it may."""
        return all(self.multiples[size] <= most for size, most in self.most.items())


def growths(sizes: dict[str, Any]) -> list[Growth]:
    """Return how an answer's time grows: by a fifth at most, with facts no faster than their logarithm."""
    counts = sizes["facts"]
    first = next(iter(counts.values()))
    logarithm = {size: log(count) / log(first) for size, count in counts.items()}
    return [
        Growth("a message, by its place in the conversation", sizes["turns"], dict.fromkeys(sizes["turns"], 1.2)),
        Growth(
            "a message, by conversations stored", sizes["conversations"], dict.fromkeys(sizes["conversations"], 1.2)
        ),
        Growth("finding names in a message, by times the facts", sizes["linking"], logarithm),
        Growth("composing an answer, by times the facts", sizes["composing"], logarithm),
    ]

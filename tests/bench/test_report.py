"""What the benchmark makes of its figures."""

from __future__ import annotations

from bench import report
from bench.load import Load
from bench.results import Results, Run, comparison, growths
from bench.training import Cost


def run(start: float, memory: float, latency: float, rate: float) -> Run:
    load = Load(latency, 2 * latency, 3 * latency, 1.1 * latency, rate, 100, 0)
    return Run(start, memory, {1: load, 8: load})


def results(latency: float = 8.0) -> Results:
    return Results(
        machine={"processor": "any", "cores": "2"},
        stock=[run(60, 1400, 80, 12), run(70, 1400, 90, 12), run(50, 1400, 70, 12)],
        ours=[run(6, 400, latency, 100), run(5, 400, latency, 110), run(7, 400, latency, 90)],
        stock_training=Cost(9000, 15000, 2_000, share=0.1, cached=True),
        our_training=Cost(300, 500, 24_000),
        stages={
            "messages": 10,
            "seconds": {"embedding": 0.03, "tracker": 0.01},
            "times": {"embedding": 13},
            "mean": 6.0,
        },
        sizes={
            "turns": {"1": 8.0, "500": 8.4},
            "conversations": {"0": 8.0, "100000": 8.0},
            "facts": {"1": 56, "10": 560, "100": 5600},
            "names": {"1": 400, "10": 4000, "100": 33_000},
            "linking": {"1": 0.5, "10": 0.6, "100": 0.9},
            "composing": {"1": 0.1, "10": 0.1, "100": 0.1},
        },
    )


def test_ratio_is_of_the_medians_and_says_how_many_times_better() -> None:
    rows = {row.name: row for row in comparison(results())}
    assert rows["latency p50, 1 client"].ratio == 80 / 8
    assert rows["messages, 8 clients"].ratio == 100 / 12
    assert rows["start to first answer"].ratio == 60 / 6
    assert rows["training, on the clock"].ratio == 30
    assert all(row.met for row in rows.values())


def test_missed_target_is_told() -> None:
    slow = results(latency=20.0)
    assert not next(row for row in comparison(slow) if row.name == "latency p50, 1 client").met
    assert "| 4.0 × | 6 × **missed** |" in report.table(slow)
    assert "**Missed: latency p50, 1 client.**" in report.document(slow, 20, 3, 1000)
    assert "Every target is met." in report.document(results(), 20, 3, 1000)


def test_growth_with_facts_may_be_that_of_their_logarithm() -> None:
    found = results()
    assert all(growth.met for growth in growths(found.sizes))
    found.sizes["linking"]["100"] = 1.2  # 2.4 times, where ln 5600 / ln 56 is 2.1
    found.sizes["turns"]["500"] = 9.7
    assert [growth.met for growth in growths(found.sizes)] == [False, True, False, True]


def test_document_states_the_spread_the_machine_and_what_was_kept() -> None:
    text = report.document(results(), 20, 3, 1000)
    assert "processor any; cores 2." in text
    assert "60.0 (50.0–70.0)" in text
    assert "33% at the worst (start to first answer)" in text or "at the worst" in text
    assert "Stock: taken from an earlier run" in text
    assert "| HTTP | 2.00 | 33% |  |" in text
    assert "| embedding | 3.00 | 50% | 1.30 |" in text
    assert "(10% of those of every intent" in text
    assert max(map(len, text.splitlines())) < 400

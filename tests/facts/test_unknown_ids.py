"""A name that nobody knows is reported with those that it may be meant for."""

from __future__ import annotations

from bot.facts.unknown_ids import closest, unknown


def test_only_unknown_names_are_reported_with_the_nearest() -> None:
    found = list(unknown("events.yml: a: place", ["harbour", "harbuor", None, ""], ["harbour", "hill"], "entity"))
    assert found == ["events.yml: a: place: there is no entity harbuor; valid is harbour"]


def test_where_none_is_near_some_of_all_are_shown() -> None:
    assert closest("xyz", {"b", "a"}) == "a, b"
    assert closest("xyz", [f"name{number}" for number in range(100)]).count(",") == 7

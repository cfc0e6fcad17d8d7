"""Which event the article tells to have come after which. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping

from bot.facts.dates import Dated
from bot.facts.model import Event


def follows(events: Mapping[str, Event], dates: Mapping[str, Dated]) -> dict[str, set[str]]:
    """Return the events known to have come after each one, from what is told of it alone.

    That is: by dates, by the order among events of a type, by `after` and `before`, and by cause and outcome.
    """
    found: dict[str, set[str]] = {event: set() for event in events}
    for event in events.values():
        for earlier in (*event.after, *event.causes):
            if earlier in found:
                found[earlier].add(event.id)
        found[event.id].update(later for later in (*event.before, *event.outcomes) if later in found)
        for other in events.values():
            if _is_ordered(event, other) or _is_dated_before(dates, event.id, other.id):
                found[event.id].add(other.id)
    return found


def closure(later: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """Return all that comes after each one, by however many steps."""
    found: dict[str, frozenset[str]] = {}
    for start in later:
        reached: set[str] = set()
        ahead = list(later[start])
        while ahead:
            event = ahead.pop()
            if event not in reached:
                reached.add(event)
                ahead += later[event]
        found[start] = frozenset(reached)
    return found


def _is_ordered(one: Event, other: Event) -> bool:
    return one.type == other.type and one.order is not None and other.order is not None and one.order < other.order


def _is_dated_before(dates: Mapping[str, Dated], one: str, other: str) -> bool:
    """True where the dates tell: of 1991-12 and 1991-12-10 neither is the earlier one."""
    if one not in dates or other not in dates:
        return False
    first, second = (dates[i].day.isoformat() if dates[i].day else dates[i].text for i in (one, other))
    length = min(len(first), len(second))
    return first[:length] < second[:length]

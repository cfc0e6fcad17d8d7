"""Answers that are worked out from dated and ordered events instead of being looked up.

Each operation takes the fact base, the answer's entry and the question, and returns an `Outcome`. Where the question
claims something ("Did Russia leave on the 10th?"), `holds` says whether the facts bear it out.
"""

from __future__ import annotations

from bot.answers.operations import (
    any_events,
    compare,
    dates,
    days_apart,
    gaps,
    gone_by,
    halfway,
    neighbour,
    order,
    people,
    remaining,
    supposed,
)
from bot.answers.operations.outcome import Operation, Outcome
from bot.facts.reference_checks import Operations

__all__ = ["CHECKED", "OPERATIONS", "OVER_EVENTS", "Operation", "Outcome"]

OPERATIONS: dict[str, Operation] = {
    "when": dates.when,
    "on_date": dates.on_date,
    "order": order.order,
    "neighbour": neighbour.neighbour,
    "compare": compare.compare,
    "days_between": days_apart.days_apart,
    "remaining_after": remaining.remaining,
    "left_by": gone_by.left_by,
    "events_order": any_events.events_order,
    "same_period": any_events.same_period,
    "compare_gaps": gaps.compare_gaps,
    "halfway": halfway.halfway,
    "supposed": supposed.supposed,
    "describe": people.describe,
    "role": people.role,
    "office_holder": people.office_holder,
}
_OF_PEOPLE = ("describe", "role", "office_holder")
OVER_EVENTS = frozenset(OPERATIONS).difference(_OF_PEOPLE)
"""Operations that need an event, or `events` of a type and the `role` of those named in them."""
CHECKED = Operations(
    names=frozenset(OPERATIONS),
    over_events=OVER_EVENTS,
    over_group=frozenset({"remaining_after", "left_by"}),
    of_days=frozenset({"on_date"}),
)
"""What the checks of the fact base have to know of them."""

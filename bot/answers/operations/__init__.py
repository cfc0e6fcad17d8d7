"""Answers that are worked out from dated and ordered events instead of being looked up.

Each operation takes the fact base, the answer's entry and the question, and returns a `Outcome`. Where the question
claims something ("Did Russia leave on the 10th?"), `holds` says whether the facts bear it out.
"""

from __future__ import annotations

from bot.answers.operations import compare, dates, days_apart, neighbour, order, people, remaining
from bot.answers.operations.outcome import Operation, Outcome

__all__ = ["OPERATIONS", "OVER_EVENTS", "Operation", "Outcome"]

OPERATIONS: dict[str, Operation] = {
    "when": dates.when,
    "on_date": dates.on_date,
    "order": order.order,
    "neighbour": neighbour.neighbour,
    "compare": compare.compare,
    "days_between": days_apart.days_apart,
    "remaining_after": remaining.remaining,
    "describe": people.describe,
    "role": people.role,
    "office_holder": people.office_holder,
}
OVER_EVENTS = frozenset(OPERATIONS) - {"describe", "role", "office_holder"}
"""Operations that need an event, or `events` of a type and the `role` of those named in them."""

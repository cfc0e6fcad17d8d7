"""Answers that are worked out from dated and ordered events instead of being looked up.

Each operation takes the fact base, the answer's entry and the question, and returns a `Result`. Where the question
claims something ("Did Russia leave on the 10th?"), `holds` says whether the facts bear it out.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.answers.question import Question
from bot.facts.base import FactBase
from bot.facts.dates import MONTHS, Dated, count_words, days_between, ordinal_suffix, spell
from bot.facts.model import Answer, Claim, Event
from bot.nlu.linking import ADJECTIVE, NAME, Mention


@dataclass(frozen=True)
class Result:
    """What an operation found: `text` rests on `facts`; `derived` where it was counted or ordered.

    `refused` is set where the facts do not tell; `choices` (entity ids) where it has to be asked which one is meant.
    """

    text: str = ""
    facts: tuple[str, ...] = ()
    derived: bool = False
    holds: bool | None = None
    refused: bool = False
    choices: tuple[str, ...] = ()


Operation = Callable[[FactBase, Answer, Question], Result]


def when(base: FactBase, entry: Answer, question: Question) -> Result:
    """When an event took place: "When did Russia leave?" """
    if entry.event:
        events = [base.events[entry.event]]
    else:
        outside = [m for m in _named_states(base, question) if base.entities[m.value].outside]
        events = _subjects(base, entry, question)
        if not events and outside:
            return _refuse(base, "no_date_outside", entity=base.entities[outside[0].value].name)
        if not events:
            return _which(base, entry)
    claimed = question.values("date")
    found = [(event, base.dates.get(event.id)) for event in events]
    dated = [(event, date) for event, date in found if date and date.day]
    if not dated:
        result = _refuse(base, "no_date", says=events[0].says)
        return Result(f"{result.text} {_about(base, events[0], entry)}".strip(), refused=True)
    texts = [_date_text(base, event, date) for event, date in dated]
    texts += [base.wording["refused"]["no_date"].format(says=e.says) for e, date in found if not (date and date.day)]
    holds = None
    if claimed and len(dated) == 1:
        holds = any(matches(value, dated[0][1].day) for value in claimed)
    facts = tuple(fact for event, date in dated for fact in (event.id, *([date.counted_from] if date.counted else [])))
    return Result(" ".join(texts), facts, any(date.counted for _, date in dated), holds)


def on_date(base: FactBase, entry: Answer, question: Question) -> Result:
    """What happened on a date: "What happened on December 12th?", "... four days after Russia left?" """
    reference = [] if question.values("date") else _subjects(base, entry, question, by_names=True)
    lengths = [float(value) for value in question.values("duration")]
    if lengths and reference and base.dates.get(reference[0].id) and base.dates[reference[0].id].day:
        backwards = "before" in question.values("order") and "after" not in question.values("order")
        days = int(lengths[0]) * (-1 if backwards else 1)
        day = base.dates[reference[0].id].day + datetime.timedelta(days=days)
        events = _events_on(base, day)
        if not events:
            return _refuse(base, "nothing_on", date=spell(day))
        text = _fill(
            base,
            "dates",
            "earlier" if backwards else "later",
            Count=_days(abs(days)).capitalize(),
            date=spell(day),
            events=_join([e.says for e in events]),
        )
        return Result(text, tuple(e.id for e in events) + (reference[0].id,), True)
    for value in question.values("date"):
        found = _on_day(base, question, value) if _is_day(value) else _in_period(base, value)
        if found:
            return found
    dates = question.values("date")
    if dates:
        return _refuse(base, "nothing_on" if _is_day(dates[0]) else "nothing_in", date=_spoken(dates[0]))
    if reference:
        return _next_event(base, entry, question, reference[0])
    return Result(refused=True)


def _on_day(base: FactBase, question: Question, value: str) -> Result | None:
    events = [e for e in base.events.values() if e.id in base.dates and matches(value, base.dates[e.id].day)]
    if not events:
        return None
    date = base.dates[events[0].id]
    says = _join([e.says for e in events])
    text = _fill(base, "dates", "on_counted" if date.counted else "on", date=date.text, events=says)
    named = set(question.named("state"))
    holds = any(named & set(e.entities()) for e in events) if question.polar and named else None
    return Result(text, tuple(e.id for e in events), date.counted, holds)


def _in_period(base: FactBase, value: str) -> Result | None:
    """What happened in a month or a year."""
    whole = [e for e in base.events.values() if e.id in base.dates and base.dates[e.id].text == value and e.date.in_]
    if whole:
        text = _fill(base, "dates", "in", date=_spoken(value), events=_join([e.says for e in whole]))
        return Result(text, tuple(e.id for e in whole))
    inside = [e for e in base.events.values() if e.id in base.dates and matches(value, base.dates[e.id].day)]
    if not inside:
        return None
    inside.sort(key=lambda e: base.dates[e.id].day)
    dates = [base.dates[e.id] for e in inside]
    steps = [f"{e.says} on {date.text}" for e, date in zip(inside, dates, strict=True)]
    text = _fill(base, "dates", "in", date=_spoken(value), events=_join(steps))
    return Result(text, tuple(e.id for e in inside), any(date.counted for date in dates))


def order(base: FactBase, entry: Answer, question: Question) -> Result:
    """The order of the events of a type: "In what order did they leave?" """
    events = base.events_of_type(entry.events or "")
    wanted = {e.id for e in _subjects(base, entry, question)}
    steps, used = [], []
    previous = None
    for event in events:
        date = base.dates.get(event.id)
        first = event is events[0]
        if not (first or (date and date.day)) or (len(wanted) > 1 and event.id not in wanted):
            continue
        name = base.entities[event.entities(entry.role)[0]].name
        if date and date.day:
            steps.append(_fill(base, "order", "step_counted" if date.counted else "step", entity=name, date=date.text))
        else:
            steps.append(_fill(base, "order", "first", entity=name))
            steps.append(_fill(base, "order", "gap"))
        used.append(event.id)
        previous = event
    if not previous:
        return _refuse(base, "unknown_order")
    text = _fill(base, "order", "list", steps=", then ".join(steps))
    return Result(text[:1].upper() + text[1:], tuple(used), True)


def neighbour(base: FactBase, entry: Answer, question: Question) -> Result:
    """Who came directly before or after: "Who left right after Belarus?" """
    events = base.events_of_type(entry.events or "")
    subjects = _subjects(base, entry, question)
    directions = question.values("order")
    if not subjects:
        if "last" in directions:
            subjects = [events[-1]]
        else:
            return _which(base, entry)
    backwards = "before" in directions and "after" not in directions
    reference = subjects[-1] if question.polar and len(subjects) > 1 else subjects[0]
    step = -1 if backwards else 1
    found = next((e for e in events if e.order == (reference.order or 0) + step), None)
    word = "before" if backwards else "after"
    name = base.entities[reference.entities(entry.role)[0]].name
    if found is None:
        if not backwards and reference is events[-1]:
            none = Result(_fill(base, "order", "remaining_none", entity=name), (reference.id,), True)
            # "What happened right after Kazakhstan left?": nobody left any more, but the story went on.
            later = _next_event(base, entry, question.with_(mentions=_AFTER), reference)
            return none if later.refused else Result(f"{none.text} {later.text}", later.facts, True)
        if backwards and reference is events[0]:
            return Result(_fill(base, "order", "nobody_before", entity=name), (reference.id,), True)
        return _refuse(base, "no_neighbour", direction=word, entity=name)
    gap = _gap(base, reference, found)
    key = "neighbour" if gap is not None else "neighbour_undated"
    date = base.dates.get(found.id)
    text = _fill(
        base,
        "order",
        key,
        Says=found.says[:1].upper() + found.says[1:],
        date=date.text if date else "",
        days=_days(abs(gap or 0)),
        direction=word,
        other=reference.noun,
    )
    holds = None
    if question.polar:
        others = [s for s in subjects if s is not reference]
        holds = found in others if others else None
    return Result(text, (found.id, reference.id), True, holds)


def compare(base: FactBase, entry: Answer, question: Question) -> Result:
    """Which of two came first: "Did Belarus leave before Russia?" """
    subjects = _subjects(base, entry, question, by_names=True)
    if len(subjects) < 2:
        others = [m for m in _named_states(base, question) if base.entities[m.value].outside]
        if others:
            return _refuse(base, "unknown_order")
        if not subjects:
            return _which(base, entry)
        # "Did Kazakhstan leave after everybody else?"
        return order(base, entry, question)
    one, two = subjects[0], subjects[1]
    if one.order is None or two.order is None:
        return _refuse(base, "unknown_order")
    first, second = sorted((one, two), key=lambda e: e.order or 0)
    gap = _gap(base, first, second)
    names = [
        base.entities[e.entities(entry.role)[0]].name if entry.role in e.participants else e.noun
        for e in (first, second)
    ]
    if gap:
        dates = base.dates
        text = _fill(
            base,
            "order",
            "compare_days",
            first=names[0],
            first_says=first.says,
            first_date=dates[first.id].text,
            days=_days(gap),
            second_says=second.says,
            second_date=dates[second.id].text,
        )
        if entry.role not in first.participants:
            text = _fill(base, "order", "compare", first_noun=first.noun, second_noun=second.noun)
    else:
        text = _fill(base, "order", "compare", first_noun=first.noun, second_noun=second.noun)
    text = text[:1].upper() + text[1:]
    holds = None
    directions = question.values("order")
    says_before, says_after = (
        "before" in directions or "first" in directions,
        "after" in directions or "last" in directions,
    )
    if says_before != says_after and (question.polar or question.false > question.ask):
        holds = (one is first) == says_before
    return Result(text, (first.id, second.id), True, holds)


def apart(base: FactBase, entry: Answer, question: Question) -> Result:
    """How many days lay between two events."""
    events = _subjects(base, entry, question, by_names=True)
    dated = base.events_of_type(entry.events or "")
    if len(events) == 1:
        # "How long after Kazakhstan left was it over?": the other end is the last event, or the one before.
        last = max(
            (e for e in base.events.values() if (d := base.dates.get(e.id)) and d.day),
            key=lambda e: base.dates[e.id].day,
        )
        neighbours = [e for e in dated if e.order == (events[0].order or 0) - 1]
        events = [events[0], last] if events[0] is not last and events[0] is dated[-1] else [*neighbours, events[0]]
    if len(events) < 2:
        return _which(base, entry)
    if len(events) > 2:
        known = [e for e in events if e.id in base.dates and base.dates[e.id].day]
        events = (
            [min(known, key=lambda e: base.dates[e.id].day), max(known, key=lambda e: base.dates[e.id].day)]
            if len(known) > 1
            else events[:2]
        )
    for event in events:
        date = base.dates.get(event.id)
        if date is None or date.day is None:
            return _refuse(base, "no_date_between", noun=event.noun)
    first, second = sorted(events[:2], key=lambda e: base.dates[e.id].day)
    gap = _gap(base, first, second) or 0
    one, two = base.dates[first.id], base.dates[second.id]
    counted = one.counted or two.counted
    stated = two.counted_from == first.id
    days = _days(gap).capitalize()
    text = _fill(
        base,
        "dates",
        "apart_counted" if counted and not stated else "apart",
        Days=days,
        first=first.says,
        first_date=one.text,
        second=second.says,
        second_date=two.text,
    )
    claimed = [float(v) for v in question.values("duration")]
    holds = (
        any(abs(c - gap) < 0.5 for c in claimed)
        if claimed and (question.polar or question.false > question.ask)
        else None
    )
    facts = [first.id, second.id]
    for date in (one, two):
        if date.counted_from and date.counted_from not in facts:
            facts.append(date.counted_from)
    return Result(text, tuple(facts), not stated or not counted, holds)


def remaining(base: FactBase, entry: Answer, question: Question) -> Result:
    """Who was left after some had gone."""
    group = base.claims[entry.group or ""]
    events = {e.entities(entry.role)[0]: e for e in base.events_of_type(entry.events or "")}
    subjects = _subjects(base, entry, question)
    days = [value for value in question.values("date") if _is_day(value)]
    if days and not question.values("order"):
        return _remaining_on(base, events, group, days[0])
    gone = [e for e in subjects if e.entities(entry.role)[0] in group.subject]
    if len(gone) > 1 and {"before", "after"} <= set(question.values("order")):
        # "After Belarus went, but before Russia did": the one named after "after" had gone.
        gone = _named_after(question, "after", gone, entry) or gone
    if question.polar and len(subjects) > 1:
        # "Was Ukraine still in after Belarus left?": the last named is the one that had gone.
        gone = [e for e in gone if e is subjects[-1]]
    if not gone:
        if subjects:
            return _refuse(base, "unknown_order")
        return Result(refused=True)
    latest = max(gone, key=lambda e: e.order or 0)
    left = [i for i in group.subject if (events[i].order or 0) > (latest.order or 0)]
    if not left:
        text = _fill(base, "order", "remaining_none", entity=base.entities[latest.entities(entry.role)[0]].name)
        return Result(text, (latest.id,), True)
    names = [base.entities[i].name for i in left]
    key = "remaining_one" if len(left) == 1 else "remaining"
    text = _fill(base, "order", key, Count=count_words(len(left)).capitalize(), entities=_join(names))
    holds = None
    if question.polar:
        asked = [e.entities(entry.role)[0] for e in subjects if e is not latest]
        holds = all(i in left for i in asked) if asked else None
    return Result(text, (latest.id, group.id), True, holds)


def _remaining_on(base: FactBase, events: dict[str, Event], group: Claim, value: str) -> Result:
    """Who was left on a day: "Which republics were still in on December 14th?" """
    dated = {i: base.dates[events[i].id] for i in group.subject if i in events and events[i].id in base.dates}
    days = [date.day for date in dated.values() if date.day]
    if not days:
        return _refuse(base, "unknown_order")
    day = datetime.date(days[0].year, int(value[-5:-3]) if value[-5:-3].strip("-") else days[0].month, int(value[-2:]))
    left = [i for i, date in dated.items() if date.day and date.day > day]
    gone = [events[i].id for i, date in dated.items() if date.day and date.day <= day]
    if not gone:
        return Result(_sentence(base.claims[group.id].says), (group.id,), True)
    if not left:
        latest = max(gone, key=lambda i: base.dates[i].day)
        name = next(base.entities[i].name for i in dated if events[i].id == latest)
        return Result(_fill(base, "order", "remaining_none", entity=name), (*gone, group.id), True)
    names = [base.entities[i].name for i in left]
    key = "remaining_one" if len(left) == 1 else "remaining"
    text = _fill(base, "order", key, Count=count_words(len(left)).capitalize(), entities=_join(names))
    return Result(text, (*gone, group.id), True)


def _named_after(question: Question, word: str, events: list[Event], entry: Answer) -> list[Event]:
    at = next(m.start for m in question.mentions if m.entity == "order" and m.value == word)
    of = {i: e for e in events for i in e.entities(entry.role)}
    following = [m for m in question.mentions if m.value in of and m.start > at]
    return [of[min(following, key=lambda m: m.start).value]] if following else []


def _sentence(clause: str) -> str:
    return clause[:1].upper() + clause[1:] + "."


def describe(base: FactBase, entry: Answer, question: Question) -> Result:
    """What the article says of a person or thing."""
    kinds = [entry.type] if entry.type else sorted({e.type for e in base.entities.values()})
    found = [m.value for m in question.mentions if m.entity in kinds and m.value in base.entities]
    named = [i for i in found if base.entities[i].about]
    if not named:
        if question.values("office"):
            return office_holder(base, entry, question)
        return _refuse(base, "not_described", entity=base.entities[found[0]].name) if found else Result(refused=True)
    # The USSR is named in passing in most questions; anything else named is what is meant.
    best = next((i for i in named if base.entities[i].type != "polity"), named[0])
    entity = base.entities[best]
    return Result(entity.about or "", tuple(entity.facts))


def role(base: FactBase, entry: Answer, question: Question) -> Result:
    """Which office a person held: "What was Yeltsin's job?" """
    people = [i for i in question.values(entry.type or "person") if i in base.entities]
    if not people:
        return office_holder(base, entry, question) if question.values("office") else Result(refused=True)
    person = base.entities[people[0]]
    offices = [e for e in base.entities.values() if e.holder == person.id]
    if not offices:
        return _refuse(base, "no_role" if not person.outside else "not_described", entity=person.name)
    text = _fill(base, "office", "role", person=person.name, office=offices[0].name)
    claimed = [i for i in question.values("office") if i in base.entities]
    if claimed and offices[0].id not in claimed:
        # "Why was Gorbachev chosen as Chairman of the Russian Supreme Soviet?"
        other = base.entities[claimed[0]]
        text = (
            _fill(base, "office", "holder", person=base.entities[other.holder or ""].name, office=other.name)
            + " "
            + text
        )
        return Result(text, (other.id, offices[0].id), holds=False)
    return Result(text, (offices[0].id,), holds=offices[0].id in claimed if question.polar and claimed else None)


def office_holder(base: FactBase, entry: Answer, question: Question) -> Result:
    """Who held an office: "Who was the Soviet president?", "Who led Kazakhstan?" """
    # A person named by name is not the one that "the Soviet president" describes.
    named = [m for m in question.mentions if m.entity == "person" and m.form == NAME and m.value in base.entities]
    offices = [i for i in question.values("office") if i in base.entities] or _offices_of(base, question)
    if not offices:
        if named and any(e.holder == named[0].value for e in base.entities.values()):
            return role(base, entry.copy(update={"type": "person"}), question)
        return _refuse(base, "no_holder")
    office = base.entities[offices[0]]
    holder = base.entities[office.holder or ""]
    if named and holder.id not in [m.value for m in named] and not base.entities[named[0].value].outside:
        return role(
            base,
            entry.copy(update={"type": "person"}),
            question.with_(mentions=(named[0], *[m for m in question.mentions if m.entity == "office"])),
        )
    text = _fill(base, "office", "holder", person=holder.name, office=office.name)
    holds = holder.id in [m.value for m in named] if question.polar and named else None
    return Result(text, (office.id,), holds=holds)


def _offices_of(base: FactBase, question: Question) -> list[str]:
    led = [m.value for m in question.mentions if m.entity in ("state", "polity")]
    # Of "Who led Kazakhstan in the USSR?" the state is meant, not the union it was in.
    led.sort(key=lambda i: base.entities[i].type == "polity" if i in base.entities else True)
    return [e.id for e in base.entities.values() if led and e.of == led[0]]


OPERATIONS: dict[str, Operation] = {
    "when": when,
    "on_date": on_date,
    "order": order,
    "neighbour": neighbour,
    "compare": compare,
    "days_between": apart,
    "remaining_after": remaining,
    "describe": describe,
    "role": role,
    "office_holder": office_holder,
}


def matches(value: str, day: datetime.date | None) -> bool:
    """True where a mentioned date, as far as it is known ("--12-10", "1991-12"), agrees with a day."""
    if day is None:
        return False
    if value.startswith("---"):
        return day.day == int(value[3:])
    if value.startswith("--"):
        return f"{day:%m-%d}".startswith(value[2:])
    return f"{day:%Y-%m-%d}".startswith(value)


def _is_day(value: str) -> bool:
    return value.startswith("--") and len(value) in (5, 7) or len(value) == 10


def _named_states(base: FactBase, question: Question) -> list[Mention]:
    return [m for m in question.mentions if m.entity == "state" and m.value in base.entities]


def _subjects(base: FactBase, entry: Answer, question: Question, by_names: bool = False) -> list[Event]:
    """Return the events that a question names by those who took part, or (by_names) by words of their own."""
    by_entity = {i: e for e in base.events_of_type(entry.events or "") for i in e.entities(entry.role)}
    # "The Russian parliament" names no departure, but "the Russian departure" does: adjectives only count alone.
    strict = [m for m in question.mentions if m.value in by_entity and m.form != ADJECTIVE]
    loose = [m for m in question.mentions if m.value in by_entity]
    found: list[tuple[int, Event]] = [(m.start, by_entity[m.value]) for m in (strict or loose)]
    if by_names:
        if len({e.id for _, e in found}) < 2:
            found += [(m.start, by_entity[m.value]) for m in loose]
        found += [(m.start, base.events[m.value]) for m in question.mentions if m.entity == "event"]
    if by_names and len({e.id for _, e in found}) < 2:
        # "... between the 10th and the Kazakh exit": a date stands for what happened on it.
        found += [
            (m.start, base.events[i]) for m in question.mentions if m.entity == "date"
            for i, date in base.dates.items() if date.day and matches(m.value, date.day) and _is_day(m.value)
        ]  # fmt: skip
    return list({event.id: event for _, event in sorted(found, key=lambda pair: pair[0])}.values())


def _which(base: FactBase, entry: Answer) -> Result:
    events = [e for e in base.events_of_type(entry.events or "") if (d := base.dates.get(e.id)) and d.day]
    return Result(choices=tuple(e.entities(entry.role)[0] for e in events))


_AFTER = (Mention("order", "after", 0, 0),)


def _next_event(base: FactBase, entry: Answer, question: Question, reference: Event) -> Result:
    """What happened next, or just before: "What happened right after Kazakhstan left?" """
    orders = question.values("order")
    date = base.dates.get(reference.id)
    if not orders or date is None or date.day is None:
        return when(base, entry, question)
    backwards = "before" in orders and "after" not in orders
    days = sorted(
        {d.day for d in base.dates.values() if d.day and (d.day < date.day if backwards else d.day > date.day)}
    )
    if not days:
        return _refuse(base, "nothing_on", date=date.text)
    day = days[-1] if backwards else days[0]
    events = _events_on(base, day)
    text = _fill(
        base,
        "dates",
        "earlier" if backwards else "later",
        Count=_days(abs((day - date.day).days)).capitalize(),
        date=spell(day),
        events=_join([e.says for e in events]),
    )
    return Result(text, (*(e.id for e in events), reference.id), True)


def _events_on(base: FactBase, day: datetime.date) -> list[Event]:
    return [e for e in base.events.values() if (d := base.dates.get(e.id)) and d.day == day]


def _gap(base: FactBase, one: Event, two: Event) -> int | None:
    first, second = base.dates.get(one.id), base.dates.get(two.id)
    return days_between(first, second) if first and second else None


def _date_text(base: FactBase, event: Event, date: Dated) -> str:
    says = event.says[:1].upper() + event.says[1:]
    if date.counted:
        noun = base.events[date.counted_from or ""].noun
        return _fill(base, "dates", "counted", Says=says, date=date.full, days=_days(date.days or 0), noun=noun)
    return _fill(base, "dates", "stated", Says=says, date=date.full)


def _about(base: FactBase, event: Event, entry: Answer) -> str:
    for entity_id in event.entities(entry.role):
        entity = base.entities[entity_id]
        if entity.about:
            return base.wording["refused"]["near"].format(text=entity.about)
    return ""


def _spoken(value: str) -> str:
    """Return a mentioned date in words: --12-31 is December 31st, 1991-03 is March 1991."""
    year, month, day = re.fullmatch(r"(\d{4}|-)?(?:-(\d\d|-))?(?:-?(\d\d))?", value).groups()
    if not month or month == "-":
        return f"the {int(day)}{ordinal_suffix(int(day))}" if day else str(year)
    words = MONTHS[int(month) - 1]
    if day:
        words += f" {int(day)}{ordinal_suffix(int(day))}"
    return f"{words} {year}" if year and year != "-" else words


def _days(number: int) -> str:
    return f"{count_words(number)} day{'s' * (number != 1)}"


def _fill(base: FactBase, section: str, key: str, **values: str) -> str:
    return base.wording[section][key].format(**values)


def _refuse(base: FactBase, key: str, **values: str) -> Result:
    return Result(_fill(base, "refused", key, **values), refused=True)


def _join(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"

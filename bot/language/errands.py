"""What is addressed to another assistant: errands about the speaker's own things, timers, lamps, bookings."""

from __future__ import annotations

import re

_POLITE = (
    r"^\W*(?:(?:hey|hi|hello|ok|okay|yo|please|pls|now|and|then|can|could|would|will|you|i|want|need|to|go|"
    r"ahead|just|kindly)\b\W*)*"
)
_OWN_THINGS = re.compile(
    r"\bmy (?:\w+ )?(?:calendar|schedule|inbox|e-?mails?|messages|voicemail|phone|contacts?|alarms?|reminders?|timer|"
    r"playlist|thermostat|lights?|lamps?|garage|front door|tyres?|tires?|oil change|luggage|suitcase|flight|"
    r"reservations?|bookings?|appointments?|bank|balance|savings|checking|account|credit|debit|card|pin|password|"
    r"pay ?check|salary|bills?|insurance|401k|taxes|vacation days|days off|pto|shopping list|to-?do list|grocery list|"
    r"order|package|parcel|boss|location|visa)\b",
    re.I,
)
_ORDERS = re.compile(
    _POLITE + r"(?:remind me (?:on|at|in|to|that|tomorrow|tonight|next|every)\b|wake me\b|"
    r"set (?:up )?(?:a|an|the|another|my) (?:\w+ )?(?:timer|alarm|reminder|countdown|stopwatch|appointment)\b|"
    r"(?:turn|switch) (?:on|off|up|down)\b|(?:dim|lock|unlock) the\b|"
    r"book (?:me|us|a|an)\b|order (?:me|us)\b|"
    r"transfer \W?\w+ (?:\w+ )?(?:to|from|into)\b|pay (?:my|the) \w*\s?bill|"
    r"roll (?:a|the) (?:dice|die)|flip a coin|play (?:me |us )?(?:some|a|my|the next)\b)",
    re.I,
)


def is_errand(text: str) -> bool:
    """True for an order or a question that only an assistant with a calendar, a phone or a bank could do.

    >>> is_errand("Remind me on the 3rd that the fleet sailed"), is_errand("Remind me who sailed on the 3rd")
    (True, False)
    """
    return bool(_OWN_THINGS.search(text) or _ORDERS.match(text))

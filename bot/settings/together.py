"""What is wrong with settings that need one another, though each may be valid. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from bot import messages
from bot.messages import email as email_texts
from bot.messages import settings as texts
from bot.messages import slack as slack_texts
from bot.settings.file import Given

_EMAIL = ("EMAIL_ADDRESS", "EMAIL_INBOX", "EMAIL_OUTBOX")
_SLACK_WAYS_IN = ("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")


def problems_together(given: Mapping[str, Given], telegram_api: str) -> list[str]:
    """Return a line of text for each problem.

    Args:
        given: what is given as settings, by name.
        telegram_api: address of Telegram's own Bot API.
    """
    return [*_of_telegram(given, telegram_api), *_of_slack(given), *_of_email(given)]


def _of_telegram(given: Mapping[str, Given], theirs: str) -> list[str]:
    # Telegram itself takes https only; a Bot API server of one's own takes both.
    url, api = given.get("TELEGRAM_WEBHOOK_URL", Given("")), given.get("TELEGRAM_API_URL", Given("")).text or theirs
    another_server = api.rstrip("/") != theirs and urlsplit(api).hostname
    if url.text.startswith("http:") and not another_server:
        problem = messages.bad_setting("TELEGRAM_WEBHOOK_URL", url.text, "an https address, Telegram takes no other")
        return [url.where + problem]
    return []


def _of_slack(given: Mapping[str, Given]) -> list[str]:
    token, ways_in = _set(given, ["SLACK_BOT_TOKEN"]), _set(given, _SLACK_WAYS_IN)
    if token and not ways_in:
        return [_told(given, "SLACK_APP_TOKEN", slack_texts.NO_WAY_IN, token)]
    if ways_in and not token:
        problem = messages.missing_setting("SLACK_BOT_TOKEN", slack_texts.BOT_TOKEN)
        return [_told(given, "SLACK_BOT_TOKEN", problem, ways_in)]
    return []


def _of_email(given: Mapping[str, Given]) -> list[str]:
    there = _set(given, _EMAIL)
    missing = [name for name in _EMAIL if name not in there] if there else []
    return [_told(given, name, email_texts.missing(name), there) for name in missing]


def _set(given: Mapping[str, Given], names: Sequence[str]) -> list[str]:
    return [name for name in names if given.get(name, Given("")).text]


def _told(given: Mapping[str, Given], missing: str, problem: str, needing: Sequence[str]) -> str:
    """Say where the missing setting is set to nothing, if it is, and where those stand that need it."""
    nothing = given.get(missing, Given("")).where
    return nothing + texts.needed_by(problem, {name: given[name].place for name in needing})

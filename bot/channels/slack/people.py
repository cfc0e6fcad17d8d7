"""Whether a person writes, where a message was posted through an app."""

from __future__ import annotations

import logging
from collections.abc import Callable

from bot.channels.slack.requests import OWN_APP, Ask, Decline
from bot.channels.slack.send import Refused, Sender
from bot.messages import slack as slack_texts
from bot.web.limits import RateLimiter

MOST_AT_ONCE = 5
SECONDS_EACH = 30.0
"""How often who posts through an app is answered: two programs that answer each other come to an end."""

_KNOWN = 10_000


class People:
    """Tells people from bots by asking Slack, once each.

    A message that is posted through an app carries that app's `bot_id` in any case, and in `user` the person in
    whose name it was posted or the app's own bot: only Slack knows which.
    """

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._known: dict[str, bool] = {}
        self._limiter = RateLimiter(1 / SECONDS_EACH, MOST_AT_ONCE)

    async def may_ask(self, request: Ask | Decline) -> bool:
        """Say whether somebody is to be answered; PutOff where Slack can't be asked for now."""
        user = request.place.user
        if not request.through:
            return True
        if request.through != OWN_APP and not await self._is_person(user):
            return False
        if self._limiter.allow(f"{request.conversation} {user}"):
            logging.getLogger(__name__).warning(slack_texts.too_many_by_app(user, request.conversation))
            return False
        return True

    async def _is_person(self, user: str) -> bool:
        if user not in self._known:
            if len(self._known) >= _KNOWN:
                self._known.clear()
            self._known[user] = await self._ask_slack(user)
        return self._known[user]

    async def _ask_slack(self, user: str) -> bool:
        method: Callable = self._sender.client.users_info
        try:
            found = (await self._sender.call(user, method, user=user)).get("user") or {}
        except Refused as error:
            logging.getLogger(__name__).warning(slack_texts.not_known_who(user, error))
            return False
        return not found.get("is_bot", True) and not found.get("is_workflow_bot")

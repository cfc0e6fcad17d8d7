"""Send parts of replies to Slack until they are there, and no part twice.

What Slack asks to wait for (429 with Retry-After) is waited for, what may pass (5xx, time-outs, lost connections) is
tried again with growing pauses, what is refused is refused for good. Where it is not known whether a message arrived,
Slack is asked before it is sent again: each carries, unseen by people, which part of which reply it is.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot import messages
from bot.channels import pictures
from bot.channels.reply_parts import Picture
from bot.channels.retrying import NotTaken, insist
from bot.channels.slack.render import Part, Post, notice
from bot.channels.slack.requests import Place
from bot.channels.slack.timing import Timing
from bot.channels.slack.trouble import NotOk, read_trouble
from bot.errors import BotError, Paused, PutOff
from bot.messages import slack as slack_texts

METADATA = "article_bot_reply"

_BAD_BLOCKS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}
_LOOK_BACK = 100
"""Messages looked through for one that may have arrived."""

T = TypeVar("T")
logger = logging.getLogger(__name__)


class Refused(BotError):
    """Slack will never take this."""


@dataclass(frozen=True)
class Mark:
    """Which part of which reply a message is."""

    conversation: str
    asked: str
    part: int = 0
    since: str | None = None
    """Time of the message that was answered: the reply is later."""


class Sender:
    """Sends to one workspace. Parts of one reply are sent one after the other by whoever calls."""

    def __init__(self, client: AsyncWebClient, timing: Timing, on_bad_token: Callable[[str], None]) -> None:
        """`client` retries nothing by itself; `on_bad_token` is told the reason."""
        self.client, self.timing = client, timing
        self._on_bad_token = on_bad_token

    async def send(self, place: Place, part: Part, mark: Mark, again: bool = False) -> None:
        """Send one part; Refused where Slack won't have it, PutOff where it might later, Paused where much later.

        With `again` an earlier attempt may have got through: Slack is asked first.
        """
        if again and await self._arrived(place, mark):
            return
        if isinstance(part, Post):
            await self._post(place, part, mark)
            return
        try:
            await self._upload(place, part)
        except Refused as error:
            logger.warning(slack_texts.no_picture(part.name, error))
            if part.instead:
                await self._post(place, notice(part.instead), mark)

    async def update(self, place: Place, shown: str, post: Post) -> None:
        """Put something else in the place of a message of the bot's."""
        if place.response_url:
            await self._respond(place, {"replace_original": True, "text": post.text, "blocks": list(post.blocks)})
        else:
            await self.call(place.channel, self.client.chat_update, channel=place.channel, ts=shown, **_content(post))

    async def whisper(self, place: Place, text: str) -> None:
        """Say something that only one person sees."""
        if place.response_url:
            await self._respond(
                place, {"replace_original": False, "response_type": "ephemeral", **_content(notice(text))}
            )
        else:
            await self.call(
                place.channel,
                self.client.chat_postEphemeral,
                channel=place.channel,
                user=place.user,
                thread_ts=place.thread,
                **_content(notice(text)),
            )

    async def call(self, where: str, method: Callable[..., Awaitable[T]], **arguments: Any) -> T:
        """Call a method of the client until it works; Refused or PutOff."""
        return await self._persist(method.__name__, where, lambda: method(**arguments))

    async def find(self, channel: str, ts: str) -> dict[str, Any] | None:
        """Return a message, with what it carries unseen; None where there is none. Refused or PutOff as of `call`."""
        found = await self.call(
            channel,
            self.client.conversations_replies,
            channel=channel,
            ts=ts,
            oldest=ts,
            limit=10,  # the first message of the thread may come along
            inclusive=True,
            include_all_metadata=True,
        )
        return next((message for message in found["messages"] if message.get("ts") == ts), None)

    async def _post(self, place: Place, post: Post, mark: Mark) -> None:
        if place.response_url:
            content = {"response_type": "ephemeral", "replace_original": False, **_content(post)}
            await self._respond(place, content)
            return
        metadata = {"event_type": METADATA, "event_payload": _payload(mark)}

        async def attempt(content: dict[str, Any]) -> None:
            await self._persist(
                "chat_postMessage",
                mark.conversation,
                lambda: self.client.chat_postMessage(
                    channel=place.channel,
                    thread_ts=place.thread,
                    metadata=metadata,
                    unfurl_links=False,
                    unfurl_media=False,
                    **content,
                ),
                lambda: self._arrived(place, mark),
            )

        try:
            await attempt(_content(post))
        except Refused as error:
            if error.args[1:] and error.args[1] in _BAD_BLOCKS:
                # Better without buttons than not at all.
                logger.warning(slack_texts.part_refused(error))
                await attempt({"text": post.text})
            else:
                raise

    async def _upload(self, place: Place, picture: Picture) -> None:
        if place.response_url:
            raise Refused(slack_texts.refused("files_upload_v2", place.channel, "no files in a private answer"))
        content = await asyncio.to_thread(pictures.png, picture.name)
        try:
            await self.call(
                place.channel,
                self.client.files_upload_v2,
                channel=place.channel,
                thread_ts=place.thread,
                filename=f"{picture.name}.png",
                title=picture.name.capitalize(),
                alt_txt=picture.alt,
                content=content,
            )
        except PutOff as error:
            # Without its pictures Slack may take the text.
            raise Refused(*error.args) from error

    async def _respond(self, place: Place, content: dict[str, Any]) -> None:
        webhook = AsyncWebhookClient(
            place.response_url or "", session=self.client.session, proxy=self.client.proxy, retry_handlers=[]
        )

        async def attempt() -> None:
            response = await webhook.send_dict({**content, **({"thread_ts": place.thread} if place.thread else {})})
            if response.status_code != 200:
                raise NotOk(response.status_code, response.headers, response.body[:100])

        await self._persist("response_url", place.channel, attempt)

    async def _arrived(self, place: Place, mark: Mark) -> bool:
        """Say whether Slack has this part of the reply; False where it can't be told."""
        if place.response_url:
            return False
        look: dict[str, Any] = {
            "channel": place.channel,
            "oldest": mark.since,
            "limit": _LOOK_BACK,
            "include_all_metadata": True,
        }
        method = self.client.conversations_history
        if place.thread:
            method, look["ts"] = self.client.conversations_replies, place.thread
        try:
            found = await self._persist(method.__name__, place.channel, lambda: method(**look))
        except BotError as error:
            logger.warning(slack_texts.not_known(error))
            return False
        return any(_payload(mark) == payload_of(message) for message in found.get("messages") or [])

    async def _persist(
        self,
        what: str,
        where: str,
        attempt: Callable[[], Awaitable[T]],
        arrived: Callable[[], Awaitable[bool]] | None = None,
    ) -> T | None:
        waited = 0.0

        async def wait(seconds: float) -> None:
            nonlocal waited
            waited += seconds
            if waited > self.timing.longest_pause:
                raise Paused(messages.paused("slack", where, seconds), seconds)
            await asyncio.sleep(seconds)

        try:
            return await insist(attempt, read_trouble, self.timing, wait, arrived)
        except NotTaken as error:
            trouble, tried = error.trouble, error.tried
        if trouble.bad_token:
            self._on_bad_token(trouble.reason)
            raise PutOff(slack_texts.refused(what, where, trouble.reason))
        if trouble.final:
            raise Refused(slack_texts.refused(what, where, trouble.detail or trouble.reason), trouble.reason)
        raise PutOff(slack_texts.gave_up(what, where, tried, trouble.reason))


def payload_of(message: Any) -> dict[str, Any]:
    """Return what a message of the bot's carries unseen: conversation, message answered, part."""
    metadata = message.get("metadata") if isinstance(message, dict) else None
    if not isinstance(metadata, dict) or metadata.get("event_type") != METADATA:
        return {}
    payload = metadata.get("event_payload")
    return payload if isinstance(payload, dict) else {}


def _payload(mark: Mark) -> dict[str, Any]:
    return {"conversation": mark.conversation, "asked": mark.asked, "part": mark.part}


def _content(post: Post) -> dict[str, Any]:
    return {"text": post.text, "blocks": list(post.blocks)} if post.blocks else {"text": post.text}

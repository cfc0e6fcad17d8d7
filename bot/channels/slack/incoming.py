"""What Slack sends, read as what is wanted of the bot: a question, a button, an opinion, or nothing. Pure functions.

A payload is whatever JSON came in; nothing about its shape is taken for granted. `event` of each request is the same
however often and by whichever way Slack sends the same thing: a mention comes as two events, of one message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.channels.requests import Ignore
from bot.channels.slack import markup
from bot.channels.slack.render import CHOICE, EXAMPLE, VERDICT
from bot.channels.slack.requests import (
    ANOTHER_APP,
    OWN_APP,
    Ask,
    BotIdentity,
    Choose,
    ChooseExample,
    Decline,
    Judge,
    OpenHome,
    Place,
    React,
    Request,
    digest,
)
from bot.messages import slack as slack_texts

PREFIX = "sl"
"""What the ids of all conversations in Slack begin with."""
HELP = "help"
"""What is asked by whoever mentions the bot, or types the slash command, without a word more."""

ANSWERED_SUBTYPES = (None, "", "file_share", "thread_broadcast", "me_message")
"""Messages of people; all other subtypes are edits, deletions, joins, other bots and the like."""
VERDICTS = {"+1": "up", "thumbsup": "up", "-1": "down", "thumbsdown": "down"}
"""What reactions to a reply mean."""

_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_TIME = re.compile(r"\d{1,16}\.\d{1,10}")
_BUTTON = re.compile(r"(\w{1,10}) (\S{1,200})")
_SLACKBOT = "USLACKBOT"
_DEEPEST = 8
"""How deep a mention is looked for in the blocks of a message; Slack nests them four deep."""


def read_event(payload: Any, me: BotIdentity) -> Request | Ignore:
    """Read an `event_callback` of the Events API."""
    event = _mapping(_mapping(payload).get("event"))
    kind = event.get("type")
    event_id = _text(_mapping(payload), "event_id") or digest(payload)
    if kind in ("message", "app_mention"):
        return _read_message(event, me, _text(_mapping(payload), "api_app_id"))
    if kind == "app_home_opened":
        user = _id(event, "user")
        return OpenHome(_key(me, event_id), user) if user and event.get("tab") == "home" else Ignore("no home tab")
    if kind in ("reaction_added", "reaction_removed"):
        return _read_reaction(event, _key(me, event_id), me)
    return Ignore("event type")


def read_action(payload: Any, me: BotIdentity) -> Request | Ignore:
    """Read a `block_actions` payload: a button that somebody pressed."""
    payload = _mapping(payload)
    if payload.get("type") != "block_actions":
        return Ignore("interaction type")
    actions = payload.get("actions")
    action = _mapping(actions[0]) if isinstance(actions, list) and actions else {}
    kind = _text(action, "action_id").split(".")[0]
    user = _id(_mapping(payload.get("user")), "id")
    button = _BUTTON.fullmatch(_text(action, "value"))
    if not user or not button or kind not in (CHOICE, EXAMPLE, VERDICT):
        return Ignore("action")
    what, asked = button.groups()
    if kind == EXAMPLE:
        number = _number(what)
        event = _key(me, "home", user, _text(action, "action_ts") or _text(payload, "trigger_id"))
        return Ignore("action") if number is None else ChooseExample(event, number, user)
    container, message = _mapping(payload.get("container")), _mapping(payload.get("message"))
    channel = _id(_mapping(payload.get("channel")), "id") or _id(container, "channel_id")
    shown = _time(container, "message_ts") or _time(message, "ts")
    if not channel or not shown:
        return Ignore("no message")
    thread = _time(message, "thread_ts") or _time(container, "thread_ts")
    if container.get("is_ephemeral") is True:
        place = Place(channel, thread or None, user, _text(payload, "response_url") or None)
        conversation = conversation_of(me, channel, user)
    else:
        place = Place(channel, thread or None, user)
        conversation = conversation_of(me, channel, thread)
    if kind == VERDICT:
        verdict = {"up": "up", "down": "down"}.get(what)
        event = _key(me, "judge", channel, shown, user, _text(action, "action_ts"))
        return Judge(event, conversation, asked, verdict, place) if verdict else Ignore("action")
    number = _number(what)
    if number is None:
        return Ignore("action")
    # Not the time of the press: a button pressed twice in haste is one choice.
    return Choose(_key(me, "choice", channel, shown, asked, what), conversation, asked, number, place, shown)


def read_command(payload: Any, me: BotIdentity) -> Request | Ignore:
    """Read a slash command. Its answer is for whoever typed it, in a conversation of their own in that channel."""
    payload = _mapping(payload)
    channel, user = _id(payload, "channel_id"), _id(payload, "user_id")
    url, trigger = _text(payload, "response_url"), _text(payload, "trigger_id")
    if not (channel and user and url and trigger):
        return Ignore("command")
    return Ask(
        event=_key(me, "command", digest(trigger)),
        conversation=conversation_of(me, channel, user),
        message_id=f"command.{digest(trigger)}",
        text=markup.decode(_text(payload, "text"), me.user) or HELP,
        place=Place(channel, None, user, url),
        direct=payload.get("channel_name") == "directmessage",
    )


def conversation_of(me: BotIdentity, channel: str, part: str | None = None) -> str:
    """Return the conversation in a channel of direct messages, or in its `part`: a thread, or one person's commands."""
    return ":".join([PREFIX, me.team, channel, *([part] if part else [])])


def _read_message(event: Mapping[str, Any], me: BotIdentity, own_app: str) -> Request | Ignore:
    user, channel, ts = _id(event, "user"), _id(event, "channel"), _time(event, "ts")
    if event.get("subtype") not in ANSWERED_SUBTYPES:
        return Ignore("subtype")
    # Its own messages may lack the bot id, and older bots' have no user of theirs: both are looked at.
    bot = event.get("bot_id") or _mapping(event.get("bot_profile")).get("id")
    if (bot and bot == me.bot) or user in (me.user, _SLACKBOT) or event.get("hidden") or (bot and not user):
        return Ignore("bot")
    through = ""
    if bot or event.get("bot_profile"):
        through = OWN_APP if own_app and event.get("app_id") == own_app else ANOTHER_APP
    if not (user and channel and ts):
        return Ignore("incomplete")
    if event.get("edited"):
        return Ignore("edited")
    raw = _text(event, "text")
    # What type the event has does not count: Slack also sends a mention (app_mention) of the bot for a message that
    # only quotes one, such as a forwarded message or another bot's attachment.
    mentioned = markup.mentions(raw) | _mentions_in(event.get("blocks"))
    direct = event.get("channel_type") == "im" or channel.startswith("D")
    addressed = direct or me.user in mentioned
    thread = _time(event, "thread_ts")
    if not addressed and (not thread or mentioned):
        return Ignore("not addressed")
    if not direct:
        thread = thread or ts
    conversation = conversation_of(me, channel, thread)
    place = Place(channel, thread or None, user)
    key = _key(me, "message", channel, ts)
    text = markup.decode(raw, me.user)
    if not text and (event.get("files") or event.get("attachments")):
        declined = Decline(key, conversation, place, slack_texts.DECLINED, through)
        return declined if addressed else Ignore("not addressed")
    if not text and not addressed:
        return Ignore("not addressed")
    if not text and me.user in mentioned:
        text = HELP
    return Ask(key, conversation, ts, text, place, ts=ts, only_known=not addressed, through=through)


def _mentions_in(blocks: Any, depth: int = 0) -> set[str]:
    """Return the ids of the users whom a message's own blocks mention: its text may be a shorter stand-in."""
    if depth > _DEEPEST:
        return set()
    if isinstance(blocks, list):
        return {user for block in blocks for user in _mentions_in(block, depth + 1)}
    block = _mapping(blocks)
    if block.get("type") == "user":
        return {_id(block, "user_id")} - {""}
    if block.get("type") == "mrkdwn":
        return markup.mentions(_text(block, "text"))
    return {user for name in ("elements", "text", "fields") for user in _mentions_in(block.get(name), depth + 1)}


def _read_reaction(event: Mapping[str, Any], key: str, me: BotIdentity) -> Request | Ignore:
    item = _mapping(event.get("item"))
    verdict = VERDICTS.get(_text(event, "reaction").split("::")[0])
    channel, ts = _id(item, "channel"), _time(item, "ts")
    if not verdict or not channel or not ts or event.get("item_user") != me.user or event.get("user") == me.user:
        return Ignore("reaction")
    return React(key, channel, ts, verdict if event.get("type") == "reaction_added" else None)


def _key(me: BotIdentity, *parts: str) -> str:
    return ":".join([PREFIX, me.team, *parts])


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _id(values: Mapping[str, Any], name: str) -> str:
    value = _text(values, name)
    return value if _ID.fullmatch(value) else ""


def _time(values: Mapping[str, Any], name: str) -> str:
    value = _text(values, name)
    return value if _TIME.fullmatch(value) else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None

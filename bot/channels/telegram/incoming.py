"""From an update of Telegram to what it asks of the bot. Pure functions.

In private chats everything is meant for the bot; elsewhere only what mentions it, replies to
it or is a command for it. Edits, other bots and whatever is no message are ignored.
"""

from __future__ import annotations

from collections.abc import Iterable

from telegram import CallbackQuery, Chat, Message, MessageEntity, Update, User

from bot.channels.requests import Ignore
from bot.channels.telegram.requests import Ask, Choose, Decline, Judge, Place, Press, Request, Stray
from bot.channels.telegram.tokens import QUESTION, Button, Tokens
from bot.engine import intake
from bot.messages import telegram as telegram_texts

PREFIX = "tg"
"""What conversation ids of this channel begin with."""
ALLOWED_UPDATES = ("message", "channel_post", "callback_query")
"""All that is asked of Telegram; what else may come is ignored."""

_MEDIA = (
    "animation audio document paid_media photo sticker story video video_note voice contact dice game poll venue "
    "location checklist live_photo"
).split()


def read_update(update: Update, me: User, tokens: Tokens) -> Request | Ignore:
    """Say what an update asks of the bot `me`.

    The library checks no types: an update that Telegram did not make may raise any error here.
    """
    if message := update.message or update.channel_post:
        return _read_message(message, me, update.update_id)
    if update.callback_query:
        return _read_press(update.callback_query, tokens)
    return Ignore(next((kind for kind in Update.ALL_TYPES if getattr(update, kind, None)), "unknown"))


def without_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Cut out spans given in UTF-16 units as (offset, length); what is outside the text is left alone."""
    units = text.encode("utf-16-le", "surrogatepass")
    for offset, length in sorted(spans, reverse=True):
        if offset >= 0 and length > 0 and 2 * (offset + length) <= len(units):
            units = units[: 2 * offset] + units[2 * (offset + length) :]
    return units.decode("utf-16-le", "replace")


def _read_message(message: Message, me: User, update_id: int) -> Request | Ignore:
    sender = _sender(message)
    if sender is None:
        return Ignore("not from a person")
    words, entities = message.text, message.entities
    if words is None:
        words, entities = message.caption, message.caption_entities
    if not isinstance(words, str | None) or not isinstance(message.message_id, int):
        raise TypeError("not a message")
    media = next((kind for kind in _MEDIA if message[kind]), None)
    if words is None and media is None:
        return Ignore("service message")
    command, target = _command(words or "", entities)
    if target and target.lower() != (me.username or "").lower():
        return Ignore("a command for another bot")
    command = command if command in telegram_texts.COMMANDS else None
    mentions = _mentions(words or "", entities, me)
    private = message.chat.type == Chat.PRIVATE
    if not (private or command or target or mentions or _replies_to(message, me)):
        return Ignore("not addressed to the bot")
    thread = message.message_thread_id if message.is_topic_message else None
    conversation = _conversation(message.chat.id, thread, sender)
    reply_to = None if private else message.message_id
    buttons = message.chat.type != Chat.CHANNEL
    place = Place(message.chat.id, thread, reply_to, buttons, sender if message.sender_chat else None)
    album = f"{message.chat.id}:album:{message.media_group_id}" if message.media_group_id else ""
    if words is None:
        return Decline(conversation, place, telegram_texts.DECLINED, album)
    text = command or _plain(words, mentions, target)
    return Ask(conversation, f"{message.message_id}-{update_id}", text, place, album)


def _read_press(query: CallbackQuery, tokens: Tokens) -> Request | Ignore:
    message = query.message
    if message is None or not query.data:
        return Ignore("a button of no message of ours")
    # An old or deleted message comes without anything but chat and number, and not even its topic. The library makes
    # a Message of it all the same; only the date shows it.
    full = message if isinstance(message, Message) and message.is_accessible else None
    shown_in = full.message_thread_id if full and full.is_topic_message else None

    def conversation_of(button: Button) -> str:
        thread = shown_in if button.thread is None else button.thread
        return _conversation(message.chat.id, thread, button.author or query.from_user.id)

    press = Press(query.id, query.data, full)
    reply_to = None if message.chat.type == Chat.PRIVATE else message.message_id
    button = tokens.read(query.data, conversation_of)
    if button is None:
        nobodys = _conversation(message.chat.id, shown_in, query.from_user.id)
        return Stray(nobodys, Place(message.chat.id, shown_in, reply_to), press)
    thread = shown_in if button.thread is None else button.thread
    place = Place(message.chat.id, thread, reply_to, author=button.author)
    if button.kind == QUESTION:
        return Choose(conversation_of(button), button.message, int(button.choice), place, press)
    return Judge(conversation_of(button), button.message, button.choice, place, press)


def _conversation(chat: int, thread: int | None, sender: int) -> str:
    if not all(isinstance(number, int) for number in (chat, thread or 0, sender)):
        raise TypeError("not a conversation")
    return intake.conversation_id(PREFIX, f"{chat}:{thread or 0}:{sender}")


def _sender(message: Message) -> int | None:
    """Return who writes; None for bots, and for what comes from a channel into its discussion group."""
    if message.is_automatic_forward:
        return None
    if message.sender_chat:  # an anonymous admin, or a post of a channel
        return message.sender_chat.id
    if message.from_user is None or message.from_user.is_bot:
        return None
    return message.from_user.id


def _replies_to(message: Message, me: User) -> bool:
    replied = message.reply_to_message
    # In a topic, a message that replies to nothing seems to reply to what opened the topic.
    return bool(replied and not replied.forum_topic_created and replied.from_user and replied.from_user.id == me.id)


def _command(words: str, entities: Iterable[MessageEntity]) -> tuple[str, str]:
    """Return the command that a message begins with and the bot that it names, both empty where there is none."""
    for entity in entities:
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            name, _, target = words[1 : entity.length].partition("@")  # a command is plain ASCII
            return name.lower(), target
    return "", ""


def _mentions(words: str, entities: Iterable[MessageEntity], me: User) -> list[tuple[int, int]]:
    """Return the spans, in UTF-16 units, in which the bot is named."""
    units = words.encode("utf-16-le", "surrogatepass")
    found = []
    for entity in entities:
        start, end = entity.offset, entity.offset + entity.length
        span = units[2 * max(start, 0) : 2 * max(end, 0)].decode("utf-16-le", "replace")
        by_name = entity.type == MessageEntity.MENTION and span.lower() == f"@{me.username}".lower()
        by_id = entity.type == MessageEntity.TEXT_MENTION and entity.user and entity.user.id == me.id
        if by_name or by_id:
            found.append((start, entity.length))
    return found


def _plain(words: str, mentions: list[tuple[int, int]], target: str) -> str:
    """Return what is said to the bot, without its name: "@bot, when?" is "when?", "/why@bot" is "/why"."""
    spans = list(mentions)
    if target:
        spans.append((words.index("@"), len(target) + 1))
    if not spans:
        return words
    rest = without_spans(words, spans)
    return " ".join(rest.strip(" \t,:;-").split(" ")) if mentions else rest

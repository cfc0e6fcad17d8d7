"""Texts of the Telegram channel: for operators, and what people in Telegram read."""

from __future__ import annotations

BOT_TOKEN = (
    "It looks like 123456789:AAExampleExample. Get one: in Telegram write /newbot to @BotFather and answer its "
    "questions, or /token for a bot that you have; docs/telegram.md shows each step."
)
WEBHOOK_SECRET = "It must be 1 to 256 letters, digits, _ or -. Leave it out and one is made from the token."
BAD_TOKEN = (
    "Telegram does not know the token in TELEGRAM_BOT_TOKEN, or it was revoked. Get a valid one: write /token to "
    "@BotFather, then start again with it"
)
CONFLICT = (
    "another program asks Telegram for the messages of the same bot. Stop the other one, or give each a bot of its own"
)

FORBIDDEN = "This address is for Telegram, which proves itself by a secret."
NO_UPDATE = 'The body must be a JSON object with "update_id", a whole number.'
LATER = "Not answered yet; deliver it again."

# What people in Telegram read.
DECLINED = "I can only read text. What would you like to know about the article?"
NOT_YOURS = "These buttons belong to someone else's question. Ask me one of your own!"
OLD_BUTTON = "I no longer know what this button was for. Please ask me again."
ASKED = "You have asked that already; look further down for the answer."
THANKS = "Thank you for telling me."
COMMANDS = {
    "start": "Begin",
    "help": "What I can do",
    "timeline": "The events in order, as a picture",
    "sources": "The sentences behind the last answer",
    "restart": "Forget our conversation and start over",
}
"""The commands and what Telegram's menu says of them; each is sent to the bot as its word."""


def unreachable(reason: object) -> str:
    return f"Telegram cannot be reached ({reason})"


def refuses(reason: object) -> str:
    return f"Telegram refuses to work with this bot ({reason})"


def polling(username: str) -> str:
    return f"@{username} asks Telegram for messages"


def webhook(username: str, url: str) -> str:
    return f"@{username} gets its messages at {url}"


def not_set(what: str, reason: object) -> str:
    return f"telegram: {what} was refused: {reason}"


def refused(conversation: object, reason: object) -> str:
    return f"telegram: a part of a reply in {conversation} was refused for good ({reason}); the rest goes on"


def not_sent(conversation: object, reason: object) -> str:
    return f"a reply in {conversation} could not be sent for now ({reason})"


def no_picture(name: str, reason: object) -> str:
    return f"telegram: the picture {name} could not be drawn: {reason}"


def update_failed(update_id: object, reason: object) -> str:
    return f"telegram: update {update_id} could not be handled and will be tried again: {reason}"


def update_dropped(update_id: object, rounds: int) -> str:
    return f"telegram: update {update_id} was given up after {rounds} attempts"


def cannot_deliver(url: str, reason: object) -> str:
    return f"Telegram cannot deliver to {url} ({reason}). Check that it is reachable with a valid certificate"


def fault() -> str:
    return "telegram: a fault of ours; the channel starts anew"

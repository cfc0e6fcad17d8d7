"""`python -m bot feedback`: what readers think of answers, without a word of who they are."""

from __future__ import annotations

import argparse
import asyncio
import datetime
import logging
from dataclasses import asdict

from bot import messages
from bot.errors import DatabaseFault, StartError, StoreError
from bot.messages import settings as setting_texts
from bot.messages.visible import visible, visible_json
from bot.settings import read_settings
from bot.storage.database import open_database
from bot.storage.feedback import DOWN, UP, Feedback, Opinion


def main(argv: list[str]) -> int:
    """Print the opinions; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m bot feedback", description="What readers think of answers.", epilog=setting_texts.SEE_PAGE
    )
    parser.add_argument("--only", choices=[UP, DOWN], help="thumbs up or thumbs down only")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for programs")
    options = parser.parse_args(argv)
    opinions = [o for o in _read(read_settings().database) if options.only in (None, o.verdict)]
    if options.json:
        for opinion in opinions:
            print(visible_json({**asdict(opinion), "given": _time(opinion)}))
        return 0
    for opinion in opinions:
        print("\n".join(_lines(opinion)) + "\n")
    ups = sum(opinion.verdict == UP for opinion in opinions)
    print(messages.feedback_count(ups, len(opinions) - ups))
    return 0


def _read(address: str) -> list[Opinion]:
    database = open_database(address)
    if not database.exists():  # reading must not make one
        return []
    logging.getLogger("bot").addHandler(logging.NullHandler())  # the error alone is the command's to show
    try:
        return asyncio.run(Feedback(database).all())
    except DatabaseFault as error:
        raise StartError(error.advice or messages.database_unusable(database.name, error)) from error
    except (ValueError, KeyError, StoreError) as error:
        raise StartError(messages.database_unusable(database.name, error)) from error
    finally:
        database.close()


def _lines(opinion: Opinion) -> list[str]:
    lines = [f"{_time(opinion)}  {opinion.verdict}", *_block("Question", opinion.question)]
    lines += _block("Answer", opinion.answer)
    lines += _block("Reason", opinion.reason) if opinion.reason else []
    return lines + (_block("Remark", opinion.remark) if opinion.remark else [])


def _block(name: str, text: str) -> list[str]:
    first, *others = visible(text).splitlines() or [""]
    return [f"  {name + ':':<10}{first}", *(f"  {'':<10}{line}" for line in others)]


def _time(opinion: Opinion) -> str:
    return datetime.datetime.fromtimestamp(opinion.given).astimezone().isoformat(" ", "minutes")

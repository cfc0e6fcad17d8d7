"""A conversation as Markdown, each answer with the sentences that it rests on. Pure functions."""

from __future__ import annotations

import datetime
import re

from bot.facts.base import FactBase
from bot.storage.stored_turns import StoredTurn

# What somebody typed stays what they typed: no viewer is to make a link, a heading or HTML of it.
_SIGNS = re.compile(r"[\\`*_\[\]<>#|~!&]")
_LIST = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)


def markdown(base: FactBase, turns: list[StoredTurn]) -> str:
    """Write down what was asked and answered, with the title of the article that it is about."""
    words = base.wording["transcript"]
    title = next((sentence.text for sentence in base.article.sentences.values()), "")
    blocks = [f"# {words['title'].format(title=plain(title))}"]
    if turns:
        blocks.append(_day(turns[0].time))
    for turn in turns:
        about = f" ({words['about'].format(sentence=turn.sentence)})" if turn.sentence else ""
        blocks += [f"**{words['you']}{about}:** {plain(turn.text)}", *_reply(words["bot"], turn)]
    return "\n\n".join(blocks) + "\n"


def plain(text: str) -> str:
    """Write text so that Markdown shows it as it is; breaks of lines and paragraphs stay."""
    text = _SIGNS.sub(r"\\\g<0>", text)
    text = _LIST.sub(_escaped, text)
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(re.sub(r"[ \t]*\n[ \t]*", "  \n", paragraph) for paragraph in paragraphs)


def _reply(name: str, turn: StoredTurn) -> list[str]:
    texts = [plain(message["text"]) for message in turn.messages if message.get("text")]
    custom = next((message["custom"] for message in turn.messages if message.get("custom")), {})
    evidence = custom.get("answer", {}).get("evidence", [])
    said = [f"**{name}:** {texts[0]}", *texts[1:]] if texts else []
    quotes = [f"> {quote['sentence']}: “{plain(quote['quote'])}”" for quote in evidence]
    return [*said, "\n>\n".join(quotes)] if quotes else said


def _day(time: float) -> str:
    day = datetime.datetime.fromtimestamp(time, datetime.timezone.utc)
    return f"{day:%Y-%m-%d %H:%M} UTC"


def _escaped(match: re.Match[str]) -> str:
    space, sign = match.groups()
    return f"{space}{sign[:-1]}\\{sign[-1]}"

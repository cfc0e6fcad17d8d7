"""`python -m bot settings`: the settings in force; with `--write` the documents that are made from the code."""

from __future__ import annotations

import argparse
import os
import re
import textwrap
from collections.abc import Collection, Iterator
from itertools import groupby

from pydantic.fields import ModelField

from bot import messages, paths
from bot.errors import BotError
from bot.messages import settings as texts
from bot.settings import VARIABLES, read_given, read_settings
from bot.settings.kinds import valid_values

EXAMPLE = paths.ROOT / ".env.example"
PAGE = paths.ROOT / texts.PAGE
_WIDTH = 118


def main(argv: list[str]) -> int:
    """Print the settings, or write the documents about them; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m bot settings", description="The settings in force, and where each comes from."
    )
    parser.add_argument("--write", action="store_true", help=f"make the tables in {texts.PAGE}, and .env.example, anew")
    if parser.parse_args(argv).write:
        for path, text in ((PAGE, page(PAGE.read_text("utf-8"))), (EXAMPLE, example())):
            path.write_text(text, encoding="utf-8")
            print(texts.written(path.relative_to(paths.ROOT)))
        return 0
    print("\n".join(_in_force()))
    return 0


def listing(groups: Collection[str] = ()) -> str:
    """Return the settings for the help of a command: all, or those of some groups."""
    lines = []
    for group, names in _grouped():
        if groups and group not in groups:
            continue
        lines.append(f"  {group}")
        for name in names:
            about = _first_sentence(VARIABLES[name]).replace("`", "")
            told = textwrap.wrap(f"{about} [{_default(VARIABLES[name])}]", _WIDTH - 30)
            lines += [f"    {start:<24} {line}" for start, line in zip([name, *[""] * len(told)], told, strict=False)]
    return "\n".join(lines)


def page(text: str) -> str:
    """Return the page with its tables made anew; what stands around them is written by hand."""
    tables = "\n\n".join(
        f"### {group}\n\n" + _table("setting | default | valid | what it does", map(_row, names))
        for group, names in _grouped()
    )
    elsewhere = _table("variable | what it does", ((f"`{n}`", f"{about}.") for n, about in texts.ELSEWHERE.items()))
    for name, made in (("settings", tables), ("other variables", elsewhere)):
        begin, end = f"<!-- {name}: {texts.MADE} -->", f"<!-- end of {name} -->"
        before, _, rest = text.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise BotError(texts.mark_missing(begin, end))
        text = f"{before}{begin}\n\n{made}\n\n{end}{after}"
    return text


def example() -> str:
    """Return `.env.example`: every setting with its default or an example, all of them comments."""
    blocks = [_comment(texts.EXAMPLE_HEAD)]
    for group, names in _grouped():
        blocks.append(f"# ---- {group} " + "-" * (80 - len(group)))
        for name in names:
            field = VARIABLES[name]
            valid = valid_values(field).replace("`", "")
            valid = valid if valid[0].isupper() else _sentence(f"Valid: {valid}")
            # No secret that would be everybody's: an example is of the form alone.
            value = field.field_info.extra.get("example") or ("" if field.default is None else shown(field.default))
            blocks.append(f"{_comment(f'{_plain(field)} {valid}')}\n#{name}={value}")
    return "\n\n".join(blocks) + "\n"


def shown(value: object) -> str:
    """Write a setting's value as it would be set."""
    if value is None or value == frozenset():
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, frozenset):
        return " ".join(sorted(value))
    return str(value).removeprefix(f"{paths.ROOT}{os.sep}")


def _in_force() -> Iterator[str]:
    settings, (given, _) = read_settings(), read_given()
    for group, names in _grouped():
        yield group
        for name in names:
            value = shown(getattr(settings, VARIABLES[name].name))
            if VARIABLES[name].field_info.extra.get("secret") and value != "none":
                value = texts.HIDDEN
            one = given.get(name)
            place = (one.place or texts.ENVIRONMENT) if one and one.text else texts.DEFAULT
            yield f"  {name:<24} {messages.without_password(value)}  ({place})"


def _grouped() -> Iterator[tuple[str, list[str]]]:
    for group, names in groupby(VARIABLES, lambda name: VARIABLES[name].field_info.extra["group"]):
        yield group, list(names)


def _row(name: str) -> tuple[str, ...]:
    field = VARIABLES[name]
    default = _default(field)
    return (
        f"`{name}`",
        default if field.default is None or default == "none" else f"`{default}`",
        _sentence(valid_values(field)),
        field.field_info.description or "",
    )


def _table(heads: str, rows: Iterator[tuple[str, ...]]) -> str:
    lines = [f"| {heads} |", "|" + "---|" * (heads.count("|") + 1)]
    return "\n".join(lines + ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows])


def _default(field: ModelField) -> str:
    return shown(field.default)


def _plain(field: ModelField) -> str:
    """Return what a setting does without Markdown."""
    linked = re.sub(r"\[([^]]*)\]\([^)]*\)", rf'"\1" in {texts.PAGE}', field.field_info.description or "")
    return linked.replace("`", "")


def _first_sentence(field: ModelField) -> str:
    return re.split(r"(?<=\.) (?=[A-Z`0-9])", field.field_info.description or "")[0].rstrip(".")


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", ")")) else text + "."


def _comment(text: str) -> str:
    lines = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(f"# {line}" for line in lines)

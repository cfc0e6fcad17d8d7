"""Reads `data/facts/` into a fact base, collecting every problem instead of stopping at the first."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from bot import paths
from bot.errors import BotError
from bot.facts import said, vocabulary
from bot.facts.article import parse
from bot.facts.base import FactBase
from bot.facts.model import Answer, Claim, Credits, Entity, Event, Missing
from bot.facts.plain_yaml import PlainLoader
from bot.facts.said import Said
from bot.facts.vocabulary import Vocabulary


class _Loader(PlainLoader):
    """Refuses a key used twice, and reads words as words."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        """Return the keys and values; PyYAML itself would let the later of two equal keys win."""
        content = super().construct_mapping(node, deep)
        if len(content) < len(node.value):
            keys = [key.value for key, _ in node.value]
            twice = next((key for key in keys if keys.count(key) > 1), keys[-1])
            raise yaml.constructor.ConstructorError(None, None, f"the key {twice} is used twice", node.start_mark)
        return content


class FactsError(BotError):
    """The fact base has faults; `problems` holds one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("the fact base cannot be used:\n" + "\n".join(problems))
        self.problems = problems


@lru_cache(maxsize=4)
def load(folder: Path = paths.FACTS) -> FactBase:
    """Return the fact base of a folder.

    Raises:
        FactsError: naming every record that does not have the right form.
    """
    base, problems = read(folder)
    if problems:
        raise FactsError(problems)
    return base


def read(folder: Path) -> tuple[FactBase, list[str]]:
    """Return the fact base and a line for each record left out of it because its form is wrong."""
    problems: list[str] = []
    article_file = folder / "article.txt"
    text = _text(article_file, problems)
    if text == "":
        problems.append(f"{article_file}: the article is missing or empty; put its text there, the title first")
    contents = {name: _yaml(folder / f"{name}.yml", problems) for name in ("entities", "events", "claims")}
    entities = _listed(folder / "entities.yml", contents["entities"], "entities", Entity, problems)
    events = _listed(folder / "events.yml", contents["events"], "events", Event, problems)
    claims = _listed(folder / "claims.yml", contents["claims"], "claims", Claim, problems)
    for shared in sorted(set(events) & set(claims) | set(entities) & (set(events) | set(claims))):
        problems.append(f"{folder}: {shared}: two records have this id; give one of them another")
    answers: dict[str, Answer] = {}
    topics: dict[str, str] = {}
    for file in sorted((folder / "answers").glob("*.yml")):
        for key, record in _mapped(file, Answer, problems).items():
            if key in answers:
                problems.append(f"{file}: {key}: also in answers/{topics[key]}.yml; keep one")
            answers[key], topics[key] = record, file.stem
    missing = _mapped(folder / "missing.yml", Missing, problems)
    base = FactBase(
        article=parse(text or ""),
        entities=entities,
        events=events,
        claims=claims,
        answers=answers,
        missing=missing,
        wording=_yaml(folder / "wording.yml", problems),
        silent=contents["claims"].get("silent") or {},
        topics=topics,
        credits=_credits(folder / "article.yml", problems),
        vocabulary=_vocabulary(folder / vocabulary.FILE, problems),
        said=_said(folder / said.FILE, problems),
    )
    return base, problems


def _credits(file: Path, problems: list[str]) -> Credits:
    """Read who wrote the article and where it stood, if a file beside it says so."""
    raw = _yaml(file, problems) if file.exists() else {}
    return _record(file, "article", raw, Credits, problems) or Credits()


def _vocabulary(file: Path, problems: list[str]) -> Vocabulary:
    """Read what the article's things are called."""
    return _record(file, "vocabulary", _yaml(file, problems), Vocabulary, problems) or Vocabulary()


def _said(file: Path, problems: list[str]) -> dict[str, list[Said]]:
    """Read by which words the facts are claimed, if a file says so."""
    content = _yaml(file, problems) if file.exists() else {}
    return {fact: list(_listed(file, content, fact, Said, problems).values()) for fact in content}


def _yaml(file: Path, problems: list[str]) -> dict:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), _Loader)  # a SafeLoader
    except FileNotFoundError:
        problems.append(f"{file}: missing; it has to be there, even if empty of entries")
        return {}
    except UnicodeDecodeError as error:
        problems.append(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8")
        return {}
    except (yaml.YAMLError, ValueError) as error:
        # A ValueError is a date that does not exist, such as 1991-06-31.
        problems.append(f"{file}: not YAML: {' '.join(str(error).split())}")
        return {}
    if content is not None and not isinstance(content, dict):
        problems.append(f"{file}: has to hold keys and values, not a {type(content).__name__}")
        return {}
    return content or {}


def _text(file: Path, problems: list[str]) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        problems.append(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8")
        return None


def _listed(file: Path, content: dict, key: str, kind: type[BaseModel], problems: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    listed = content.get(key) or []
    if not isinstance(listed, list):
        problems.append(f"{file}: {key}: has to be a list of records, not a {type(listed).__name__}")
        listed = []
    for number, raw in enumerate(listed, 1):
        name = raw.get("id", f"entry {number}") if isinstance(raw, dict) else f"entry {number}"
        record = _record(file, name, raw, kind, problems)
        if record is not None:
            key = getattr(record, "id", name)
            if key in found:
                problems.append(f"{file}: {key}: the id is used twice; give one of them another")
            found[key] = record
    return found


def _mapped(file: Path, kind: type[BaseModel], problems: list[str]) -> dict[str, Any]:
    found = {}
    for name, raw in _yaml(file, problems).items():
        record = _record(file, name, raw, kind, problems)
        if record is not None:
            found[name] = record
    return found


def _record(file: Path, name: str, raw: Any, kind: type[BaseModel], problems: list[str]) -> Any:
    if not isinstance(raw, dict):
        problems.append(f"{file}: {name}: has to hold keys and values")
        return None
    try:
        return kind(**raw)
    except (ValidationError, TypeError) as error:
        faults = error.errors() if isinstance(error, ValidationError) else [{"loc": (), "msg": str(error)}]
        for fault in faults:
            where = ".".join(str(part) for part in fault["loc"])
            problems.append(f"{file}: {name}: {where}: {fault['msg']}; valid keys are {_keys(kind, fault['loc'])}")
        return None


def _keys(kind: type[BaseModel], place: tuple[str | int, ...]) -> str:
    """Return the keys of the record in which a fault stands: those of a date where it is inside `date`."""
    fields = {field.alias: field for field in kind.__fields__.values()}
    inner = fields[place[0]].type_ if len(place) > 1 and place[0] in fields else None
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return _keys(inner, place[1:])
    return ", ".join(fields)

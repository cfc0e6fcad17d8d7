"""A YAML file as plain data in which everything knows its place, so that a fault can be shown and a value replaced."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.facts.plain_yaml import PlainLoader

Route = tuple[str | int, ...]
"""The way to a value from the top: ("test_cases", 0, "steps", 1, "user")."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file and where; `line` counts from 1."""

    line: int
    text: str


@dataclass
class Document:
    """The content of a file: `data`, the node behind each route, and what is wrong with it as YAML."""

    path: Path
    text: str = ""
    data: Any = None
    nodes: dict[Route, yaml.Node] = field(default_factory=dict)
    keys: dict[Route, yaml.Node] = field(default_factory=dict)
    """The node of the key of a route that ends in one."""
    faults: list[Fault] = field(default_factory=list)

    def line(self, route: Route) -> int:
        """Return the line of a value's key, or of the nearest thing around it that is there."""
        route = tuple(route)
        while route and route not in self.keys and route not in self.nodes:
            route = route[:-1]
        node = self.keys.get(route) or self.nodes.get(route)
        return node.start_mark.line + 1 if node else 1


def read_document(path: Path) -> Document:
    """Read a file; what is wrong with it is in `faults`."""
    document = Document(path)
    try:
        document.text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        document.faults.append(Fault(1, "there is no such file"))
    except UnicodeDecodeError as error:
        document.faults.append(Fault(1, f"not UTF-8 at byte {error.start}; save the file as UTF-8"))
    except OSError as error:
        document.faults.append(Fault(1, f"cannot be read: {error.strerror}"))
    else:
        parse(document)
    return document


def named(document: Document, section: str) -> dict[str, tuple[Route, Any]]:
    """Return the entries of `metadata` or `fixtures` by name, each with its route."""
    return {
        name: ((section, number, name), content)
        for number, entry in enumerate((document.data or {}).get(section) or ())
        for name, content in entry.items()
    }


def parse(document: Document) -> None:
    """Fill in data and nodes from the text."""
    try:
        # Rasa's reader and PyYAML agree that a tab or a stray sign is a fault, so the first one is all there is to say.
        loader = PlainLoader(document.text)
        try:
            root = loader.get_single_node()
            if root is not None:
                document.data = _Builder(document, loader).build(root, (), ())
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        document.faults.append(_syntax(error))


class _Builder:
    """Turns nodes into plain data and notes the place of each."""

    def __init__(self, document: Document, loader: yaml.SafeLoader) -> None:
        self.document = document
        self.loader = loader

    def build(self, node: yaml.Node, route: Route, around: tuple[int, ...]) -> Any:
        self.document.nodes[route] = node
        if id(node) in around:
            self._fault(node, "an alias (*) stands inside its own anchor (&)")
            return None
        around = (*around, id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*route, number), around) for number, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, route, around)
        try:
            return self.loader.construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError):
            # A date that does not exist (1991-06-31), or a tag of Python's.
            self._fault(node, f"{node.value!r} cannot be read; put it in quotes")
            return None

    def _mapping(self, node: yaml.MappingNode, route: Route, around: tuple[int, ...]) -> dict[str, Any]:
        content: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._fault(key, "a key has to be a word")
                continue
            if key.value in content:
                self._fault(key, f"the key {key.value} is used twice; keep one")
                continue
            self.document.keys[(*route, key.value)] = key
            content[key.value] = self.build(value, (*route, key.value), around)
        return content

    def _fault(self, node: yaml.Node, text: str) -> None:
        self.document.faults.append(Fault(node.start_mark.line + 1, text))


def _syntax(error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    told = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", "")) if part)
    text = f"not YAML: {told or ' '.join(str(error).split())}"
    if "mapping values are not allowed" in text:
        text += "; put a text that holds a colon in quotes"
    return Fault(mark.line + 1 if mark else 1, text)

"""English stands in bot/language alone: elsewhere no regular expression and no list is made of English words.

What people read is wording (data/facts/wording.yml, domain.yml); what operators read stands in bot/messages. This is
about how messages are understood.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import paths
from bot.language.other_languages import _stop_words

# spaCy's list, and words that questions are made of. Not single letters: "a" and "i" stand in any pattern of signs.
ENGLISH = {word for word in _stop_words("en") if word.isalpha() and len(word) > 1} | {
    *"yes okay please hello thanks sorry tell mean happened".split(),
}
LEAST_IN_PATTERN, LEAST_IN_LIST = 2, 3
"""Different English words that make one English: "is" may be part of any pattern. A list of fewer words is English
where each of them is."""

OUTSIDE = ("bot", "actions", "converse")
EXEMPT = ("bot/language/", "bot/messages")
COMPARED_BY = ("startswith", "endswith", "removeprefix", "removesuffix", "partition", "rpartition", "join")
"""Methods and functions that take apart, compare or join what is said, by the words handed to them."""

KEYS = {
    "bot/answers/claims/__init__.py": {"when"},  # an operation
    "bot/answers/claims/roles.py": {"where", "among"},  # roles of said.yml
    "bot/answers/scoped.py": {"when"},
    "bot/channels/email/incoming.py": {"no"},  # Auto-Submitted of RFC 3834
    "bot/channels/slack/incoming.py": {"up down"},  # verdicts, as they are stored
    "bot/channels/slack/sockets.py": {"hello"},  # Slack's first message
    "bot/channels/telegram/render.py": {"up down"},
    "bot/dialogue/more.py": {"when"},  # an operation
    "bot/dialogue/rules/whom_it_is_about.py": {"when"},
    "bot/engine/importer.py": {"or"},  # Rasa's stories
    "bot/facts/base.py": {"when"},
    "bot/facts/questions.py": {"when"},
    "bot/settings/cli.py": {"none"},  # how a setting without a value is shown
    "converse/parse.py": {"name"},  # a key of the scripts
}
"""Modules with words that no message is searched for: they are keys of data, of a format or of another's interface."""


def english_in(source: str) -> list[tuple[int, str]]:
    """Return the regular expressions and word lists of a module that hold English words: line and text.

    >>> english_in('import re\\nX = re.compile(r"\\\\b(who|what)\\\\b")')
    [(2, '\\\\b(who|what)\\\\b')]
    """
    found = [(line, text) for line, text, least in _texts(ast.parse(source)) if len(_words(text) & ENGLISH) >= least]
    return sorted(set(found))


def _words(text: str) -> set[str]:
    # \b, \s and the like are no letters of a word; "isn'?t" counts as "isn", "t".
    return set(re.findall(r"[a-z]+", re.sub(r"\\[a-zA-Z]|\(\?[a-zA-Z]+[:)]|\(\?P<\w+>", " ", text.lower())))


def _texts(tree: ast.Module) -> Iterator[tuple[int, str, int]]:
    """Yield patterns, what is split into words, lists and keys of words, and what texts are compared with.

    Each with its line, and how many English words are too many in it. Left out are the examples of a rule, and strings
    that are given names of their own (UP, DOWN = "up", "down").
    """
    left_out = {id(part) for node in ast.walk(tree) if _is_example_or_name(node) for part in ast.walk(node)}
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if word := _compared(node):
            yield node.lineno, word, 1
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            if of_re and node.args:
                yield node.lineno, _literal(node.args[0], constants), LEAST_IN_PATTERN
            if node.func.attr == "split" and isinstance(node.func.value, ast.Constant):
                yield node.lineno, str(node.func.value.value), LEAST_IN_LIST
        elif isinstance(node, ast.Set | ast.Tuple | ast.List):
            yield node.lineno, *_list(node.elts)
        elif isinstance(node, ast.Dict):
            yield node.lineno, *_list([key for key in node.keys if key])


def _is_example_or_name(node: ast.AST) -> bool:
    if not isinstance(node, ast.Assign):
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Example"
    names = [n.id for target in node.targets for n in ast.walk(target) if isinstance(n, ast.Name)]
    return bool(names) and isinstance(node.targets[0], ast.Tuple) or any(n.startswith("EXAMPLE") for n in names)


def _list(nodes: list[ast.expr]) -> tuple[str, int]:
    """Return the words of a list, and how many English ones are too many: each, where it has few and nothing else."""
    words = _word_constants(nodes)
    few = len(words) == len(nodes) < LEAST_IN_LIST and all(word.islower() for word in words)
    return " ".join(words), max(len(words), 1) if few else LEAST_IN_LIST


def _compared(node: ast.AST) -> str:
    """Return the word that a text is compared with or taken apart by, empty where there is none."""
    found: list[ast.expr] = []
    if isinstance(node, ast.Compare):
        found = [node.left, *node.comparators]
    elif isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        found = [*node.args, getattr(node.func, "value", node.func)] if called in COMPARED_BY else []
    texts = [n.value.strip() for n in found if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return next((text for text in texts if text in ENGLISH), "")


def _literal(node: ast.AST, constants: dict[str, ast.AST], depth: int = 0) -> str:
    """Return all literal text of an expression, with that of the module's constants that it names."""
    if isinstance(node, ast.Constant):
        return str(node.value) if isinstance(node.value, str) else ""
    if isinstance(node, ast.Name):
        known = constants.get(node.id)
        return f" {_literal(known, constants, depth + 1)} " if known is not None and depth < 9 else " "
    return "".join(_literal(child, constants, depth) for child in ast.iter_child_nodes(node))


def _word_constants(nodes: list[ast.expr]) -> list[str]:
    return [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str) and n.value.isalpha()]


def modules() -> dict[str, Path]:
    """Return the modules outside the language room, by their paths in the repository."""
    found = [path for folder in OUTSIDE for path in sorted((paths.ROOT / folder).rglob("*.py"))]
    named = {path.relative_to(paths.ROOT).as_posix(): path for path in found}
    return {name: path for name, path in named.items() if not name.startswith(EXEMPT)}


def test_regular_expressions_and_lists_of_english_stand_in_the_language_room() -> None:
    wrong = [
        f"{name}:{line}: {text.strip()[:80]!r}"
        for name, path in modules().items()
        for line, text in english_in(path.read_text(encoding="utf-8"))
        if text not in KEYS.get(name, ())
    ]
    assert wrong == [], "move these to bot/language, behind a function with a name"


@pytest.mark.parametrize("name", KEYS)
def test_every_exception_is_needed(name: str) -> None:
    found = {text for _, text in english_in((paths.ROOT / name).read_text(encoding="utf-8"))}
    assert KEYS[name] - found == set(), "these are gone: take them off the list"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('import re\nX = re.compile(r"\\b(who|what|where)\\b")', [2]),
        ('import re\n_ASKS = "who|what"\nX = re.compile(rf"^(?:{_ASKS})\\b")', [3]),
        ('import re\ndef f(t):\n    return re.search("is it", t)', [3]),
        ('X = frozenset("the and or".split())', [1]),
        ('X = {"before": 1, "after": 2, "until": 3}', [1]),
        ('X = ("yes", "no", "please")', [1]),
        ('import re\nX = re.compile(r"\\b\\w+ \\d{4}\\s*is")', []),
        ('import re\nX = re.compile(r"(?i:[A-Z]+)")', []),
        ('X = ("status", "reason", "facts")', []),
        ('UP, DOWN = "up", "down"', []),
        ('X = ("whose", "whom")', [1]),
        ('X = {"the"}', [1]),
        ('X = {"the", NAME}', []),
        ('def f(t):\n    return t == "yes" or t.startswith("why ")', [2, 2]),
        ('X = " or ".join(names)', [1]),
        ('X = join(names, "or")', [1]),
        ('X = Example(("when",), "and why?")', []),
        ('X = ["GET"]', []),
        ('X = "Who is it?"', []),
    ],
)  # fmt: skip
def test_english_is_found(source: str, lines: list[int]) -> None:
    assert [line for line, _ in english_in(source)] == lines

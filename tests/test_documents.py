"""The README and docs/: every link leads somewhere, and everything that can be run is named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot import __main__ as command_line
from bot import paths

DOCUMENTS = sorted(
    [*paths.ROOT.glob("*.md"), *(paths.ROOT / "docs").rglob("*.md"), *(paths.ROOT / "tests").rglob("*.md")]
)
_MARKDOWN = MarkdownIt("commonmark").enable("table")
_HTML_LINK = re.compile(r"""<(?:img|a)\b[^>]*?\s(?:src|href)=["']([^"']+)""")


def links(text: str) -> list[str]:
    """Return what a Markdown text links to, pictures and HTML included."""
    found = []
    for token in _tokens(text):
        if token.type in ("link_open", "image"):
            found.append(str(token.attrs.get("href") or token.attrs.get("src")))
        elif token.type in ("html_inline", "html_block"):
            found += _HTML_LINK.findall(token.content)
    return found


def anchors(text: str) -> set[str]:
    """Return the anchors that GitHub gives the headings of a text."""
    found: Counter[str] = Counter()
    tokens = _MARKDOWN.parse(text)
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            shown = "".join(child.content for child in token.children or () if child.type in ("text", "code_inline"))
            found[re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")] += 1
    return {f"{slug}-{number}" if number else slug for slug, times in found.items() for number in range(times)}


def _tokens(text: str) -> Iterator[Token]:
    for token in _MARKDOWN.parse(text):
        yield token
        yield from token.children or ()


def broken(document: Path) -> list[str]:
    """Return the links of a document into the project that lead nowhere."""
    wrong = []
    for link in links(document.read_text("utf-8")):
        if re.match(r"[a-z][a-z0-9+.-]*:", link):
            continue
        name, _, anchor = unquote(link).partition("#")
        target = (document.parent / name).resolve() if name else document
        inside = target.is_relative_to(paths.ROOT.resolve())
        if inside and target.exists() and (not anchor or target.suffix != ".md"):
            continue
        if not inside or not target.exists() or anchor not in anchors(target.read_text("utf-8")):
            wrong.append(link)
    return wrong


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(paths.ROOT)))
def test_every_link_and_anchor_leads_somewhere(document: Path) -> None:
    assert broken(document) == []


def test_links_that_lead_nowhere_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    (tmp_path / "there.md").write_text("# A `head`, twice\n\n## A head twice\n\n## A *head* twice?\n")
    (tmp_path / "page.md").write_text(
        "[a](there.md) [b](there.md#a-head-twice-1) ![c](gone.png) [d](there.md#gone) [e](#here) [f](../outside.md)\n"
        '<img width="1"\nsrc="gone.svg"> `[g](code.md)` [h](https://example.org/gone)\n\n    [i](code.md)\n\n# Here\n'
        "[![j](gone2.png)](there.md)\n"
    )
    assert broken(tmp_path / "page.md") == ["gone.png", "there.md#gone", "../outside.md", "gone.svg", "gone2.png"]


def test_every_target_of_make_is_named() -> None:
    makefile = (paths.ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    assert {"run", "test", "settings"} <= set(targets)
    assert sorted(targets) == sorted(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    told = "\n".join(path.read_text("utf-8") for path in DOCUMENTS)
    assert [target for target in targets if not re.search(rf"\bmake (?:\w+ )*{target}\b", told)] == []


def test_every_command_is_named(capsys: pytest.CaptureFixture) -> None:
    commands = _commands(capsys)
    assert {"serve", "chat", "settings", "crossval"} <= set(commands)
    readme = (paths.ROOT / "README.md").read_text("utf-8")
    listed = re.search(r"`.venv/bin/python -m bot COMMAND`: (.*?)\.\s", readme, re.DOTALL)
    assert sorted(re.findall(r"`(\w+)`", listed[1])) == sorted(commands)


def test_targets_and_commands_that_are_named_exist(capsys: pytest.CaptureFixture) -> None:
    commands = _commands(capsys)
    makefile = (paths.ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for path in DOCUMENTS:
        text = path.read_text("utf-8")
        for target in re.findall(r"(?:^    |`|\()make ([a-z-]+)\b", text, re.MULTILINE):
            assert target in targets, f"{path}: make {target}"
        for command in re.findall(r"python -m bot ([a-z]+)\b", text):
            assert command in commands, f"{path}: python -m bot {command}"


def _commands(capsys: pytest.CaptureFixture) -> list[str]:
    with pytest.raises(SystemExit):
        command_line.main(["--help"])
    return re.findall(r"^    ([a-z]+) ", capsys.readouterr().out, re.MULTILINE)

"""How what was worked out is put into words: templates of wording.yml, filled in."""

from __future__ import annotations

from bot.answers.operations.outcome import Outcome
from bot.facts.base import FactBase


def fill(base: FactBase, section: str, key: str, **values: str) -> str:
    """Return a template of wording.yml with its braces filled in."""
    return base.wording[section][key].format(**values)


def refuse(base: FactBase, key: str, **values: str) -> Outcome:
    """Return a refusal in words of wording.yml."""
    return Outcome((fill(base, "refused", key, **values),), refused=True)

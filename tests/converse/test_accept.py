# ruff: noqa: E501 (tables are read by line)
"""Accepting what the bot says: the text changes where the expectation stands, also where others share it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from converse.accept import Acceptance
from converse.document import Document, parse
from converse.parse import script_of
from converse.runner import PASSED, Runner
from tests.support.conversing import FixedBot


def accepted(text: str) -> str:
    """Run a script with the fixed bot, accept everything, and return the text, of which all must then pass."""
    acceptance = _run(text)
    assert not acceptance.left
    new = acceptance.text()
    assert not _run(new, must_pass=True).edits
    return new


def _run(text: str, must_pass: bool = False) -> Acceptance:
    document = Document(Path("a.yml"), text)
    parse(document)
    script, problems = script_of(document)
    assert not problems
    runner = Runner(FixedBot(), stop_at_failure=False)
    outcomes = [asyncio.run(runner.run_case(case)) for case in script.cases]
    if must_pass:
        assert [outcome.status for outcome in outcomes] == [PASSED] * len(outcomes)
    acceptance = Acceptance(document)
    acceptance.take(outcomes)
    return acceptance


CASE = "test_cases:\n  - test_case: c\n    steps:\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("      - user: hello\n      - bot: Hi!   # why\n", "      - user: hello\n      - bot: Hello!   # why\n"),
        ("      - user: hello\n      - utter: utter_bye\n", "      - user: hello\n      - utter: utter_social\n"),
        (
            "      - user: hello\n        assertions:\n          - bot_uttered: {utter_name: u, text_matches: Hi}\n",
            "      - user: hello\n        assertions:\n          - bot_uttered: {utter_name: utter_social, text_matches: Hello!}\n",
        ),
        (
            "      - user: x\n        assertions:\n          - bot_uttered:\n              buttons:\n"
            "                - title: A\n                  payload: a\n                - title: B\n                  payload: b\n",
            "      - user: x\n        assertions:\n          - bot_uttered:\n              buttons:\n"
            "                - title: Brennock\n                  payload: brennock\n"
            "                - title: Dunholm\n                  payload: dunholm\n",
        ),
        (
            "      - user: x\n        assertions:\n          - bot_uttered:\n              buttons:\n"
            "                - title: A\n                  payload: a\n              utter_name: utter_clarify\n",
            "      - user: x\n        assertions:\n          - bot_uttered:\n"
            "              buttons: [{title: Brennock, payload: brennock}, {title: Dunholm, payload: dunholm}]\n"
            "              utter_name: utter_clarify\n",
        ),
    ],
)  # fmt: skip
def test_text_names_and_buttons(before, after):
    assert accepted(CASE + before) == CASE + after


def test_record_is_changed_in_the_dictionary_that_one_step_has_to_itself():
    head = "metadata:\n  - m: {status: social, facts: dunholm_leaves, note: 1}  # mine\n"
    step = CASE + "      - {user: When did Brennock leave?, metadata: m}\n"
    assert (
        accepted(head + step)
        == "metadata:\n  - m: {status: answered, facts: brennock_leaves, note: 1}  # mine\n" + step
    )


def test_key_of_which_nothing_is_left_goes():
    head = "metadata:\n  - m:\n      status: answered\n      facts: dunholm_leaves\n      note: 1\n"
    step = CASE + "      - {user: hello, metadata: m}\n"
    assert accepted(head + step) == "metadata:\n  - m: {status: social, note: 1}\n" + step


def test_dictionary_that_others_use_stays_and_the_step_gets_one_of_its_own():
    text = (
        "metadata:\n  - m: {status: social, note: 1}  # shared\n  - n: {note: 2}\n"
        + CASE
        + "      - user: hello\n        metadata: m\n      - user: Who paid for it?\n        metadata: m\n"
    )
    assert accepted(text) == (
        "metadata:\n  - m: {status: social, note: 1}  # shared\n  - m_2: {status: not_in_document, note: 1}\n  - n: {note: 2}\n"
        + CASE
        + "      - user: hello\n        metadata: m\n      - user: Who paid for it?\n        metadata: m_2\n"
    )


def test_what_a_case_says_is_changed_for_the_step_only():
    text = "metadata:\n  - m: {status: social}\ntest_cases:\n  - test_case: c\n    metadata: m\n    steps:\n"
    steps = "      - user: hello\n      - user: Who paid for it?   # paid\n"
    assert accepted(text + steps) == (
        "metadata:\n  - m: {status: social}\n  - m_2: {status: not_in_document}\ntest_cases:\n"
        "  - test_case: c\n    metadata: m\n    steps:\n"
        "      - user: hello\n      - user: Who paid for it?   # paid\n        metadata: m_2\n"
    )


def test_what_must_not_be_said_and_what_must_run_is_left():
    acceptance = _run(
        CASE + "      - user: hello\n        assertions:\n          - action_executed: action_other\n"
        "          - bot_did_not_utter: {text_matches: Hello}\n          - slot_was_set: [{name: other}]\n"
    )
    assert not acceptance.edits
    assert [finding.check.kind for finding in acceptance.left] == [
        "action_executed",
        "bot_did_not_utter",
        "slot_was_set",
    ]

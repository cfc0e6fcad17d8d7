"""Holding a conversation: what is sent, where it stops, what is skipped."""

from __future__ import annotations

import asyncio

from converse.driver import TurnResult
from converse.runner import FAILED, PASSED, SKIPPED, CaseOutcome, Runner
from converse.show import plain_text
from tests.support.conversing import FixedBot, case, read

TALK = """\
  - user: hello
  - utter: utter_social
  - user: When did Brennock leave?
  - bot: Brennock left on a Monday.
  - user: hello again
"""


def run(found, bot, **options) -> CaseOutcome:
    return asyncio.run(Runner(bot, **options).run_case(found))


def test_case_ends_at_the_first_turn_that_fails():
    bot = FixedBot()
    outcome = run(case(TALK), bot)
    assert outcome.status == FAILED
    assert [text for _, text, _ in bot.heard] == ["hello", "When did Brennock leave?"]
    assert outcome.failed_turn is outcome.turns[1]


def test_case_can_be_held_to_its_end():
    bot = FixedBot()
    outcome = run(case(TALK), bot, stop_at_failure=False)
    assert outcome.status == FAILED
    assert len(outcome.turns) == 3


def test_failure_shows_script_line_case_talk_question_and_difference():
    text = plain_text(run(case(TALK), FixedBot()))
    assert text.splitlines()[0] == 'a.yml:6: case "c"'
    order = [
        "user> hello",
        "bot>  Hello!",
        "user> When did Brennock leave?",
        "bot>  Brennock left on June 3rd, 1951.",
        "question: When did Brennock leave?",
        "bot (line 7)",
        "- text: Brennock left on June 3rd, 1951.",
        "+ text: Brennock left on a Monday.",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_each_case_is_a_conversation_of_its_own_and_carries_its_metadata():
    cases, _ = read(
        "metadata: [m: {status: social, turn_idx: 2, channel: rest}]\ntest_cases:\n"
        "- {test_case: a, metadata: m, steps: [user: hello]}\n- {test_case: b, steps: [user: hello]}\n"
    )
    bot = FixedBot()
    assert [run(found, bot).status for found in cases] == [PASSED, PASSED]
    (first, _, metadata), (second, _, nothing) = bot.heard
    assert first != second
    assert (metadata, nothing) == ({"turn_idx": 2, "channel": "rest"}, {})


FIXTURE = "fixtures: [f: [memory: {turn: 1}, other: 2]]\ntest_cases:\n- {test_case: a, fixtures: [f], steps: [user: x]}"


def test_fixtures_are_set_before_anything_is_said():
    (found,), _ = read(FIXTURE)
    bot = FixedBot()
    assert run(found, bot).status == PASSED
    assert bot.presets == [(bot.heard[0][0], {"memory": {"turn": 1}, "other": 2})]


def test_fixtures_over_a_channel_are_a_clear_failure():
    class NoPresets:
        async def say(self, *_: object) -> TurnResult:
            raise AssertionError("nothing should be said")

    (found,), _ = read(FIXTURE)
    outcome = run(found, NoPresets(), way="slack")
    assert outcome.status == FAILED
    assert "not possible over slack" in plain_text(outcome)


def test_case_about_another_channel_is_skipped():
    (found,), _ = read("metadata: [m: {channel: slack}]\ntest_cases: [{test_case: a, metadata: m, steps: [user: x]}]")
    assert run(found, FixedBot(), way="telegram").status == SKIPPED
    assert run(found, FixedBot(), way="slack").status == PASSED
    assert run(found, FixedBot()).status == PASSED

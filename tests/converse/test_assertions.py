# ruff: noqa: E501 (tables are read by line)
"""What must be so, held against what came back: what is met, what fails and how it is told, what cannot be seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from converse.assertions import FAILED, MET, NOT_CHECKED, judge
from converse.driver import TurnResult
from converse.grounded import Grounds
from tests.support.conversing import case, reply
from tests.support.factbase import small

ANSWER = reply("Brennock left on June 3rd.", facts=["brennock_leaves"], buttons=["Why?", "Who else?"])
TWO = TurnResult(
    [{"text": "One."}, {"text": "Two."}],
    [
        {"event": "user", "text": "a"},
        {"event": "bot", "text": "One.", "metadata": {"utter_action": "utter_one"}},
        {"event": "slot", "name": "memory", "value": 1},
        {"event": "action", "name": "action_answer"},
        {"event": "bot", "text": "Two.", "metadata": {"utter_action": "utter_two"}},
    ],
)
OVER_REST = replace(ANSWER, events=None)
TEXTS_ONLY = TurnResult([{"text": "Brennock left on June 3rd."}])


def outcome(result: TurnResult, *assertions: str, ordered: bool = False, metadata: str = "") -> list[tuple[str, str]]:
    """Return (outcome, got) of each assertion."""
    steps = "  - user: when?\n" + ("    assertion_order_enabled: true\n" if ordered else "")
    steps += "    metadata: m\n" if metadata else ""
    steps += "    assertions:\n" + "".join(f"    - {assertion}\n" for assertion in assertions) if assertions else ""
    (turn,) = case(steps, f"metadata: [m: {metadata}]" if metadata else "").turns
    return [(finding.outcome, finding.got) for finding in judge(turn, result)]


@pytest.mark.parametrize(
    ("assertion", "expected"),
    [
        ("bot_uttered: {utter_name: utter_answered}", MET),
        ("bot_uttered: {utter_name: utter_social}", FAILED),
        ("bot_uttered: {text_matches: 'June \\d'}", MET),
        ("bot_uttered: {text_matches: 'june'}", FAILED),
        ("bot_uttered: {text_matches: '(?i)^brennock'}", MET),
        ("bot_uttered: {buttons: [{title: Why?, payload: why?}, {title: Who else?, payload: who else?}]}", MET),
        # one too few, another order, another payload
        ("bot_uttered: {buttons: [{title: Why?, payload: why?}]}", FAILED),
        ("bot_uttered: {buttons: [{title: Who else?, payload: who else?}, {title: Why?, payload: why?}]}", FAILED),
        ("bot_uttered: {buttons: [{title: Why?, payload: why?}, {title: Who else?, payload: who?}]}", FAILED),
        ("bot_uttered: {utter_name: utter_answered, text_matches: July}", FAILED),
        ("bot_did_not_utter: {text_matches: July}", MET),
        ("bot_did_not_utter: {text_matches: June}", FAILED),
        ("bot_did_not_utter: {utter_name: utter_social}", MET),
        ("bot_did_not_utter: {utter_name: utter_answered}", FAILED),
        ("bot_did_not_utter: {utter_name: utter_social, text_matches: June}", FAILED),
        ("action_executed: action_answer", MET),
        ("action_executed: action_other", FAILED),
        ("slot_was_set: [{name: memory}]", MET),
        ("slot_was_set: [{name: memory, value: {turn: 1}}]", MET),
        ("slot_was_set: [{name: memory, value: {turn: 2}}]", FAILED),
        ("slot_was_set: [{name: memory}, {name: other}]", FAILED),
        ("slot_was_not_set: [{name: other}]", MET),
        ("slot_was_not_set: [{name: memory, value: {turn: 2}}]", MET),
        ("slot_was_not_set: [{name: memory}]", FAILED),
    ],
)  # fmt: skip
def test_assertion(assertion, expected):
    assert outcome(ANSWER, assertion)[0][0] == expected


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ("{status: answered}", MET),
        ("{status: social}", FAILED),
        ("{facts: brennock_leaves}", MET),
        ("{facts: brennock_leaves dunholm_leaves}", FAILED),
        ("{evidence: P1S4}", MET),
        ("{evidence: P1S4 P1S5}", FAILED),
        ("{derived: false}", MET),
        ("{derived: true}", FAILED),
        ("{reason: silent}", FAILED),
    ],
)
def test_record(metadata, expected):
    assert outcome(ANSWER, metadata=metadata) == [
        (MET, "")
        if expected == MET
        else (
            FAILED,
            {
                "{status: social}": "status: answered",
                "{facts: brennock_leaves dunholm_leaves}": "facts: brennock_leaves",
                "{evidence: P1S4 P1S5}": "evidence: P1S4",
                "{derived: true}": "derived: false",
                "{reason: silent}": "reason: none",
            }[metadata],
        )
    ]


def test_parts_of_an_assertion_may_be_met_by_different_messages():
    assert outcome(TWO, "bot_uttered: {utter_name: utter_one, text_matches: Two}") == [(MET, "")]


def test_order_counts_only_where_it_is_asked_for():
    backwards = ("bot_uttered: {text_matches: Two}", "bot_uttered: {text_matches: One}")
    assert [o for o, _ in outcome(TWO, *backwards)] == [MET, MET]
    assert [o for o, _ in outcome(TWO, *backwards, ordered=True)] == [MET, FAILED]
    assert [o for o, _ in outcome(TWO, *reversed(backwards), ordered=True)] == [MET, MET]


def test_order_holds_between_kinds():
    slot, action, second = (
        "slot_was_set: [{name: memory}]",
        "action_executed: action_answer",
        "bot_uttered: {text_matches: Two}",
    )
    assert [o for o, _ in outcome(TWO, slot, action, second, ordered=True)] == [MET, MET, MET]
    assert [o for o, _ in outcome(TWO, second, slot, ordered=True)] == [MET, FAILED]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("  - bot: One.\n  - bot: Two.\n", [MET, MET]),
        ("  - bot: ' One. '\n", [MET]),
        ("  - bot: Two.\n  - bot: One.\n", [MET, FAILED]),
        ("  - bot: One.\n  - bot: One.\n", [MET, FAILED]),
        ("  - bot: One\n", [FAILED]),
        ("  - utter: utter_one\n  - bot: Two.\n", [MET, MET]),
        ("  - utter: utter_two\n  - utter: utter_one\n", [MET, FAILED]),
        ("  - slot_was_set: [memory: 1]\n  - slot_was_not_set: [other]\n", [MET, MET]),
        ("  - slot_was_set: [memory: 2]\n", [FAILED]),
        ("  - slot_was_not_set: [memory]\n", [FAILED]),
    ],
)
def test_plain_steps_are_met_in_their_order(steps, expected):
    (turn,) = case("  - user: a\n" + steps).turns
    assert [finding.outcome for finding in judge(turn, TWO)] == expected


def test_over_rest_the_name_of_the_response_is_known_by_the_status_and_the_rest_is_not_checked():
    assert [o for o, _ in outcome(OVER_REST, "bot_uttered: {utter_name: utter_answered}")] == [MET]
    assert [o for o, _ in outcome(OVER_REST, "bot_uttered: {utter_name: utter_social}")] == [FAILED]
    hidden = ("action_executed: action_answer", "slot_was_set: [{name: memory}]", "slot_was_not_set: [{name: other}]")
    assert [o for o, _ in outcome(OVER_REST, *hidden)] == [NOT_CHECKED] * 3


def test_where_only_texts_can_be_seen_records_are_not_checked():
    hidden = ("bot_uttered: {utter_name: utter_social}", "generative_response_is_grounded: {}")
    assert [o for o, _ in outcome(TEXTS_ONLY, *hidden, metadata="{status: social}")] == [NOT_CHECKED] * 3
    assert [o for o, _ in outcome(TEXTS_ONLY, "bot_uttered: {text_matches: July}")] == [FAILED]


def test_turn_without_an_answer_fails_whatever_is_asserted():
    (turn,) = case("  - user: a\n").turns
    (finding,) = judge(turn, TurnResult([], [], "failed: Sorry"))
    assert (finding.outcome, finding.got) == (FAILED, "failed: Sorry")


def test_nothing_said_is_no_match():
    assert outcome(TurnResult([], []), "bot_uttered: {text_matches: .}") == [(FAILED, "nothing was said")]


LIE = reply("Brennock left on July 9th.", facts=["brennock_leaves"])


def test_every_answer_must_be_grounded_whether_asserted_or_not():
    grounds = Grounds(small())
    (turn,) = case("  - user: when?\n").turns
    assert [f.outcome for f in judge(turn, ANSWER, grounds)] == [MET]
    (finding,) = judge(turn, LIE, grounds)
    assert (finding.outcome, "July 9th" in finding.got) == (FAILED, True)
    refusal = reply("The article does not say. In July 1999 Quentin Dray left.", "not_in_document")
    assert judge(turn, refusal, grounds) == []


def test_threshold_lowers_what_is_asserted_and_not_what_holds_for_every_answer():
    (turn,) = case("  - user: when?\n    assertions: [generative_response_is_grounded: {threshold: 0.5}]\n").turns
    assert [f.outcome for f in judge(turn, LIE, Grounds(small()))] == [MET, FAILED]
    (turn,) = case("  - user: when?\n    assertions: [generative_response_is_grounded: {threshold: 0.9}]\n").turns
    assert [f.outcome for f in judge(turn, LIE, Grounds(small()))] == [FAILED, FAILED]


def test_grounded_response_can_be_named():
    steps = "  - user: when?\n    assertions: [generative_response_is_grounded: {utter_name: utter_social}]\n"
    (turn,) = case(steps).turns
    assert [f.outcome for f in judge(turn, ANSWER, Grounds(small()))] == [FAILED, MET]

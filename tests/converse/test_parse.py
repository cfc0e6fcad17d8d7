# ruff: noqa: E501 (tables are read by line)
"""Scripts: what they say when read, and one clear message for each mistake in them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from converse.parse import read_script
from converse.problems import SCHEMA
from tests.support.conversing import read

GOOD = """\
# An islander asks.
fixtures:
  - after_brennock:
      - memory: {turn: 1}
metadata:
  - via_slack: {channel: slack, turn_idx: 1}
  - stated: {status: answered, facts: brennock_leaves others_follow, evidence: P1S4 P1S2, derived: false}
test_cases:
  - test_case: asks when
    fixtures: [after_brennock]
    metadata: via_slack
    steps:
      - user: When did Brennock leave?
        metadata: stated
        assertion_order_enabled: true
        assertions:
          - action_executed: action_answer
          - slot_was_set: [{name: memory}]
          - bot_uttered: {utter_name: utter_answered, text_matches: 'June \\d'}
          - bot_did_not_utter: {text_matches: July}
          - generative_response_is_grounded: {threshold: 1}
      - user: yes
  - test_case: in plain style
    steps:
      - user: hello
      - slot_was_set: [memory, other: 3]
      - slot_was_not_set: [third]
      - utter: utter_social
      - bot: Hello!
"""


def test_script_is_read_with_its_lines():
    (asks, plain), problems = read(GOOD)
    assert not problems
    assert (asks.name, asks.line, asks.slots, asks.channel) == ("asks when", 9, {"memory": {"turn": 1}}, "slack")
    first, second = asks.turns
    assert (first.user, first.line, first.ordered, second.user) == ("When did Brennock leave?", 13, True, "yes")
    assert first.metadata == {"channel": "slack", "turn_idx": 1}
    assert [(c.kind, c.wanted, c.line) for c in first.checks[:4]] == [
        ("status", "answered", 7),
        ("facts", ("brennock_leaves", "others_follow"), 7),
        ("evidence", ("P1S4", "P1S2"), 7),
        ("derived", False, 7),
    ]
    assert [c.kind for c in first.checks[4:]] == [
        "action_executed",
        "slot_was_set",
        "bot_uttered",
        "bot_did_not_utter",
        "generative_response_is_grounded",
    ]
    (turn,) = plain.turns
    assert [(c.kind, c.wanted, c.line) for c in turn.checks] == [
        ("slot_was_set", [{"name": "memory"}], 26),
        ("slot_was_set", [{"name": "other", "value": 3}], 26),
        ("slot_was_not_set", [{"name": "third"}], 27),
        ("utter", "utter_social", 28),
        ("bot", "Hello!", 29),
    ]


def test_what_a_step_says_of_the_record_goes_before_what_its_case_says():
    (found,), _ = read(
        "metadata: [all: {status: answered, derived: true}, one: {status: social}]\n"
        "test_cases:\n- {test_case: c, metadata: all, steps: [{user: a, metadata: one}, {user: b}]}\n"
    )
    assert [[(c.kind, c.wanted) for c in turn.checks] for turn in found.turns] == [
        [("status", "social"), ("derived", True)],
        [("status", "answered"), ("derived", True)],
    ]


CASE = "test_cases:\n  - test_case: c\n    steps:\n"
ASSERT = CASE + "      - user: a\n        assertions:\n"
MISTAKES = {
    # what YAML itself refuses
    "not YAML": ("test_cases: [\n", r"a\.yml:2: not YAML: .*"),
    "tab": ("test_cases:\n\t- a\n", r"a\.yml:2: not YAML: .*"),
    "colon in a text": (CASE + "      - user: it is: what\n", r"a\.yml:4: not YAML: mapping values .*; put a text that holds a colon in quotes"),
    "key used twice": (CASE + "      - user: a\n        user: b\n", r"a\.yml:5: the key user is used twice; keep one"),
    "date that is none": (CASE + "      - user: 1991-06-31\n", r"a\.yml:4: '1991-06-31' cannot be read; put it in quotes"),
    "alias in itself": ("test_cases: &a [*a]\n", r"a\.yml:1: an alias \(\*\) stands inside its own anchor \(&\)"),
    # the form
    "no cases": ("metadata: [a: {b: c}]\n", r"a\.yml:1: test_cases is missing"),
    "unknown section": ("tests: []\n" + CASE + "      - user: a\n", r"a\.yml:1: unknown key tests; valid here: fixtures, metadata, test_cases"),
    "unknown key of a case": (CASE + "      - user: a\n    stepz: 1\n", r'a\.yml:5: case "c": unknown key stepz; valid here: test_case, fixtures, metadata, steps'),
    "case without name": ("test_cases:\n  - steps:\n      - user: a\n", r"a\.yml:2: case 1: test_case is missing"),
    "case without steps": ("test_cases:\n  - test_case: c\n", r'a\.yml:2: case "c": steps is missing'),
    "unknown key of a step": (CASE + "      - user: a\n      - bott: b\n", r'a\.yml:5: case "c", step 2: unknown key bott; valid here: user, metadata, .*'),
    "step of two kinds": (CASE + "      - user: a\n        bot: b\n", r'a\.yml:4: case "c", step 1: a step is exactly one of user, bot, utter, slot_was_set, slot_was_not_set; this one has user and bot'),
    "step of no kind": (CASE + "      - {}\n", r'a\.yml:4: case "c", step 1: a step is exactly one of .*; this one has none of them'),
    "step that is a text": (CASE + "      - hello\n", r'a\.yml:4: case "c", step 1: steps must be keys and values, not hello'),
    "user not a text": (CASE + "      - user: 1991\n", r'a\.yml:4: case "c", step 1: user must be text, not 1991; put it in quotes'),
    "user empty": (CASE + "      - user:\n", r'a\.yml:4: case "c", step 1: user must be text, not nothing'),
    "assertions on a bot step": (CASE + "      - user: a\n      - bot: b\n        assertions: [action_executed: x]\n", r'a\.yml:6: case "c", step 2: assertions can only stand on a step with user'),
    "order without assertions": (CASE + "      - user: a\n        assertion_order_enabled: true\n", r'a\.yml:5: case "c", step 1: assertion_order_enabled can only stand on a step with assertions'),
    "assertions empty": (CASE + "      - user: a\n        assertions: []\n", r'a\.yml:5: case "c", step 1: assertions is empty'),
    "unknown assertion": (ASSERT + "          - bot_utterd: {text_matches: b}\n", r'a\.yml:6: case "c", step 1: unknown key bot_utterd; valid here: bot_uttered, .*'),
    "two assertions in one": (ASSERT + "          - bot_uttered: {text_matches: b}\n            action_executed: x\n", r'a\.yml:6: case "c", step 1: assertions: an entry of this list has one key, not bot_uttered, action_executed; begin each with its own dash'),
    "assertion of nothing": (ASSERT + "          - bot_uttered: {}\n", r'a\.yml:6: case "c", step 1: bot_uttered is empty; valid: utter_name, text_matches, buttons'),
    "unknown part": (ASSERT + "          - bot_uttered: {text: b}\n", r'a\.yml:6: case "c", step 1: unknown key text; valid here: utter_name, text_matches, buttons'),
    "button without payload": (ASSERT + "          - bot_uttered: {buttons: [{title: b}]}\n", r'a\.yml:6: case "c", step 1: payload is missing'),
    "threshold too large": (ASSERT + "          - generative_response_is_grounded: {threshold: 2}\n", r'a\.yml:6: case "c", step 1: threshold: 2 is greater than the maximum of 1'),
    "bad regex": (ASSERT + "          - bot_uttered: {text_matches: 'a(b'}\n", r'a\.yml:6: case "c", step 1: text_matches is not a regular expression: missing \), unterminated subpattern at character 2; .*'),
    "bad regex of what must not be": (ASSERT + "          - bot_did_not_utter: {text_matches: '*'}\n", r'a\.yml:6: case "c", step 1: text_matches is not a regular expression: nothing to repeat at character 1; .*'),
    # what is between parts
    "mixed styles": (ASSERT + "          - bot_uttered: {text_matches: b}\n      - bot: c\n", r'a\.yml:7: case "c", step 2: bot cannot stand in a case with assertions; .*'),
    "nothing said yet": (CASE + "      - bot: a\n      - user: b\n", r'a\.yml:4: case "c", step 1: bot comes before anything was said; begin with user'),
    "unknown fixture": ("test_cases:\n- {test_case: c, fixtures: [f], steps: [user: a]}\n", r'a\.yml:2: case "c": there is no fixtures entry f; valid: none, the file has no fixtures, nor has a conftest\.yml beside it or in a folder around'),
    "unknown metadata": ("metadata: [m: {status: social}]\n" + CASE + "      - {user: a, metadata: n}\n", r'a\.yml:5: case "c", step 1: there is no metadata entry n; valid: m'),
    "name used twice": ("test_cases:\n- {test_case: c, steps: [user: a]}\n- {test_case: c, steps: [user: a]}\n", r"a\.yml:3: .*the name c is used twice for a test case; give one of them another"),
    "metadata used twice": ("metadata: [m: {a: b}, m: {a: c}]\n" + CASE + "      - user: a\n", r"a\.yml:1: the name m is used twice for metadata; give one of them another"),
    # what is ours
    "status": ("metadata:\n  - m: {status: anwsered}\n" + CASE + "      - user: a\n", r"a\.yml:2: status cannot be anwsered; valid: answered, not_in_document, clarify, social"),
    "evidence": ("metadata:\n  - m: {evidence: 'P1S1, P1S2'}\n" + CASE + "      - user: a\n", r"a\.yml:2: evidence cannot be P1S1, P1S2; valid: sentences with single spaces between, such as P3S8 P1S4"),
    "facts": ("metadata:\n  - m: {facts: [a, b]}\n" + CASE + "      - user: a\n", r"a\.yml:2: facts must be text, not a list"),
    "derived": ("metadata:\n  - m: {derived: yes}\n" + CASE + "      - user: a\n", r"a\.yml:2: derived must be true or false, not yes"),
    "channel": ("metadata:\n  - m: {channel: fax}\n" + CASE + "      - user: a\n", r"a\.yml:2: channel cannot be fax; valid: rest, web, telegram, slack"),
    "slip in a key": ("metadata:\n  - m: {fact: a}\n" + CASE + "      - user: a\n", r"a\.yml:2: unknown key fact; did you mean facts\? .*"),
    "key too long": ("metadata:\n  - m: {status_2: a}\n" + CASE + "      - user: a\n", r"a\.yml:2: unknown key status_2; did you mean status\? .*"),
    "metadata not flat": ("metadata:\n  - m: {other: {a: b}}\n" + CASE + "      - user: a\n", r"a\.yml:2: other must be text, a number or true or false, not keys and values"),
    # what Rasa Pro has and we do not
    "flow": (ASSERT + "          - flow_started: f\n", r'a\.yml:6: case "c", step 1: flow_started belongs to Rasa Pro\'s CALM flows, .*'),
    "clarification": (ASSERT + "          - pattern_clarification_contains: [f]\n", r'a\.yml:6: case "c", step 1: pattern_clarification_contains belongs to .*'),
    "judge": (ASSERT + "          - generative_response_is_relevant: {threshold: 1}\n", r'a\.yml:6: case "c", step 1: generative_response_is_relevant needs a language model as judge.*'),
    "ground truth": (ASSERT + "          - generative_response_is_grounded: {ground_truth: a}\n", r'a\.yml:6: case "c", step 1: ground_truth needs a language model as judge.*'),
    "source": (ASSERT + "          - generative_response_is_grounded: {utter_source: a}\n", r'a\.yml:6: case "c", step 1: utter_source names the part of Rasa Pro or the custom action that made a reply; here one action makes them all, .*'),
    "stubs": ("stub_custom_actions: {}\n" + CASE + "      - user: a\n", r"a\.yml:1: stub_custom_actions cannot be used: .*"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_mistake_gives_one_clear_message(mistake):
    text, expected = MISTAKES[mistake]
    cases, problems = read(text)
    assert not cases
    assert len(problems) == 1, problems
    assert re.fullmatch(expected, problems[0]), problems[0]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file():
    text = "\n".join(
        [
            "metadata:",
            "  - m: {status: maybe}",
            "test_cases:",
            "  - test_case: c",
            "    steps:",
            "      - usr: a",
            "      - user: b",
            "        assertions:",
            "          - flow_started: f",
            "          - bot_uttered: {}",
        ]
    )
    _, problems = read(text)
    assert [int(problem.split(":")[1]) for problem in problems] == [2, 6, 9, 10]


def test_file_that_is_not_text_is_told(tmp_path):
    (tmp_path / "a.yml").write_bytes(b"test_cases: \xff")
    _, (problem,) = read_script(tmp_path / "a.yml")
    assert problem.endswith("a.yml:1: not UTF-8 at byte 12; save the file as UTF-8")


@pytest.mark.parametrize(
    "text",
    ["", "# test_cases:\n#   - test_case: c\n", "---\n", "test_cases:\n#  - test_case: c\n", "test_cases: []\n"],
)
def test_file_in_which_everything_is_commented_out_is_no_mistake(text):
    assert read(text) == ([], [])


def test_sections_with_nothing_in_them_are_no_mistake():
    (found,), problems = read("fixtures:\nmetadata:\ntest_cases:\n- {test_case: c, steps: [user: a]}\n")
    assert (found.name, problems) == ("c", [])


def test_same_words_twice_are_a_warning_unless_metadata_tells_them_apart(tmp_path):
    path = tmp_path / "a.yml"
    path.write_text(
        "metadata: [second: {turn: 2}]\ntest_cases:\n- test_case: c\n  steps:\n"
        "  - user: why?\n  - user: why?\n  - {user: why?, metadata: second}\n"
    )
    script, problems = read_script(path)
    assert not problems
    assert len(script.cases[0].turns) == 3
    (warning,) = script.warnings
    assert warning.startswith(f'{path}:6: case "c", step 2: the user says the same as in step 1; Rasa Pro ')
    assert "{turn: 2}" in warning


def test_schema_is_a_schema_and_explains_every_key_of_ours():
    schema = json.loads(Path(SCHEMA).read_text())
    Draft7Validator.check_schema(schema)
    assert all("description" in key for key in schema["definitions"]["metadata"]["properties"].values())

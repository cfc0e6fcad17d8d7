"""The index over rules leaves out only rules that do not hold."""

from __future__ import annotations

import json
from pathlib import Path

import bot.engine.light_imports  # noqa: F401  # isort: skip  (before Rasa)
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource

from bot.engine.policy import IndexedRules


def policy(kind: type[RulePolicy], folder: Path) -> RulePolicy:
    storage, context = LocalModelStorage(folder), ExecutionContext(GraphSchema({}))
    return kind.create(kind.get_default_config(), storage, Resource("rules"), context)


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> tuple[RulePolicy, IndexedRules]:
    return tuple(policy(kind, tmp_path_factory.mktemp("rules")) for kind in (RulePolicy, IndexedRules))


NOT_SET = "should_not_be_set"
ACTIONS = st.sampled_from(["action_listen", "action_answer", NOT_SET, ""])
INTENTS = st.sampled_from(["greet", "ask_date", "ask_name", NOT_SET, ""])
STATES = st.fixed_dictionaries(
    {},
    optional={
        "prev_action": st.fixed_dictionaries({}, optional={"action_name": ACTIONS}),
        "user": st.fixed_dictionaries({}, optional={"intent": INTENTS, "text": st.just("hello")}),
        "slots": st.fixed_dictionaries({}, optional={"a": st.just(NOT_SET)}),
    },
)
RULES = st.lists(st.lists(STATES, min_size=1, max_size=3), max_size=30)


@given(RULES, st.lists(STATES, max_size=4))
def test_the_same_rules_hold_as_by_rasas_own(
    policies: tuple[RulePolicy, IndexedRules], rules: list, states: list
) -> None:
    lookup = {json.dumps(rule, sort_keys=True): "action_answer" for rule in rules}
    stock, ours = policies
    assert ours._get_possible_keys(lookup, states) == stock._get_possible_keys(lookup, states)


def test_only_the_rules_of_the_intent_are_looked_at(policies: tuple[RulePolicy, IndexedRules], monkeypatch) -> None:
    def state(intent: str) -> dict:
        return {"prev_action": {"action_name": "action_listen"}, "user": {"intent": intent}}

    lookup = {json.dumps([state(f"ask_{number}")]): "action_answer" for number in range(1000)}
    looked_at = []
    applicable = RulePolicy._is_rule_applicable
    monkeypatch.setattr(
        RulePolicy, "_is_rule_applicable", lambda *arguments: looked_at.append(1) or applicable(*arguments)
    )
    assert policies[1]._get_possible_keys(lookup, [state("ask_7")]) == {json.dumps([state("ask_7")])}
    assert len(looked_at) == 1

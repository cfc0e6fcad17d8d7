"""Rasa's rule policy with an index over its rules."""

from __future__ import annotations

from typing import Any

from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT, TEXT

_Key = tuple[str, str]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class IndexedRules(RulePolicy):
    """Predicts what RulePolicy predicts, looking only at the rules of the intent and the action before.

    Rasa's own holds each rule against each conversation, four times a message, which with a rule for every intent
    takes longer than reading the message.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._indexes: dict[int, _Index] = {}

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> tuple[str | None, str | None, bool]:
        # The whole conversation is turned into states for each of both.
        if use_text_for_last_user_input and not self._index(self.lookup[RULES]).reads_text:
            return None, None, False
        return super()._find_action_from_rules(tracker, domain, use_text_for_last_user_input)

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        if not states:
            return super()._get_possible_keys(lookup, states)
        return super()._get_possible_keys(self._index(lookup).candidates(states[-1]), states)

    def _index(self, lookup: dict[str, str]) -> _Index:
        index = self._indexes.get(id(lookup))
        if index is None or index.lookup is not lookup or index.size != len(lookup):
            index = self._indexes[id(lookup)] = _Index(lookup, self._rule_key_to_state)
        return index


class _Index:
    """Rules by the action and the intent that their last state asks for."""

    def __init__(self, lookup: dict[str, str], read: Any) -> None:
        # The lookup is kept, so that no other can get its id.
        self.lookup, self.size = lookup, len(lookup)
        self._by_last: dict[_Key, dict[str, str]] = {}
        self._others: dict[str, str] = {}
        self.reads_text = False
        for rule, action in lookup.items():
            states = read(rule)
            self.reads_text |= any(TEXT in state.get(USER, {}) for state in states)
            key = _key(states[-1])
            # Those without an action before, or an intent, may hold for any.
            table = self._others if key is None else self._by_last.setdefault(key, {})
            table[rule] = action

    def candidates(self, state: State) -> dict[str, str]:
        """Return the rules that may hold in a state, those that surely do not being left out."""
        key = _key(state)
        return {**self._others, **self._by_last.get(key, {})} if key else self._others


def _key(state: State) -> _Key | None:
    action = state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME)
    intent = state.get(USER, {}).get(INTENT)
    told = all(isinstance(value, str) and value not in ("", SHOULD_NOT_BE_SET) for value in (action, intent))
    return (action, intent) if told else None

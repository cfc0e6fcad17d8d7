"""Chooses the action: whatever is asked, one action answers it, and then the bot listens.

What a message means is known from its intent, its entities and the conversation, all of which the action reads itself;
nothing is left for a dialogue model, or for rules, to decide.
"""

from __future__ import annotations

import warnings
from typing import Any

from rasa.core.constants import RULE_POLICY_PRIORITY
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.core.policies.rule_policy import DEFAULT_ACTION_MAPPINGS
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

ACTION = "action_answer"

# Rasa warns that without its RulePolicy "/restart" and the like do nothing; here they do what they do there.
warnings.filterwarnings("ignore", message="'RulePolicy' is not included")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class OneActionAnswers(Policy):
    """Predicts ACTION for a message, and action_listen once it has run; there is nothing to train."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return what config.yml need not say."""
        return {"priority": RULE_POLICY_PRIORITY}

    @staticmethod
    def supported_data() -> SupportedData:
        """Say that rules are looked at: else Rasa warns of those that `rasa data validate` wants to see."""
        return SupportedData.ML_AND_RULE_DATA

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **more: Any,
    ) -> OneActionAnswers:
        """Make the policy; nothing of it is in a model."""
        return cls(config, model_storage, resource, execution_context)

    def train(self, training_trackers: list[Any], domain: Domain, **more: Any) -> Resource:
        """Check that the domain has the action; InvalidDomain where it does not."""
        domain.index_for_action(ACTION)
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **more: Any,
    ) -> PolicyPrediction:
        """Return the one action that is to be taken next, as sure as can be."""
        probabilities = self._default_predictions(domain)
        probabilities[domain.index_for_action(_next_action(tracker))] = 1.0
        return self._prediction(probabilities)


def _next_action(tracker: DialogueStateTracker) -> str:
    if tracker.latest_action_name not in (ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME, None):
        return ACTION_LISTEN_NAME
    intent = tracker.latest_message.intent.get("name") if tracker.latest_message else None
    # "/restart", "/back" and "/session_start", which `rasa shell` offers; channels let no such text through.
    return DEFAULT_ACTION_MAPPINGS.get(intent, ACTION)

"""Whatever is asked, one action answers it, then the bot listens; and Rasa sees that for each intent."""

from __future__ import annotations

from pathlib import Path

import bot.engine.light_imports  # noqa: F401  # isort: skip  (before Rasa)
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.core.domain import Domain, InvalidDomain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.importers.importer import TrainingDataImporter

from bot import paths
from bot.engine.importer import OneRule
from bot.engine.policy import ACTION, OneActionAnswers

DOMAIN = Domain.from_dict({"intents": ["ask_date", "greet"], "actions": [ACTION, "action_other"]})


@pytest.fixture
def policy(tmp_path: Path) -> OneActionAnswers:
    storage, context = LocalModelStorage(tmp_path), ExecutionContext(GraphSchema({}))
    return OneActionAnswers.load(OneActionAnswers.get_default_config(), storage, Resource("policy"), context)


def predicted(policy: OneActionAnswers, *events: Event) -> str:
    tracker = DialogueStateTracker.from_events("rest:1", list(events), DOMAIN.slots)
    prediction = policy.predict_action_probabilities(tracker, DOMAIN)
    assert sum(prediction.probabilities) == 1.0
    return DOMAIN.action_names_or_texts[prediction.probabilities.index(1.0)]


def asked(intent: str | None) -> list[Event]:
    return [ActionExecuted("action_listen"), UserUttered("a text", {"name": intent, "confidence": 0.2})]


@pytest.mark.parametrize("intent", ["ask_date", "greet", "unheard_of", None])
def test_every_message_is_answered_by_the_one_action(policy: OneActionAnswers, intent: str | None) -> None:
    assert predicted(policy, *asked(intent)) == ACTION


@pytest.mark.parametrize("action", [ACTION, "action_other"])
def test_the_bot_listens_after_an_action(policy: OneActionAnswers, action: str) -> None:
    assert predicted(policy, *asked("greet"), ActionExecuted(action)) == "action_listen"


def test_the_next_message_is_answered_as_the_first(policy: OneActionAnswers) -> None:
    start = [ActionExecuted("action_session_start"), SessionStarted()]
    assert predicted(policy, *start, *asked("greet"), ActionExecuted(ACTION), *asked("ask_date")) == ACTION


@pytest.mark.parametrize(
    ("intent", "action"),
    [("restart", "action_restart"), ("back", "action_back"), ("session_start", "action_session_start")],
)
def test_intents_of_rasas_own_do_what_they_do_by_its_rules(policy: OneActionAnswers, intent: str, action: str) -> None:
    assert predicted(policy, *asked(intent)) == action


def test_training_tells_of_a_domain_without_the_action(policy: OneActionAnswers) -> None:
    assert policy.train([], DOMAIN) == Resource("policy")
    with pytest.raises((InvalidDomain, ValueError), match=ACTION):
        policy.train([], Domain.from_dict({"intents": ["greet"], "actions": ["action_other"]}))


def intents_of_rule(importer: TrainingDataImporter) -> set[str]:
    steps = importer.get_stories().story_steps
    return {event.intent_name for step in steps for event in step.events if isinstance(event, UserUttered)}


def test_each_intent_of_a_domain_is_in_the_rule(tmp_path: Path) -> None:
    (tmp_path / "domain.yml").write_text('version: "3.1"\nintents: [ask_date, greet]\nactions: [action_answer]\n')
    importer = OneRule(None, str(tmp_path / "domain.yml"), [str(tmp_path)])
    assert intents_of_rule(importer) == {"ask_date", "greet"}
    actions = {e.action_name for s in importer.get_stories().story_steps for e in s.events if type(e) is ActionExecuted}
    assert actions >= {ACTION}


def test_the_bot_is_trained_with_a_rule_over_all_its_intents() -> None:
    importer = TrainingDataImporter.load_from_config(str(paths.CONFIG), str(paths.DOMAIN), [])
    own = set(Domain.load(paths.DOMAIN).intents) - set(DEFAULT_INTENTS)
    assert len(own) > 100
    assert intents_of_rule(importer) == own

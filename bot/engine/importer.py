"""Reads the training data as Rasa does, and adds the one rule: whatever is asked, one action answers it.

Rasa wants to see each intent in a story or rule: `rasa data validate` warns of those that are in none, and without any
`rasa train` makes no dialogue model. The policy (`policy.py`) needs no rules, so nobody has to keep a list of intents.
"""

from __future__ import annotations

from rasa.shared.constants import LATEST_TRAINING_DATA_FORMAT_VERSION
from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter

from bot.engine.policy import ACTION


class OneRule(RasaFileImporter):
    """Rasa's importer of files, and a rule over all intents of the domain; named in config.yml."""

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Return what data/ holds of stories and rules, and the one rule."""
        domain = self.get_domain()
        intents = [{"intent": intent} for intent in domain.intents if intent not in DEFAULT_INTENTS]
        found = super().get_stories(exclusion_percentage)
        if not intents:
            return found
        rule = {"rule": "every message is answered", "steps": [{"or": intents}, {"action": ACTION}]}
        rules = {"version": LATEST_TRAINING_DATA_FORMAT_VERSION, "rules": [rule]}
        return found.merge(StoryGraph(YAMLStoryReader(domain).read_from_parsed_yaml(rules)))

"""Where things are in the repository: the only module that names its folders."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CONFIG = ROOT / "config.yml"
DOMAIN = ROOT / "domain.yml"
ENDPOINTS = ROOT / "endpoints.yml"
CREDENTIALS = ROOT / "credentials.yml"

DATA = ROOT / "data"
FACTS = DATA / "facts"
ARTICLE = FACTS / "article.txt"
WORDING = FACTS / "wording.yml"
NLU = DATA / "nlu"
DIALOGUES = DATA / "dialogues"

MODELS = ROOT / "models"
READER = MODELS / "reader"
"""The network of the reader, as trained by `make train-reader`."""
QUESTION_MODELS = MODELS / "questions"
"""What was learnt from the training questions, as it comes with the repository."""
REFITTED = MODELS / "refitted"
"""What was learnt here from training questions that were changed; never committed."""
WEB_DIST = ROOT / "web" / "dist"
"""The page and the widget, as built from `web/`."""

SETTINGS_FILE = ROOT / ".env"
"""Settings of whoever runs the bot; never committed."""

VAR = ROOT / "var"
"""What the running bot writes; safe to delete, never committed."""

"""What operators read while the model is trained."""

from __future__ import annotations


def model_current(model: object) -> str:
    return f"{model} is up to date"


def training(forced: bool) -> str:
    return "training" if forced else "training, because its inputs changed or there is no model yet"


STARTING_RASA = "starting Rasa"
TRAINING_DATA = "the data for the next part"


def still_training(part: str, seconds: float) -> str:
    return f"still at work on {part} ({seconds:.0f} s)"


def trained_part(name: str, seconds: float) -> str:
    return f"trained {name} in {seconds:.1f} s"


def trained(model: object, seconds: float) -> str:
    return f"{model} trained in {seconds:.0f} s"


def training_failed(reason: object) -> str:
    return f"Training failed: {reason}\nThe model before, if there was one, is still in place."


def network_missing(folder: object) -> str:
    return (
        f"{folder}: the reader's network is missing or damaged. It comes with the repository: git checkout -- {folder}"
        " (or train it anew, which takes hours: make train-reader)"
    )


def needs_more(library: str) -> str:
    return f"Training from nothing needs {library}, which only the full set of packages has: make setup installs it."


def fitted(folder: object, seconds: float) -> str:
    return f"{folder} fitted to the training questions in {seconds:.1f} s"


FITTING = "fitting the reader to the training questions, as they changed"
NETWORK_TRAINED = "the reader's network is trained; make train fits the rest to it"

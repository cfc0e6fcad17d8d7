"""What a question asks: an ensemble of a fine-tuned sentence encoder and n-grams of its letters and words.

    model = QuestionModel.train(questions, progress)
    model.read(["wen did rusia leave"])[0].intent -> "departure_when"

The encoder understands wordings it has never seen; the n-grams add what spelling tells (typos, names). Both give a
probability for each intent, which are averaged as logarithms, and one for each stance given the intent.
"""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.encoder import files
from bot.encoder.encoder import SentenceEncoder

STANCES = ("ask", "true", "false")
NGRAM_SHARE = 0.3
"""Weight of the n-grams in the mean; chosen by cross-validation, see docs/decisions.md."""

_LABELS, _HEADS, _NGRAMS, _ENCODER = "labels.json", "heads.npz", "ngrams.pkl", "encoder"
_FLOOR = 1e-9


@dataclass(frozen=True)
class LabelledQuestion:
    """A training question: what it asks and whether the article confirms (true) or contradicts (false) it."""

    text: str
    intent: str
    stance: str = "ask"


@dataclass(frozen=True)
class Reading:
    """What the model makes of one text."""

    intents: dict[str, float]
    """Probability of each intent, the likeliest first."""
    stances: dict[str, float]
    """Probability of each stance, given the likeliest intent."""
    vector: np.ndarray
    """The sentence vector [384], of length 1."""

    @property
    def intent(self) -> str:
        """The likeliest intent."""
        return next(iter(self.intents))

    @property
    def confidence(self) -> float:
        """Probability of the likeliest intent."""
        return next(iter(self.intents.values()))


class QuestionModel:
    """Reads questions. Made by `train` or `load`."""

    def __init__(self, encoder: SentenceEncoder, intents: list[str], pairs: list[list[str]], heads: list[np.ndarray], ngrams: dict) -> None:
        self._encoder = encoder
        self._intents = intents
        self._pairs = [tuple(pair) for pair in pairs]
        self._heads = heads
        self._ngrams = ngrams
        self._pair_columns = {
            intent: [self._pairs.index((intent, s)) if (intent, s) in self._pairs else -1 for s in STANCES] for intent in intents
        }

    @classmethod
    def train(
        cls, questions: Sequence[LabelledQuestion], folder: Path, progress: Callable[[float], None] = lambda share: None
    ) -> QuestionModel:
        """Learn from labelled questions and write the model to `folder`."""
        intents = sorted({q.intent for q in questions})
        pairs = sorted({(q.intent, q.stance) for q in questions})
        texts = [q.text for q in questions]
        of_intent = np.array([intents.index(q.intent) for q in questions])
        of_pair = np.array([pairs.index((q.intent, q.stance)) for q in questions])
        folder.mkdir(parents=True, exist_ok=True)
        heads = _train_encoder(texts, [of_intent, of_pair], folder / _ENCODER, progress)
        (folder / _LABELS).write_text(json.dumps({"intents": intents, "pairs": pairs}), encoding="utf-8")
        np.savez(folder / _HEADS, *heads)
        ngrams = _train_ngrams(texts, of_intent, np.array([STANCES.index(q.stance) for q in questions]))
        (folder / _NGRAMS).write_bytes(pickle.dumps(ngrams))
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> QuestionModel:
        """Read a model that `train` wrote."""
        labels = json.loads((folder / _LABELS).read_text(encoding="utf-8"))
        with np.load(folder / _HEADS) as heads:
            matrices = [heads[name] for name in heads.files]
        # Part of our own model file, whose checksum is verified before it is opened.
        ngrams = pickle.loads((folder / _NGRAMS).read_bytes())  # noqa: S301
        return cls(SentenceEncoder(folder / _ENCODER), labels["intents"], labels["pairs"], matrices, ngrams)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Return a reading of each text."""
        vectors = self._encoder.encode(texts)
        lowered = [text.lower() for text in texts]
        intent_logs = (1 - NGRAM_SHARE) * _log_softmax(vectors @ self._heads[0])
        intent_logs += NGRAM_SHARE * self._ngram_logs(lowered, "intent")
        intent_odds = _softmax(intent_logs)
        pair_odds = _softmax(vectors @ self._heads[1])
        stance_logs = self._ngram_logs(lowered, "stance")
        return [
            self._reading(*row) for row in zip(intent_odds, pair_odds, stance_logs, vectors)
        ]

    def _reading(self, intent_odds: np.ndarray, pair_odds: np.ndarray, stance_logs: np.ndarray, vector: np.ndarray) -> Reading:
        order = np.argsort(-intent_odds)
        intents = {self._intents[i]: float(intent_odds[i]) for i in order}
        columns = self._pair_columns[self._intents[order[0]]]
        given = np.log([pair_odds[c] if c >= 0 else _FLOOR for c in columns] + np.float64(_FLOOR))
        stances = _softmax((1 - NGRAM_SHARE) * (given - given.max()) + NGRAM_SHARE * stance_logs)
        return Reading(intents, dict(zip(STANCES, map(float, stances))), vector)

    def _ngram_logs(self, lowered: Sequence[str], kind: str) -> np.ndarray:
        features = self._ngrams["features"].transform(lowered)
        weights, bias = self._ngrams[kind]
        return _log_softmax(features @ weights + bias)


def _train_encoder(texts: Sequence[str], labels: list[np.ndarray], folder: Path, progress: Callable[[float], None]) -> list[np.ndarray]:
    # Imported here: only needed to train.
    import onnx
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    from bot.encoder import export
    from bot.encoder.encoder import MAX_TOKENS
    from bot.encoder.graph import build_graph
    from bot.nlu.fine_tuning import fine_tune

    source = export.package_folder()
    export.verify(source)
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    tokenizer = Tokenizer.from_file(str(source / files.TOKENIZER))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    token_ids = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
    weights, heads = fine_tune(load_file(source / "model.safetensors"), config, token_ids, labels, progress=progress)
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(build_graph(weights, config), str(folder / files.NETWORK))
    shutil.copyfile(source / files.TOKENIZER, folder / files.TOKENIZER)
    (folder / files.STAMP).write_text(json.dumps({files.NETWORK: files.sha256(folder / files.NETWORK)}), encoding="utf-8")
    return heads


def _train_ngrams(texts: Sequence[str], of_intent: np.ndarray, of_stance: np.ndarray) -> dict:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import FeatureUnion

    lowered = [text.lower() for text in texts]
    features = FeatureUnion(
        [
            ("letters", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True, max_features=40_000, dtype=np.float32)),
            ("words", TfidfVectorizer(ngram_range=(1, 3), min_df=3, sublinear_tf=True, token_pattern=r"[\w']+", dtype=np.float32)),
        ]
    )
    inputs = features.fit_transform(lowered)
    trained = {"features": features}
    for kind, wanted in (("intent", of_intent), ("stance", of_stance)):
        classifier = LogisticRegression(C=10, solver="saga", tol=1e-2, max_iter=60, random_state=20).fit(inputs, wanted)
        weights = np.zeros((inputs.shape[1], int(wanted.max()) + 1), dtype=np.float32)
        bias = np.full(weights.shape[1], np.log(_FLOOR), dtype=np.float32)
        weights[:, classifier.classes_] = classifier.coef_.T
        bias[classifier.classes_] = classifier.intercept_
        trained[kind] = (weights, bias)
    return trained


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def _softmax(logits: np.ndarray) -> np.ndarray:
    return np.exp(_log_softmax(logits))

"""What a question asks: an ensemble over a fine-tuned sentence encoder and n-grams of letters and words.

    model = QuestionModel.train(questions, folder)
    model.read(["wen did rusia leave"])[0].intent -> "departure_when"
    model.read(["and why?"], after="When did Kazakhstan leave?")[0].intent -> "kazakhstan_left_why"

Three readers give a probability for each intent: logistic regression over the encoder's sentence vector, the training
questions nearest to it, and logistic regression over n-grams, which adds what spelling tells (typos, names). What
follows up another question is read together with it, as a pair of sentences, by the first two alone. The weights were
chosen by cross-validation, see docs/decisions.md.
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
NGRAM_SHARE = 0.2
"""Weight of the n-grams, in a mean of logarithms with the two readers of vectors."""
NEIGHBOUR_SHARE = 0.6
"""Weight of the nearest training questions in the plain mean of the two readers of vectors."""
NEIGHBOURS = 15
SHARPNESS = 15.0
"""How fast a neighbour's vote falls with distance: exp(SHARPNESS * similarity)."""

_LABELS, _VECTORS, _NGRAMS, _ENCODER = "labels.json", "vectors.npz", "ngrams.pkl", "encoder"
_FLOOR = 1e-9
_RARE = 1e-6
FOLLOWS = " || "
"""Between a question and the one that follows it up, in training questions."""
_HEAD_C = 30.0
# BERT's own mark between two sentences.
_SEPARATOR = " [SEP] "


@dataclass(frozen=True, order=True)
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

    def __init__(
        self,
        encoder: SentenceEncoder,
        intents: list[str],
        pairs: list[list[str]],
        vectors: dict[str, np.ndarray],
        ngrams: dict,
    ) -> None:
        self._encoder = encoder
        self._intents = intents
        self._pairs = [tuple(pair) for pair in pairs]
        self._intent_of_pair = np.array([intents.index(intent) for intent, _ in self._pairs])
        self._vectors = vectors
        self._known = vectors["known"].astype(np.float32)
        self._ngrams = ngrams
        self._pair_columns = {
            intent: [self._pairs.index((intent, s)) if (intent, s) in self._pairs else -1 for s in STANCES]
            for intent in intents
        }

    @classmethod
    def train(
        cls,
        questions: Sequence[LabelledQuestion],
        folder: Path,
        progress: Callable[[float], None] = lambda share: None,
        tuned: bool = True,
    ) -> QuestionModel:
        """Learn from labelled questions and write the model to `folder`.

        Without `tuned` the encoder stays as it was released: far quicker, and some points worse.
        """
        intents = sorted({q.intent for q in questions})
        pairs = sorted({(q.intent, q.stance) for q in questions})
        texts = [q.text for q in questions]
        of_intent = np.array([intents.index(q.intent) for q in questions])
        of_pair = np.array([pairs.index((q.intent, q.stance)) for q in questions])
        folder.mkdir(parents=True, exist_ok=True)
        if tuned:
            _train_encoder(texts, [of_intent, of_pair], folder / _ENCODER, progress)
        else:
            shutil.copytree(files.require(), folder / _ENCODER)
        vectors = _encode(folder / _ENCODER, texts)
        weights, bias = _train_head(vectors, of_intent)
        stance_weights, stance_bias = _train_head(vectors, of_pair)
        np.savez(
            folder / _VECTORS,
            weights=weights,
            bias=bias,
            stance_weights=stance_weights,
            stance_bias=stance_bias,
            known=vectors.astype(np.float16),
            known_pairs=of_pair,
        )
        (folder / _LABELS).write_text(json.dumps({"intents": intents, "pairs": pairs}), encoding="utf-8")
        alone = np.array([FOLLOWS not in text for text in texts])
        of_stance = np.array([STANCES.index(q.stance) for q in questions])
        ngrams = _train_ngrams([t for t in texts if FOLLOWS not in t], of_intent[alone], of_stance[alone], len(intents))
        (folder / _NGRAMS).write_bytes(pickle.dumps(ngrams))
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> QuestionModel:
        """Read a model that `train` wrote."""
        labels = json.loads((folder / _LABELS).read_text(encoding="utf-8"))
        with np.load(folder / _VECTORS) as stored:
            vectors = {name: stored[name] for name in stored.files}
        # Part of our own model file, whose checksum is verified before it is opened.
        ngrams = pickle.loads((folder / _NGRAMS).read_bytes())  # noqa: S301
        return cls(SentenceEncoder(folder / _ENCODER), labels["intents"], labels["pairs"], vectors, ngrams)

    def read(self, texts: Sequence[str], after: str | None = None) -> list[Reading]:
        """Return a reading of each text, as it stands or as said after another question."""
        texts = [text.replace(_SEPARATOR.strip(), " ") for text in texts]
        share = 0.0 if after else NGRAM_SHARE
        vectors = self._encoder.encode([f"{after}{_SEPARATOR}{text}" for text in texts] if after else texts)
        intent_odds, pair_odds = self._vector_odds(vectors)
        intent_logs, stance_logs = (1 - share) * np.log(intent_odds + _RARE), np.zeros((len(texts), len(STANCES)))
        if share:
            lowered = [text.lower() for text in texts]
            intent_logs += share * np.log(np.exp(self._ngram_logs(lowered, "intent")) + _RARE)
            stance_logs += share * self._ngram_logs(lowered, "stance")
        rows = zip(_softmax(intent_logs), pair_odds, stance_logs, vectors, strict=True)
        return [self._reading(*row, share) for row in rows]

    def _vector_odds(self, vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the odds of intents, and of intents with stance, by regression and by neighbours."""
        stored = self._vectors
        by_pair = _softmax(vectors @ stored["stance_weights"] + stored["stance_bias"])
        by_intent = _softmax(vectors @ stored["weights"] + stored["bias"])
        near_pairs = self._neighbours(vectors)
        near_intents = np.zeros_like(by_intent)
        for column, intent in enumerate(self._intent_of_pair):
            near_intents[:, intent] += near_pairs[:, column]
        own = 1 - NEIGHBOUR_SHARE
        return own * by_intent + NEIGHBOUR_SHARE * near_intents, own * by_pair + NEIGHBOUR_SHARE * near_pairs

    def _neighbours(self, vectors: np.ndarray) -> np.ndarray:
        similar = vectors @ self._known.T
        nearest = np.argpartition(-similar, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        odds = np.zeros((len(vectors), len(self._pairs)), dtype=np.float32)
        for row, near in enumerate(nearest):
            votes = np.exp(SHARPNESS * (similar[row, near] - similar[row, near].max()))
            np.add.at(odds[row], self._vectors["known_pairs"][near], votes / votes.sum())
        return odds

    def _reading(
        self, intent_odds: np.ndarray, pair_odds: np.ndarray, stance_logs: np.ndarray, vector: np.ndarray, share: float
    ) -> Reading:
        order = np.argsort(-intent_odds)
        intents = {self._intents[i]: float(intent_odds[i]) for i in order}
        columns = self._pair_columns[self._intents[order[0]]]
        given = np.log([pair_odds[c] if c >= 0 else _FLOOR for c in columns] + np.float64(_FLOOR))
        stances = _softmax((1 - share) * (given - given.max()) + stance_logs)
        return Reading(intents, dict(zip(STANCES, map(float, stances), strict=True)), vector)

    def _ngram_logs(self, lowered: Sequence[str], kind: str) -> np.ndarray:
        features = self._ngrams["features"].transform(lowered)
        weights, bias = self._ngrams[kind]
        return _log_softmax(features @ weights + bias)


def _train_encoder(
    texts: Sequence[str], labels: list[np.ndarray], folder: Path, progress: Callable[[float], None]
) -> None:
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
    token_ids = [encoding.ids for encoding in tokenizer.encode_batch([_as_pair(text) for text in texts])]
    weights = fine_tune(load_file(source / "model.safetensors"), config, token_ids, labels, progress=progress)
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(build_graph(weights, config), str(folder / files.NETWORK))
    shutil.copyfile(source / files.TOKENIZER, folder / files.TOKENIZER)
    (folder / files.STAMP).write_text(
        json.dumps({files.NETWORK: files.sha256(folder / files.NETWORK)}), encoding="utf-8"
    )


def _encode(folder: Path, texts: Sequence[str]) -> np.ndarray:
    return SentenceEncoder(folder, threads=0, cache_size=0).encode([_as_pair(text) for text in texts])


def _train_head(vectors: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return weights and bias of a classifier over sentence vectors.

    The heads that the encoder learnt with are thrown away: logistic regression on its vectors generalises better.
    """
    from sklearn.linear_model import LogisticRegression

    classifier = LogisticRegression(C=_HEAD_C, max_iter=40).fit(vectors, wanted)
    return classifier.coef_.T.astype(np.float32), classifier.intercept_.astype(np.float32)


def _as_pair(text: str) -> str:
    return text.replace(FOLLOWS, _SEPARATOR)


def _train_ngrams(texts: Sequence[str], of_intent: np.ndarray, of_stance: np.ndarray, intents: int) -> dict:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import FeatureUnion

    lowered = [text.lower() for text in texts]
    features = FeatureUnion(
        [
            (
                "letters",
                TfidfVectorizer(
                    analyzer="char_wb",
                    ngram_range=(2, 5),
                    min_df=3,
                    sublinear_tf=True,
                    max_features=40_000,
                    dtype=np.float32,
                ),
            ),
            (
                "words",
                TfidfVectorizer(
                    ngram_range=(1, 3), min_df=3, sublinear_tf=True, token_pattern=r"[\w']+", dtype=np.float32
                ),
            ),
        ]
    )
    inputs = features.fit_transform(lowered)
    trained = {"features": features}
    for kind, wanted, classes in (("intent", of_intent, intents), ("stance", of_stance, len(STANCES))):
        classifier = LogisticRegression(C=10, solver="saga", tol=1e-2, max_iter=60, random_state=20).fit(inputs, wanted)
        weights = np.zeros((inputs.shape[1], classes), dtype=np.float32)
        bias = np.full(classes, np.log(_FLOOR), dtype=np.float32)
        weights[:, classifier.classes_] = classifier.coef_.T
        bias[classifier.classes_] = classifier.intercept_
        trained[kind] = (weights, bias)
    return trained


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def _softmax(logits: np.ndarray) -> np.ndarray:
    return np.exp(_log_softmax(logits))

"""Sentence vectors: all-MiniLM-L6-v2 run by onnxruntime, without a deep-learning framework at run time.

from bot.questions.encoder import SentenceEncoder
SentenceEncoder().encode(["Who signed it?", "Which people put their names to it?"])
"""

from __future__ import annotations

from typing import Any

__all__ = ["SentenceEncoder"]


def __getattr__(name: str) -> Any:
    # Imported on first use: the training check asks for the encoder's stamp only and should not load onnxruntime.
    if name == "SentenceEncoder":
        from bot.questions.encoder.encoder import SentenceEncoder

        return SentenceEncoder
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

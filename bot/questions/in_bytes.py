"""Tables of numbers in bytes: a quarter of the room, each row with a scale of its own."""

from __future__ import annotations

import numpy as np

_MOST = 127


def to_bytes(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return rows [count, size] as int8, and the scale [count] float32 of each."""
    scales = np.maximum(np.abs(rows).max(1) / _MOST, np.finfo(np.float32).tiny).astype(np.float32)
    return np.rint(rows / scales[:, None]).astype(np.int8), scales


def from_bytes(rows: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """Return rows [count, size] float32 that `to_bytes` has made; they stay as they are when it makes them again."""
    return rows.astype(np.float32) * scales[:, None]

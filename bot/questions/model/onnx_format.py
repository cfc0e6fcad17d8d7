"""Writes small networks in ONNX's file format, which onnxruntime runs.

The onnx package does that too, and brings as much again as a running bot needs in all; what is written here is a few
nodes and constants. Numbers of fields are those of onnx.proto3 (https://github.com/onnx/onnx/blob/v1.17.0/onnx/onnx.proto3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

FLOAT, BYTE, INTEGER = 1, 2, 7
"""Numbers of ONNX's types: float32, uint8, int64."""
_TYPES = {"float32": FLOAT, "uint8": BYTE, "int64": INTEGER}

_IR_VERSION, _OPSET = 8, 17
"""As of the other networks, see encoder/graph.py."""
_INT_ATTRIBUTE, _INTS_ATTRIBUTE = 2, 7


@dataclass(frozen=True)
class Node:
    """One operation: what it is called, the names of what it takes and makes, and its whole-number attributes."""

    operator: str
    inputs: Sequence[str]
    outputs: Sequence[str]
    attributes: Mapping[str, int | Sequence[int]] = field(default_factory=dict)
    domain: str = ""


@dataclass(frozen=True)
class Value:
    """An input or output of a network; a dimension that is not known is None."""

    name: str
    kind: int
    shape: Sequence[int | None]


def network(
    nodes: Sequence[Node], inputs: Sequence[Value], outputs: Sequence[Value], constants: Mapping[str, np.ndarray]
) -> bytes:
    """Return a network as ONNX stores it."""
    graph = b"".join(_message(1, _node(node)) for node in nodes) + _text(2, "network")
    graph += b"".join(_message(5, _tensor(name, value)) for name, value in constants.items())
    graph += b"".join(_message(11, _value(value)) for value in inputs)
    graph += b"".join(_message(12, _value(value)) for value in outputs)
    opsets = {"": _OPSET, **{node.domain: 1 for node in nodes if node.domain}}
    versions = b"".join(_message(8, _text(1, domain) + _integer(2, opset)) for domain, opset in opsets.items())
    return _integer(1, _IR_VERSION) + _message(7, graph) + versions


def _node(node: Node) -> bytes:
    names = b"".join(_text(1, name) for name in node.inputs) + b"".join(_text(2, name) for name in node.outputs)
    attributes = b"".join(_message(5, _attribute(name, value)) for name, value in node.attributes.items())
    return names + _text(4, node.operator) + attributes + (_text(7, node.domain) if node.domain else b"")


def _attribute(name: str, value: int | Sequence[int]) -> bytes:
    if isinstance(value, int):
        return _text(1, name) + _integer(3, value) + _integer(20, _INT_ATTRIBUTE)
    return _text(1, name) + b"".join(_integer(8, one) for one in value) + _integer(20, _INTS_ATTRIBUTE)


def _tensor(name: str, value: np.ndarray) -> bytes:
    shape = b"".join(_integer(1, size) for size in value.shape)
    return shape + _integer(2, _TYPES[value.dtype.name]) + _text(8, name) + _message(9, value.tobytes())


def _value(value: Value) -> bytes:
    sizes = (_integer(1, size) if size is not None else b"" for size in value.shape)
    shape = b"".join(_message(1, size) for size in sizes)
    return _text(1, value.name) + _message(2, _message(1, _integer(1, value.kind) + _message(2, shape)))


def _text(number: int, text: str) -> bytes:
    return _message(number, text.encode())


def _message(number: int, content: bytes) -> bytes:
    """Return a field whose length stands before it (Protocol Buffers, wire type 2)."""
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _integer(number: int, value: int) -> bytes:
    """Return a field that is a whole number (wire type 0)."""
    return _varint(number << 3) + _varint(value)


def _varint(value: int) -> bytes:
    """Return a whole number in groups of seven bits, the lowest first; each but the last has the eighth bit set."""
    value &= (1 << 64) - 1
    groups = bytearray()
    while value > 0x7F:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    groups.append(value)
    return bytes(groups)

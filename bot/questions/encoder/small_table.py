"""A network's table of words in bytes: three quarters of its size, of which a text reads a few rows."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bot.questions.in_bytes import to_bytes

_LARGE = 1 << 20
"""Numbers from which on a table is made smaller."""


def in_bytes(network: onnx.ModelProto) -> onnx.ModelProto:
    """Return the network, changed in place, with each row of its large tables in 8 bits and with a scale of its own.

    Tables are constants of which rows are gathered by number, such as the vectors of word pieces.
    """
    constants = {constant.name: constant for constant in network.graph.initializer}
    for node in list(network.graph.node):
        table = constants.get(node.input[0]) if node.op_type == "Gather" else None
        if table is None or table.data_type != TensorProto.FLOAT or np.prod(table.dims) < _LARGE:
            continue
        rows = numpy_helper.to_array(table)
        small, scales = to_bytes(rows)
        name, result = table.name, node.output[0]
        table.CopyFrom(numpy_helper.from_array(small, name))
        network.graph.initializer.append(numpy_helper.from_array(scales[:, None], f"{name}.scale"))
        node.output[0] = f"{result}.bytes"
        place = next(i for i, other in enumerate(network.graph.node) if other == node)
        more = [
            helper.make_node("Cast", [f"{result}.bytes"], [f"{result}.numbers"], to=TensorProto.FLOAT),
            helper.make_node("Gather", [f"{name}.scale", node.input[1]], [f"{result}.scales"]),
            helper.make_node("Mul", [f"{result}.numbers", f"{result}.scales"], [result]),
        ]
        for offset, one in enumerate(more, start=1):
            network.graph.node.insert(place + offset, one)
    return network

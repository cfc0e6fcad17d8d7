"""Networks with their weights in a few bits: less to fetch from memory, which takes the time where there are many."""

from __future__ import annotations

import logging

import onnx

_LOG = "onnxruntime.quantization.matmul_nbits_quantizer"
# Inputs in 8 bits as well, scaled for each block of each row: what else is in a batch has no influence.
_ACCURACY = 4


def in_bits(network: onnx.ModelProto, bits: int, block: int) -> onnx.ModelProto:
    """Return a network, changed in place, whose matrix products by constants read these in so many bits (4 or 8).

    Each `block` of weights that belong to one output has a scale of its own (onnxruntime's MatMulNBits).
    """
    from onnxruntime.quantization import matmul_nbits_quantizer as quantizer

    logging.getLogger(_LOG).setLevel(logging.WARNING)  # it tells of each product
    how = quantizer.DefaultWeightOnlyQuantConfig(
        block_size=block, is_symmetric=True, accuracy_level=_ACCURACY, bits=bits
    )
    work = quantizer.MatMulNBitsQuantizer(network, algo_config=how)
    work.process()
    return work.model.model

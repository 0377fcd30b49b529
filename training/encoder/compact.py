"""Smaller files that say the same: positions nobody reaches cut off, weights kept in half."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

_SMALLEST = 4096
_POSITIONS = 512


def cut_positions(path: Path, longest: int) -> None:
    """Keep the embeddings of the first ``longest`` positions; segments are cut well before."""
    model = onnx.load(str(path))
    for tensor in model.graph.initializer:
        if list(tensor.dims)[:1] == [_POSITIONS] and len(tensor.dims) == 2:
            rows = numpy_helper.to_array(tensor)[:longest]
            tensor.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(rows), tensor.name))
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def halve_weights(path: Path) -> None:
    """Keep large fp32 weights as fp16; the graph widens them again, once, when it is opened."""
    model = onnx.load(str(path))
    graph = model.graph
    widened = []
    for tensor in list(graph.initializer):
        weights = numpy_helper.to_array(tensor)
        if weights.dtype != np.float32 or weights.size < _SMALLEST:
            continue
        kept = f"{tensor.name}.half"
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(weights.astype(np.float16), kept))
        widened.append(helper.make_node("Cast", [kept], [tensor.name], to=TensorProto.FLOAT))
    for place, node in enumerate(widened):
        graph.node.insert(place, node)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))

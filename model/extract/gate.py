"""Gates: whether a candidate becomes a line or a diagnosis, as a calibrated probability."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import onnxruntime as ort

from model.extract.reading import Floats


class Gate(Protocol):
    """Anything that turns candidates' features into probabilities."""

    def probabilities(self, features: Sequence[Sequence[float]]) -> Floats:
        """Shape ``(candidates, outputs)``."""


class OnnxGate:
    """A gate exported by training."""

    def __init__(self, graph: bytes) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def probabilities(self, features: Sequence[Sequence[float]]) -> Floats:
        """Shape ``(candidates, classes - 1)``: every class but the first, which is "no"."""
        if not features:
            return np.zeros((0, 1), np.float32)
        rows = np.asarray(features, np.float32)
        outputs = self._session.run(["probabilities"], {"features": rows})
        return np.asarray(outputs[0], np.float32)[:, 1:]

"""The gates: which candidate families become lines, which codes become diagnoses.

Fitted on readings of notes by readers that never saw their style, so the gates learn how far a
reading of a stranger can be trusted. Gradient-boosted trees, calibrated by construction (log loss,
small trees) and checked on held-out folds.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from skl2onnx import to_onnx as convert
from skl2onnx.common.data_types import FloatTensorType
from sklearn.ensemble import GradientBoostingClassifier

from model.extract.line_prior import LinePrior
from model.extract.reading import Floats
from model.suggest.prior import Prior


@dataclass(frozen=True, slots=True)
class Rows:
    """Candidates of many notes: features, whether each was right, and whose note it was."""

    features: Floats
    right: npt.NDArray[np.int64]
    notes: tuple[str, ...]

    def of(self, ids: set[str]) -> "Rows":
        """The rows of some notes."""
        mask = np.asarray([note in ids for note in self.notes])
        return Rows(self.features[mask], self.right[mask], tuple(n for n in self.notes if n in ids))


class FittedGate:
    """A gate as fitted, before export."""

    def __init__(self, classifier: GradientBoostingClassifier) -> None:
        self.classifier = classifier

    def probabilities(self, features: Sequence[Sequence[float]]) -> Floats:
        """Shape ``(candidates, 1)``."""
        if not features:
            return np.zeros((0, 1), np.float32)
        rows = np.asarray(features, np.float32)
        return np.asarray(self.classifier.predict_proba(rows)[:, 1:], np.float32)


def fit_gate(rows: Rows, seed: int = 7) -> FittedGate:
    """A gate fitted on ``rows``."""
    classifier = GradientBoostingClassifier(
        n_estimators=200, max_depth=5, learning_rate=0.05, subsample=0.8, max_features=0.4,
        min_samples_leaf=8, random_state=seed,
    )  # fmt: skip
    return FittedGate(classifier.fit(rows.features, rows.right))


def to_onnx(gate: FittedGate) -> bytes:
    """The gate as an ONNX graph: ``features`` in, ``probabilities`` out."""
    width = gate.classifier.n_features_in_
    graph = convert(
        gate.classifier,
        initial_types=[("features", FloatTensorType([None, width]))],
        options={id(gate.classifier): {"zipmap": False}},
        target_opset=17,
    )
    return bytes(graph.SerializeToString())


def prior_bytes(found: Prior | LinePrior) -> bytes:
    """What the corpus taught before a note is read, as JSON."""
    return json.dumps(found.to_json(), sort_keys=True).encode("utf-8")

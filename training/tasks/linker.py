"""The linker: whose minutes are these? Fitted on readings by readers that never saw the style."""

from collections.abc import Iterable, Sequence

import numpy as np
from skl2onnx import to_onnx as convert
from skl2onnx.common.data_types import FloatTensorType
from sklearn.ensemble import GradientBoostingClassifier

from model.checking import last_covered_day
from model.extract.encounter import complete
from model.extract.linker import GatedLinker
from model.extract.linking import kinds, pairs
from model.extract.places import scene
from model.extract.reading import Floats, Reading
from model.records import Discipline, ParsedNote
from training.corpus import LabeledNote
from training.encounters import encounter_of
from training.folds import fold_of
from training.targets import duration_labels

_KINDS = {"timed": 1, "total": 2, "none": 3}
_INNER = 3

Read = tuple[LabeledNote, ParsedNote, Reading]


class FittedForest:
    """Boosted trees as fitted, before export."""

    def __init__(self, rows: Sequence[Sequence[float]], labels: Sequence[int]) -> None:
        # The faster HistGradientBoostingClassifier is not used: skl2onnx 1.20 cannot export it.
        self.classifier = GradientBoostingClassifier(
            n_estimators=150, max_depth=4, learning_rate=0.08, subsample=0.5, max_features=0.25,
            min_samples_leaf=8, random_state=7,
        )  # fmt: skip
        self.classifier.fit(np.asarray(rows, np.float32), np.asarray(labels))

    def probabilities(self, features: Sequence[Sequence[float]]) -> Floats:
        """Shape ``(rows, classes - 1)``: every class but the first."""
        if not features:
            return np.zeros((0, len(self.classifier.classes_) - 1), np.float32)
        rows = np.asarray(features, np.float32)
        return np.asarray(self.classifier.predict_proba(rows)[:, 1:], np.float32)

    def to_onnx(self) -> bytes:
        """The trees as an ONNX graph: ``features`` in, ``probabilities`` out."""
        width = self.classifier.n_features_in_
        graph = convert(
            self.classifier,
            initial_types=[("features", FloatTensorType([None, width]))],
            options={id(self.classifier): {"zipmap": False}},
            target_opset=17,
        )
        return bytes(graph.SerializeToString())


def fit(data: Iterable[Read]) -> tuple[FittedForest, FittedForest]:
    """The gate of kinds and the gate of owners."""
    kind_rows: list[tuple[float, ...]] = []
    kind_labels: list[int] = []
    owner_rows: list[tuple[float, ...]] = []
    owner_labels: list[int] = []
    for note, parsed, reading in data:
        seen = scene(parsed, reading, discipline_of(note, parsed))
        labels = duration_labels(note, parsed)
        kind_rows += kinds(parsed, reading, seen)
        kind_labels += [_KINDS.get(label or "none", 0) for label in labels]
        for pair in pairs(parsed, reading, seen):
            owner_rows.append(pair.features)
            owner_labels.append(int(labels[pair.duration] == pair.family))
    return FittedForest(kind_rows, kind_labels), FittedForest(owner_rows, owner_labels)


def cross_scores(data: Sequence[Read]) -> dict[str, Floats]:
    """Scores of every note by a linker that never saw its style, by note id."""
    styles = sorted({note.style for note, _, _ in data})
    found: dict[str, Floats] = {}
    for fold in range(_INNER):
        unseen = [row for row in data if fold_of(row[0].style, styles, _INNER) == fold]
        if not unseen:
            continue
        linker = GatedLinker(
            *fit(row for row in data if fold_of(row[0].style, styles, _INNER) != fold)
        )
        for note, parsed, reading in unseen:
            found[note.id] = linker.scores(parsed, reading, discipline_of(note, parsed))
    return found


def discipline_of(note: LabeledNote, parsed: ParsedNote) -> Discipline | None:
    """The discipline as the journey would know it."""
    return complete(encounter_of(note), parsed, fallback=last_covered_day()).encounter.discipline

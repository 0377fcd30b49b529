"""The plain reader: TF-IDF and one logistic regression a label. The baseline the encoder must beat.

Exported whole, words in and probabilities out, so serving needs onnxruntime alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from skl2onnx import to_onnx
from skl2onnx.common.data_types import StringTensorType
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline, make_pipeline

from model.extract.features import bare_tokens, duration_tokens, segment_tokens
from model.extract.linear import LINEAR_LABELS
from model.extract.reading import DURATION_LABELS
from model.parse.sections import kind_of
from model.records import ParsedNote
from training.corpus import LabeledNote
from training.targets import bank, duration_labels, segment_labels

FEATURES = 4_500
# A label needs this many examples to be learned at all.
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class LinearModels:
    """Both pipelines as fitted; each takes token strings."""

    segments: Pipeline
    durations: Pipeline

    def to_onnx(self) -> dict[str, bytes]:
        """Both graphs, by file name. The tokenizer's locale is C: a server may have no other."""
        options = {TfidfVectorizer: {"locale": "C", "tokenexp": "[^ ]+"}}
        graphs = {}
        for name, pipeline in (
            ("segments.onnx", self.segments),
            ("durations.onnx", self.durations),
        ):
            graph = to_onnx(
                pipeline,
                initial_types=[("tokens", StringTensorType([None, 1]))],
                options={**options, id(pipeline.steps[-1][1]): {"zipmap": False}},
                target_opset=17,
            )
            graphs[name] = graph.SerializeToString()
        return graphs


def fit(notes: Sequence[LabeledNote], parsed: Sequence[ParsedNote]) -> LinearModels:
    """Fit both pipelines on notes and the segment bank."""
    texts, labels = [], []
    for note, own in zip(notes, parsed, strict=True):
        for index, found in enumerate(segment_labels(note, own)):
            texts.append(segment_tokens(own, index))
            labels.append(found)
    for heading, text, found in bank():
        section = kind_of(heading)
        texts.append(bare_tokens(text, heading, section or "none"))
        labels.append(found)
    wanted = np.asarray([[name in found for name in LINEAR_LABELS] for found in labels], np.int64)
    _pad(wanted)
    segments = make_pipeline(_tfidf(), OneVsRestClassifier(_logistic(), n_jobs=1))
    segments.fit(texts, wanted)
    return LinearModels(segments, _durations(notes, parsed))


def _durations(notes: Sequence[LabeledNote], parsed: Sequence[ParsedNote]) -> Pipeline:
    texts, labels = [], []
    for note, own in zip(notes, parsed, strict=True):
        for index, label in enumerate(duration_labels(note, own)):
            texts.append(duration_tokens(own, index))
            labels.append(
                DURATION_LABELS.index(label)
                if label in DURATION_LABELS
                else DURATION_LABELS.index("none")
            )
    # Every label must be a column of the output, seen or not.
    texts += ["unseen"] * len(DURATION_LABELS)
    labels += range(len(DURATION_LABELS))
    durations = make_pipeline(_tfidf(), LogisticRegression(C=20, max_iter=400))
    return durations.fit(texts, labels)


def _tfidf() -> TfidfVectorizer:
    return TfidfVectorizer(
        token_pattern=r"[^ ]+",  # noqa: S106 - words, no password
        lowercase=False,
        min_df=2,
        max_features=FEATURES,
        sublinear_tf=True,
    )


def _logistic() -> LogisticRegression:
    return LogisticRegression(C=20, solver="liblinear", class_weight={0: 1, 1: 2})


def _pad(wanted: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> None:
    """Labels with too few examples become constant no; one row of each class keeps solvers on."""
    for column in range(wanted.shape[1]):
        if wanted[:, column].sum() < _FEWEST:
            wanted[:, column] = 0
            wanted[0, column] = 1

"""The plain reader: TF-IDF and one logistic regression a label. The baseline the encoder must beat.

Exported whole, words in and probabilities out, so serving needs onnxruntime alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, checker, helper, numpy_helper
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

Weights = npt.NDArray[np.float64]
FEATURES = 4_500
_OPSET = 17
# A label needs this many examples to be learned at all.
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class LinearModels:
    """Both pipelines as fitted; each takes token strings."""

    segments: Pipeline
    durations: Pipeline

    def to_onnx(self) -> dict[str, bytes]:
        """Both graphs, by file name."""
        each = self.segments[-1].estimators_
        owner = self.durations[-1]
        return {
            "segments.onnx": graph(
                self.segments[0],
                np.vstack([one.coef_ for one in each]),
                np.concatenate([one.intercept_ for one in each]),
                "Sigmoid",
            ),
            "durations.onnx": graph(self.durations[0], owner.coef_, owner.intercept_, "Softmax"),
        }


def graph(words: TfidfVectorizer, weights: Weights, bias: Weights, link: str) -> bytes:
    """Token strings in, probabilities out: ``words``, then all labels in one product.

    skl2onnx would keep each label's weights twice and in full; here they are kept once, in half,
    and widened when the graph is opened. The tokenizer's locale is C: a server may have no other.
    """
    model = to_onnx(
        words,
        initial_types=[("tokens", StringTensorType([None, 1]))],
        options={TfidfVectorizer: {"locale": "C", "tokenexp": "[^ ]+"}},
        target_opset=_OPSET,
    )
    inner = model.graph
    features = inner.output[0].name
    inner.initializer.extend(
        [
            numpy_helper.from_array(weights.T.astype(np.float16), "weights.half"),
            numpy_helper.from_array(bias.astype(np.float32), "bias"),
        ]
    )
    inner.node.extend(
        [
            helper.make_node("Cast", ["weights.half"], ["weights"], to=TensorProto.FLOAT),
            helper.make_node("MatMul", [features, "weights"], ["product"]),
            helper.make_node("Add", ["product", "bias"], ["odds"]),
            helper.make_node(link, ["odds"], ["probabilities"]),
        ]
    )
    del inner.output[:]
    inner.output.append(
        helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [None, len(bias)])
    )
    checker.check_model(model)
    return bytes(model.SerializeToString())


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
    segments = make_pipeline(tfidf(FEATURES), OneVsRestClassifier(_logistic(), n_jobs=1))
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
    durations = make_pipeline(tfidf(FEATURES), LogisticRegression(C=20, max_iter=400))
    return durations.fit(texts, labels)


def tfidf(features: int) -> TfidfVectorizer:
    """Weights of the commonest ``features`` tokens of strings split on spaces."""
    return TfidfVectorizer(
        token_pattern=r"[^ ]+",  # noqa: S106 - words, no password
        lowercase=False,
        min_df=2,
        max_features=features,
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

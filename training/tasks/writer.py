"""The writer model: did a therapist write the note? One logistic regression on its words."""

from collections.abc import Iterable

from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from model.extract.reading import Reading
from model.extract.writer import writer_tokens
from model.records import ParsedNote
from training.tasks.linear import graph, tfidf
from training.tasks.linker import Read

FEATURES = 8_000


class FittedWriterModel:
    """The model as fitted, before export."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    def therapist(self, note: ParsedNote, reading: Reading) -> float:
        """Probability that a therapist, or an assistant or student of one, wrote it."""
        return float(self._pipeline.predict_proba([writer_tokens(note, reading)])[0][1])

    def to_onnx(self) -> bytes:
        """Token strings in, one probability out."""
        answer = self._pipeline[-1]
        return graph(self._pipeline[0], answer.coef_, answer.intercept_, "Sigmoid")


def fit(data: Iterable[Read]) -> FittedWriterModel:
    """The model of all notes; those of other professions are few and weigh as much together."""
    rows = list(data)
    answer = LogisticRegression(C=20, class_weight="balanced", max_iter=400)
    texts = [writer_tokens(own, reading) for _, own, reading in rows]
    return FittedWriterModel(
        make_pipeline(tfidf(FEATURES), answer).fit(
            texts, [note.is_therapists for note, _, _ in rows]
        )
    )

"""The plain reader, served: token strings in, probabilities out."""

import numpy as np
import onnxruntime as ort

from model.extract.features import duration_tokens, segment_tokens
from model.extract.reading import COLUMN, SEGMENT_LABELS, Floats, Mention, Reading
from model.records import Encounter, ParsedNote
from model.sessions import Artifact

LINEAR_LABELS = tuple(label for label in SEGMENT_LABELS if not label.startswith("fam:"))
"""What the plain reader says of a segment; a family it calls done, it also calls mentioned."""
_MENTION = 0.5


class LinearReader:
    """Reads notes with TF-IDF and logistic regressions."""

    def __init__(self, artifact: Artifact) -> None:
        self._segments = artifact.session("segments.onnx")
        self._durations = artifact.session("durations.onnx")
        self._version = f"{artifact.id}-{artifact.version}"

    @property
    def version(self) -> str:
        """Id and version of the artifact."""
        return self._version

    def read(self, note: ParsedNote, encounter: Encounter) -> Reading:
        """The scores of ``note``; the encounter is not weighed."""
        segments = _run(
            self._segments, [segment_tokens(note, i) for i in range(len(note.segments))]
        )
        durations = _run(
            self._durations, [duration_tokens(note, i) for i in range(len(note.durations))]
        )
        return linear_reading(note, segments, durations)


def linear_reading(note: ParsedNote, segments: Floats, durations: Floats) -> Reading:
    """Scores in the shape every reader answers in; whole segments stand for diagnosis mentions."""
    full = np.zeros((len(note.segments), len(SEGMENT_LABELS)), np.float32)
    for column, label in enumerate(LINEAR_LABELS):
        full[:, COLUMN[label]] = segments[:, column]
        if label.startswith("do:"):
            full[:, COLUMN[f"fam:{label[3:]}"]] = segments[:, column]
    mentions = tuple(
        Mention(segment.span, "affirmed", float(row[COLUMN["dx:affirmed"]]))
        for segment, row in zip(note.segments, full, strict=True)
        if row[COLUMN["dx:affirmed"]] >= _MENTION
    )
    return Reading(segments=full, durations=durations, mentions=mentions)


def _run(session: ort.InferenceSession, tokens: list[str]) -> Floats:
    if not tokens:
        width = session.get_outputs()[0].shape[1]
        return np.zeros((0, int(width)), np.float32)
    rows = np.asarray(tokens, dtype=object).reshape(-1, 1)
    return np.asarray(session.run(["probabilities"], {"tokens": rows})[0], np.float32)

from collections.abc import Iterator

import numpy as np
import onnxruntime as ort
import pytest

from model.extract.reading import NOTHING_READ, Reading
from model.extract.writer import writer_tokens
from model.parse.pipeline import parse
from model.records import ParsedNote
from training.corpus import LabeledNote
from training.folds import fold_of
from training.splits import notes_to_fit
from training.tasks import writer

Rows = list[tuple[LabeledNote, ParsedNote, Reading]]


@pytest.fixture(scope="module")
def halves() -> tuple[Rows, Rows]:
    """Notes of other professions and some therapists', by words alone, in parts of no one style."""
    notes = list(_some(notes_to_fit()))
    styles = sorted({note.style for note in notes})
    read = [(note, parse(note.text), NOTHING_READ) for note in notes]
    return (
        [own for own in read if fold_of(own[0].style, styles, 2) == 0],
        [own for own in read if fold_of(own[0].style, styles, 2) == 1],
    )


def _some(notes: list[LabeledNote]) -> Iterator[LabeledNote]:
    yield from (note for note in notes if not note.is_therapists)
    yield from [note for note in notes if note.is_therapists][::8]


def test_notes_in_styles_it_never_saw_are_mostly_told_apart(halves: tuple[Rows, Rows]) -> None:
    seen, unseen = halves

    model = writer.fit(seen)

    right = [
        (model.therapist(own, reading) >= 0.5) == note.is_therapists
        for note, own, reading in unseen
    ]
    assert np.mean(right) > 0.85


def test_the_exported_graph_answers_as_the_fitted_model(halves: tuple[Rows, Rows]) -> None:
    seen, unseen = halves
    model = writer.fit(seen)

    session = ort.InferenceSession(model.to_onnx(), providers=["CPUExecutionProvider"])

    for _, own, reading in unseen[::9]:
        rows = np.asarray([[writer_tokens(own, reading)]], dtype=np.object_)
        (exported,) = session.run(["probabilities"], {"tokens": rows})
        assert exported[0][0] == pytest.approx(model.therapist(own, reading), abs=0.05)

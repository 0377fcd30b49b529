"""Reliability and slices, counted by hand."""

from pathlib import Path

import pytest

from training.calibration import by_slice, reliability
from training.corpus import LabeledNote, read_note
from training.score import Draft

SAMPLE = Path(__file__).parents[2] / "labeled_notes" / "samples" / "sample-ot-stroke.note"


@pytest.fixture(scope="module")
def note() -> LabeledNote:
    return read_note(SAMPLE)


def draft_of(note: LabeledNote, *confidences: float, extra: float | None = None) -> Draft:
    lines = [
        {
            "code": line.code,
            "units": line.units,
            "modifiers": list(line.modifiers),
            "confidence": confidence,
        }
        for line, confidence in zip(note.lines, confidences, strict=True)
    ]
    if extra is not None:
        lines.append({"code": "97010", "units": 1, "modifiers": [], "confidence": extra})
    return {"id": note.id, "lines": lines, "lane": "green"}


def test_a_bin_sets_what_was_said_beside_what_was_right(note: LabeledNote) -> None:
    said = [0.92] * len(note.lines)

    *bins, overall = reliability([note], {note.id: draft_of(note, *said, extra=0.55)})

    low, high = bins
    assert low == ("0.5 to 0.6", 1, 0.55, 0.0)
    assert high[:2] == ("0.9 to 0.95", len(note.lines))
    assert high[3] == 1.0
    of = len(note.lines) + 1
    assert overall[1] == of
    assert overall[2] == pytest.approx((0.55 + 0.08 * len(note.lines)) / of)
    assert overall[3] == len(note.lines) / of


def test_each_slice_counts_its_green_drafts_and_their_errors(note: LabeledNote) -> None:
    wrong = draft_of(note, *[0.9] * len(note.lines), extra=0.9)

    rows = list(by_slice([note], {note.id: wrong}))

    assert {name.split(":")[0] for name, *_ in rows} == {"discipline", "kind", "length", "payer"}
    for _, count, right, green, errors, bound in rows:
        assert (count, right, green, errors, bound) == (1, 0.0, 1, 1, 1.0)

"""Margins between two systems on the same notes."""

from pathlib import Path

import pytest

from training.corpus import LabeledNote, read_note
from training.margins import MEASURES, margins, table
from training.score import Draft

SAMPLE = Path(__file__).parents[2] / "labeled_notes" / "samples" / "sample-ot-stroke.note"


@pytest.fixture(scope="module")
def note() -> LabeledNote:
    return read_note(SAMPLE)


def right(note: LabeledNote) -> Draft:
    lines = [{"code": x.code, "units": x.units, "modifiers": list(x.modifiers)} for x in note.lines]
    return {"id": note.id, "lines": lines}


def test_all_right_beats_nothing_by_one(note: LabeledNote) -> None:
    rows = list(margins([note], {note.id: right(note)}, {}))

    assert [name for name, *_ in rows] == list(MEASURES)
    assert all((by, low, high) == (1.0, 1.0, 1.0) for _, by, low, high in rows)


def test_a_system_has_no_margin_over_itself(note: LabeledNote) -> None:
    made = {note.id: right(note)}

    assert all(
        (by, low, high) == (0.0, 0.0, 0.0) for _, by, low, high in margins([note], made, made)
    )


def test_the_table_names_every_other_system(note: LabeledNote) -> None:
    made = {"best": {note.id: right(note)}, "none": {}, "same": {note.id: right(note)}}

    rows = list(table([note], made, "best"))

    assert [row.split(" | ")[0] for row in rows[4:]] == ["| none", "| same"]
    assert "+1.000 [+1.000, +1.000]" in rows[4]

from collections.abc import Sequence

import numpy as np
import pytest

from model.extract.linker import GatedLinker
from model.extract.linking import Pair, kinds, pairs
from model.extract.places import scene
from model.extract.reading import (
    COLUMN,
    DURATION_LABELS,
    FAMILIES,
    SEGMENT_LABELS,
    Floats,
    Reading,
)
from model.parse.pipeline import parse
from model.records import Discipline, ParsedNote


class Fixed:
    """A gate that answers each row with the same numbers."""

    def __init__(self, *answer: float) -> None:
        self._answer = answer

    def probabilities(self, features: Sequence[Sequence[float]]) -> Floats:
        return np.tile(np.asarray(self._answer, np.float32), (len(features), 1))


def reading(note: ParsedNote, **done: float) -> Reading:
    segments = np.full((len(note.segments), len(SEGMENT_LABELS)), 0.001, np.float32)
    for family, chance in done.items():
        segments[0, COLUMN[f"do:{family.removeprefix('c')}"]] = chance
    durations = np.full((len(note.durations), len(DURATION_LABELS)), 0.001, np.float32)
    return Reading(segments=segments, durations=durations)


def described(note: ParsedNote, read: Reading) -> list[Pair]:
    return list(pairs(note, read, scene(note, read, Discipline.PT)))


def test_rows_add_up_to_one_and_only_supported_families_share() -> None:
    note = parse("Ther ex and manual therapy 20 min")
    linker = GatedLinker(Fixed(0.1, 0.1, 0.2), Fixed(0.5))

    (row,) = linker.scores(note, reading(note, c97110=0.9, c97140=0.8), Discipline.PT)

    assert float(row.sum()) == pytest.approx(1)
    assert row[FAMILIES.index("97110")] == pytest.approx(0.3)
    assert row[FAMILIES.index("97140")] == pytest.approx(0.3)
    assert row[-3:] == pytest.approx([0.1, 0.1, 0.2])


def test_a_note_without_durations_has_no_rows() -> None:
    note = parse("Ther ex done.")

    scores = GatedLinker(Fixed(0.1, 0.1, 0.2), Fixed(0.5)).scores(note, reading(note), None)

    assert scores.shape == (0, len(DURATION_LABELS))


def test_minutes_with_nobody_to_own_them_are_a_total_or_none() -> None:
    note = parse("Seen for 20 min")

    (row,) = GatedLinker(Fixed(0.1, 0.1, 0.2), Fixed(0.5)).scores(note, reading(note), None)

    assert row[-3:] == pytest.approx([0.25, 0.25, 0.5])


def test_no_feature_names_a_family() -> None:
    """What is said of one service must weigh the same as when it is said of another."""
    first, second = parse("97110 20 min"), parse("97112 20 min")

    (one,) = described(first, reading(first, c97110=0.9))
    (other,) = described(second, reading(second, c97112=0.9))

    assert one.features == other.features


def test_every_duration_is_described_alike() -> None:
    note = parse("Ther ex 20 min, total 45 min\nNext visit in 2 weeks, 8:00-8:45")

    read = reading(note, c97110=0.9)
    widths = {len(row) for row in kinds(note, read, scene(note, read, None))}

    assert len(widths) == 1

"""Documentation elements: how surely they must be read, and what a signature needs besides."""

import numpy as np
import pytest

from model.extract.assignment import Assignment
from model.extract.facts import facts
from model.extract.reading import COLUMN, DURATION_LABELS, SEGMENT_LABELS, Reading
from model.parse.pipeline import parse
from model.records import Encounter


def elements(text: str, name: str, chance: float) -> list[str]:
    """Words of the segments in which ``name`` stands when each carries it with ``chance``."""
    note = parse(text)
    segments = np.full((len(note.segments), len(SEGMENT_LABELS)), 0.001, np.float32)
    segments[:, COLUMN[f"el:{name}"]] = chance
    none = np.zeros((0, len(DURATION_LABELS)), np.float32)
    reading = Reading(segments=segments, durations=none, mentions=())
    found = facts(note, reading, none, Assignment((), 0.0), (), Encounter(id="e"))
    return [span.of(text) for span in found.elements.get(name, ())]


@pytest.mark.parametrize(
    ("signed", "is_signed"),
    [
        ("Rena K.", False),
        ("Daigo / OT dept", True),
        ("Rena Kostas, Occupational Therapist", True),
        ("Rena Kostas\nOTR/L", True),
        ("Beth", False),
    ],
)
def test_a_name_signs_only_with_letters_or_a_title(signed: str, is_signed: bool) -> None:
    text = f"Walked far today.\n{signed}"

    assert bool(elements(text, "sign", 0.98)) is is_signed


@pytest.mark.parametrize(
    ("name", "chance", "is_there"),
    [
        ("skilled", 0.06, True),
        ("skilled", 0.04, False),
        ("response", 0.06, False),
        ("response", 0.12, True),
        ("measurable", 0.15, False),
        ("measurable", 0.25, True),
    ],
)
def test_an_element_is_there_from_its_own_score_on(
    name: str, chance: float, is_there: bool
) -> None:
    assert bool(elements("Tolerated well.", name, chance)) is is_there


def test_no_more_than_three_places_show_an_element() -> None:
    assert elements("One. Two. Three. Four.", "skilled", 0.9) == ["One.", "Two.", "Three."]

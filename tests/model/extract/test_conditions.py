"""Conditions as the note states them: mentions made whole, split where they join several."""

import numpy as np
import pytest

from model.extract.conditions import conditions
from model.extract.index import DiagnosisIndex
from model.extract.reading import COLUMN, DURATION_LABELS, SEGMENT_LABELS, Mention, Reading
from model.parse.pipeline import parse
from model.records import Span
from training.tasks.diagnosis_index import build
from training.tasks.saying import Saying

SAYINGS = [
    Saying("trochanteric bursitis", "M70.60", "bank"),
    Saying("gluteal tendinopathy", "M76.00", "bank"),
    Saying("proximal phalanx fracture", "S62.618D", "bank"),
    Saying("hypokinetic dysarthria", "R47.1", "bank"),
    Saying("parkinson's disease", "G20.A1", "bank"),
]
INDEX = DiagnosisIndex(build(SAYINGS))


def stated(text: str, marked: str, state: str = "affirmed") -> list[str]:
    note = parse(text)
    segments = np.full((len(note.segments), len(SEGMENT_LABELS)), 0.01, np.float32)
    segments[:, COLUMN["dx:affirmed"]] = 0.9
    at = text.index(marked)
    reading = Reading(
        segments=segments,
        durations=np.zeros((len(note.durations), len(DURATION_LABELS)), np.float32),
        mentions=(Mention(Span(at, at + len(marked)), state, 0.8),),
    )
    found = conditions(note, reading, INDEX)
    assert all(item.span.of(text).strip() for item in found)
    return [item.span.of(text) for item in found if item.state == state]


@pytest.mark.parametrize(
    ("text", "marked", "parts"),
    [
        (
            "Seen for trochanteric bursitis/gluteal tendinopathy.",
            "trochanteric bursitis/gluteal tendinopathy",
            ["trochanteric bursitis", "gluteal tendinopathy"],
        ),
        (
            "Has Parkinson's disease with hypokinetic dysarthria.",
            "Parkinson's disease with hypokinetic dysarthria",
            ["Parkinson's disease", "hypokinetic dysarthria"],
        ),
    ],
)
def test_a_mention_that_joins_conditions_gives_each(
    text: str, marked: str, parts: list[str]
) -> None:
    assert stated(text, marked) == [parts[0], marked, parts[1]]


def test_words_that_resemble_no_condition_are_no_part() -> None:
    assert stated("Seen for cake and tea.", "cake and tea") == ["cake and tea"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("The right ring proximal phalanx fracture.", "right ring proximal phalanx fracture"),
        ("proximal phalanx fracture, displaced today", "proximal phalanx fracture, displaced"),
        ("Proximal phalanx fracture in March.", "Proximal phalanx fracture"),
    ],
)
def test_a_mention_takes_in_side_finger_and_displacement_beside_it(text: str, whole: str) -> None:
    assert whole in stated(text, text[text.index("phalanx") :][:16])


def test_a_part_keeps_the_state_of_its_mention() -> None:
    joined = "Parkinson's disease with hypokinetic dysarthria"

    assert "hypokinetic dysarthria" in stated(f"Brother: {joined}.", joined, "other")

from datetime import date

import pytest

from model.extract.phrases import sides
from model.suggest.specificity import affected_side, asks_for, patient, specific

ON = date(2026, 3, 2)


def coded(code: str, words: str, text: str | None = None) -> str:
    note = words if text is None else text
    return specific(code, words, sides(words), patient(note), note, ON)


@pytest.mark.parametrize("code", ["I69.359", "G81.90"])
@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("left hemiparesis after stroke, right handed", "I69.354"),
        ("left hemiparesis after stroke", "I69.354"),
        ("right hemiparesis after stroke", "I69.351"),
        ("right hemiparesis after stroke, left hand dominant", "I69.353"),
        ("left hemiparesis after stroke, left handed", "I69.352"),
        ("hemiparesis after stroke", "I69.359"),
    ],
)
def test_stroke_hemiplegia_is_a_sequela_by_side_and_dominance(
    code: str, note: str, expected: str
) -> None:
    assert coded(code, note) == expected


def test_the_weak_side_of_an_ambidextrous_person_is_dominant() -> None:
    assert coded("I69.359", "left hemiparesis after stroke, ambidextrous") == "I69.352"


def test_stroke_never_keeps_g81() -> None:
    assert coded("G81.94", "left hemiplegia", "CVA in 2024 with left hemiplegia")[:5] == "I69.3"


def test_hemiplegia_without_a_stroke_stays_g81() -> None:
    assert coded("G81.90", "left hemiplegia, right hand dominant") == "G81.94"


def test_a_bleed_has_its_own_sequela_family() -> None:
    assert coded("G81.90", "right hemiparesis after ICH") == "I69.151"


@pytest.mark.parametrize(
    ("stem", "words", "expected"),
    [
        ("S52.501", "right distal radius fracture", "S52.501D"),
        ("S72.001", "right hip fx", "S72.001D"),
        ("S52.501", "right distal radius fracture, initial evaluation", "S52.501D"),
    ],
)
def test_an_injury_takes_d_even_at_the_first_visit(stem: str, words: str, expected: str) -> None:
    assert coded(stem, words) == expected


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        ("M25.511", "left shoulder pain", "M25.512"),
        ("M25.519", "R shoulder pain", "M25.511"),
        ("M25.519", "shoulder pain", "M25.519"),
        ("M17.10", "bilateral knee OA", "M17.0"),
    ],
)
def test_the_side_the_note_names_is_coded(code: str, words: str, expected: str) -> None:
    assert coded(code, words) == expected


@pytest.mark.parametrize(
    ("code", "axis"), [("M25.519", "laterality"), ("M25.511", None), ("XX", None)]
)
def test_a_sideless_code_asks_for_laterality(code: str, axis: str | None) -> None:
    assert asks_for(code) == axis


def test_the_weak_side_is_not_the_side_of_the_brain() -> None:
    text = "R MCA CVA with left sided weakness"

    assert affected_side(text, sides(text)) == "left"

from datetime import date

import pytest

from model.extract.phrases import sides
from model.suggest.specificity import asks_for, specific
from model.suggest.strokes import affected_side, patient

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


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Parkinson's disease", "G20.A1"),
        ("PD, no dyskinesia, no wearing off", "G20.A1"),
        ("PD without dyskinesia, off episodes daily", "G20.A2"),
        ("Parkinson disease with dyskinesia, no mention of fluctuations", "G20.B1"),
        ("PD with dyskinesia and motor fluctuations", "G20.B2"),
    ],
)
def test_parkinsons_follows_dyskinesia_and_fluctuations(note: str, expected: str) -> None:
    assert coded("G20.B2", note) == expected


@pytest.mark.parametrize(
    ("note", "expected"), [("DM with neuropathy", "E11.42"), ("type 1 diabetes", "E10.42")]
)
def test_diabetes_is_type_2_unless_told_otherwise(note: str, expected: str) -> None:
    assert coded("E10.42", note) == expected


@pytest.mark.parametrize(
    ("note", "expected"),
    [("moderate dementia", "F03.B0"), ("AD with moderate dementia", "F02.B0")],
)
def test_dementia_in_a_disease_is_f02(note: str, expected: str) -> None:
    assert coded("F03.B0", "moderate dementia", note) == expected


def test_a_code_for_active_treatment_becomes_one_for_the_healing_phase() -> None:
    assert coded("S86.012A", "left achilles rupture") == "S86.012D"


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("L hemiparesis after CVA, L hand weak", "I69.354"),
        ("R dom hemiparesis after CVA", "I69.351"),
        ("hemiparesis of the left nondominant side after a right MCA infarct", "I69.354"),
        ("right hemiparesis after CVA, nondominant side", "I69.353"),
    ],
)
def test_a_hand_named_as_a_place_is_no_dominance(note: str, expected: str) -> None:
    assert coded("G81.90", note) == expected


@pytest.mark.parametrize(
    "note", ["stroke ruled out, left hemiparesis", "left hemiparesis; her father had a stroke"]
)
def test_a_stroke_denied_or_a_relatives_is_not_theirs(note: str) -> None:
    assert coded("G81.90", note) == "G81.94"


def test_a_code_split_since_is_billed_whole_before() -> None:
    text = "multiple sclerosis"

    assert specific("G35.D", text, sides(text), patient(text), text, date(2024, 3, 1)) == "G35"

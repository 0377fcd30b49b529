import pytest

from model.extract.reading import NOTHING_READ
from model.extract.writer import is_told_therapists, writer_tokens
from model.parse.pipeline import parse
from model.records import Clinician, Discipline, Encounter

NOTE = parse("Assessment: 97110 x 15 min, tolerated well.\n\nDana Roe, OTR/L")


def test_words_their_pairs_the_signature_and_what_is_stated_are_weighed() -> None:
    tokens = writer_tokens(NOTE, NOTHING_READ).split(" ")

    assert {"tolerated", "tolerated_well", "sign:therapist:1", "stated"} <= set(tokens)
    assert "" not in tokens


@pytest.mark.parametrize(
    ("encounter", "told"),
    [
        (Encounter(id="a"), False),
        (Encounter(id="a", discipline=Discipline.SLP), True),
        (Encounter(id="a", clinician=Clinician(is_assistant=False)), True),
        (Encounter(id="a", clinician=Clinician(credential="OTR/L")), True),
        (Encounter(id="a", clinician=Clinician(credential="MD")), False),
    ],
)
def test_a_discipline_or_a_known_therapist_tells_whose_note_it_is(
    encounter: Encounter, told: bool
) -> None:
    assert is_told_therapists(encounter) is told

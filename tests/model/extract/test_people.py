import pytest

from model.extract.people import cosigner, giver_in, main_giver, signer
from model.parse.pipeline import parse
from model.records import Clinician, Encounter, Giver

COSIGNED = "Ther ex 20 min.\n\nJan Smith, PTA\nCo-signed: Ann Lee, PT, DPT"


@pytest.mark.parametrize(
    ("row", "giver"),
    [
        ("TherEx 15 | PTA", Giver.ASSISTANT),
        ("Gait 10 min (PTA)", Giver.ASSISTANT),
        ("by COTA", Giver.ASSISTANT),
        ("ADL 15 | OT", Giver.THERAPIST),
        ("PT tolerated well", None),
        ("COTA/L co-sign", None),
        ("walked with aide", None),
    ],
)
def test_a_row_may_name_its_giver(row: str, giver: Giver | None) -> None:
    assert giver_in(row) is giver


def test_the_author_signs_and_the_supervisor_cosigns() -> None:
    note = parse(COSIGNED)

    author, supervisor = signer(note), cosigner(note)

    assert author is not None
    assert supervisor is not None
    assert (author.credential, supervisor.credential) == ("PTA", "DPT")


def test_an_unsigned_note_has_no_author() -> None:
    assert signer(parse("Ther ex 20 min.")) is None


@pytest.mark.parametrize(
    ("is_assistant", "giver"),
    [(None, Giver.ASSISTANT), (False, Giver.THERAPIST), (True, Giver.ASSISTANT)],
)
def test_the_ehr_says_who_gave_the_care_before_the_signature_does(
    is_assistant: bool | None, giver: Giver
) -> None:
    encounter = Encounter(id="e", clinician=Clinician(is_assistant=is_assistant))

    assert main_giver(parse(COSIGNED), encounter) is giver


def test_a_therapist_gave_what_an_unsigned_note_tells() -> None:
    assert main_giver(parse("Ther ex 20 min."), Encounter(id="e")) is Giver.THERAPIST

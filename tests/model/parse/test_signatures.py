import pytest

from model.parse.signatures import signatures
from model.records import SignerRole
from tests.support.marked import marked


@pytest.mark.parametrize(
    ("note", "credential", "role", "discipline"),
    [
        ("⟦Jane Roe, OTR/L⟧", "OTR/L", SignerRole.THERAPIST, "OT"),
        ("⟦Bob Roe, COTA/L⟧", "COTA/L", SignerRole.ASSISTANT, "OT"),
        ("⟦Kim Le, PTA⟧", "PTA", SignerRole.ASSISTANT, "PT"),
        ("⟦Bo Ray, PT, DPT⟧", "DPT", SignerRole.THERAPIST, "PT"),
        ("Signed: ⟦Ty Ng, CCC-SLP⟧", "CCC-SLP", SignerRole.THERAPIST, "SLP"),
        ("⟦Al Po, SLPA⟧", "SLPA", SignerRole.ASSISTANT, "SLP"),
        ("⟦Kim Le, SPT⟧", "SPT", SignerRole.STUDENT, "PT"),
        ("⟦Kim Le, SPTA⟧", "SPTA", SignerRole.STUDENT, "PT"),
        ("⟦Pat Doe, MS, CF-SLP⟧", "CF-SLP", SignerRole.THERAPIST, "SLP"),
    ],
)
def test_letters_tell_role_and_discipline(
    note: str, credential: str, role: SignerRole, discipline: str
) -> None:
    text, expected = marked(note)

    (found,) = signatures(text)

    assert found.span == expected[0]
    assert (found.credential, found.role, found.discipline) == (credential, role, discipline)
    assert found.is_signature


def test_a_student_named_in_words_is_no_therapist() -> None:
    (found,) = signatures("Amy Lo, OT student")

    assert found.role is SignerRole.STUDENT


def test_the_supervisor_cosigns_and_the_author_does_not() -> None:
    author, supervisor = signatures("Jan Smith, PTA\nCo-signed: Ann Lee, PT, DPT")

    assert (author.is_cosignature, supervisor.is_cosignature) == (False, True)


def test_the_referring_physician_never_signs() -> None:
    (found,) = signatures("Referred by Dr. Ann Poe, MD")

    assert (found.role, found.is_signature) == (SignerRole.PHYSICIAN, False)


def test_a_colleague_named_in_the_body_does_not_sign() -> None:
    (found,) = signatures("Seen with Bob Roe, COTA/L in the gym today. " + "walked on " * 30)

    assert not found.is_signature

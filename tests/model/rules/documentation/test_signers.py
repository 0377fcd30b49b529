"""Who signs a note, and who gave the care, as the rules about supervision ask."""

from datetime import date

import pytest

from model.records import (
    Assertion,
    Case,
    Clinician,
    Facts,
    Giver,
    Line,
    Service,
    Signature,
    SignerRole,
    Span,
)
from model.rules.documentation.signers import (
    role_of,
    supervised_givers,
    supervised_signers,
    therapists,
)

TEXT = "Ana Ruiz, OT student; Bo Lee, OTR/L; Cy Fox, COTA"


def signature(words: str, role: SignerRole, *, signs: bool = True) -> Signature:
    start = TEXT.index(words)
    return Signature(
        span=Span(start, start + len(words)),
        credential=words,
        role=role,
        discipline=None,
        is_signature=signs,
    )


STUDENT = signature("OT", SignerRole.THERAPIST)
"""Letters of a therapist, in the words "OT student"."""
THERAPIST = signature("OTR/L", SignerRole.THERAPIST)
ASSISTANT = signature("COTA", SignerRole.ASSISTANT)
NAMED_ASSISTANT = signature("COTA", SignerRole.ASSISTANT, signs=False)


def note(*signatures: Signature, givers: tuple[Giver, ...] = ()) -> Case:
    services = tuple(
        Service(
            code="97110",
            assertion=Assertion.PERFORMED,
            giver=giver,
            evidence=(Span(0, 1),),
            confidence=1.0,
        )
        for giver in givers
    )
    return case(facts=Facts(signatures=signatures, services=services), text=TEXT)


def case(
    *,
    facts: Facts | None = None,
    text: str | None = None,
    is_assistant: bool | None = None,
    supported_by: tuple[str | None, ...] = (),
) -> Case:
    return Case(
        date_of_service=date(2026, 3, 2),
        payer="medicare_part_b",
        facts=facts,
        text=text,
        clinician=Clinician(is_assistant=is_assistant),
        supported=tuple(Line(code="97110", performed_by=giver) for giver in supported_by),
    )


def test_a_claim_without_its_note_is_signed_by_nobody() -> None:
    assert therapists(case()) == ()
    assert supervised_signers(case()) == ()


def test_the_letters_of_a_student_are_no_therapists() -> None:
    signed = note(STUDENT, THERAPIST, ASSISTANT)

    assert therapists(signed) == (THERAPIST,)
    assert role_of(STUDENT, signed) == "student"
    assert role_of(THERAPIST, signed) == "therapist"
    assert role_of(ASSISTANT, signed) == "assistant"


def test_assistants_and_students_who_sign_need_supervision() -> None:
    signed = note(STUDENT, THERAPIST, ASSISTANT, NAMED_ASSISTANT)

    assert supervised_signers(signed) == (STUDENT, ASSISTANT)


@pytest.mark.parametrize(
    ("givers", "supervised"),
    [
        ((Giver.ASSISTANT,), {"assistant"}),
        ((Giver.STUDENT,), {"student"}),
        ((Giver.ASSISTANT, Giver.STUDENT), {"assistant", "student"}),
        ((Giver.ASSISTANT, Giver.THERAPIST), set()),
        ((Giver.THERAPIST,), set()),
        ((), set()),
    ],
)
def test_care_is_supervised_where_no_therapist_gave_any(
    givers: tuple[Giver, ...], supervised: set[str]
) -> None:
    assert supervised_givers(note(givers=givers)) == supervised


def test_an_assistant_who_works_the_visit_gave_the_care() -> None:
    assert supervised_givers(case(is_assistant=True)) == {"assistant"}


@pytest.mark.parametrize(
    ("performed_by", "supervised"),
    [
        (("assistant", "assistant"), {"assistant"}),
        (("assistant", "therapist"), set()),
        (("assistant", None), set()),
        ((), set()),
    ],
)
def test_lines_all_furnished_by_an_assistant_are_an_assistants_care(
    performed_by: tuple[str | None, ...], supervised: set[str]
) -> None:
    assert supervised_givers(case(supported_by=performed_by)) == supervised


def test_where_nobody_says_who_gave_the_care_nobody_is_supervised() -> None:
    assert supervised_givers(case()) == set()

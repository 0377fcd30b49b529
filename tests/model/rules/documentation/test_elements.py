"""What documentation rules ask of a note."""

from datetime import date

import pytest

from model.policy import Policy
from model.records import (
    Assertion,
    Case,
    Duration,
    DurationKind,
    Facts,
    Giver,
    NoteKind,
    Service,
    Span,
)
from model.rules import check
from model.rules.documentation.elements import (
    given,
    given_timed,
    has,
    has_timed_minutes,
    is_exercise_alone,
    lacks,
    treatments,
)

ON = date(2026, 3, 2)
HERE = Span(0, 1)
POLICY = Policy.for_payer("medicare_part_b", ON)
TOTAL = Duration(span=HERE, minutes=30, kind=DurationKind.TIMED_TOTAL)


def note(
    *codes: str,
    kind: NoteKind | None = NoteKind.DAILY,
    minutes: int | None = None,
    total: Duration | None = None,
    elements: tuple[str, ...] = (),
) -> Case:
    services = tuple(
        Service(
            code=code.removesuffix(" planned"),
            assertion=Assertion.PLANNED if code.endswith(" planned") else Assertion.PERFORMED,
            giver=Giver.THERAPIST,
            evidence=(HERE,),
            minutes=minutes,
            confidence=1.0,
        )
        for code in codes
    )
    facts = Facts(
        services=services,
        timed_total=total,
        elements=dict.fromkeys(elements, (HERE,)),
    )
    return Case(date_of_service=ON, payer="medicare_part_b", note_kind=kind, facts=facts, text="x")


CLAIM = Case(date_of_service=ON, payer="medicare_part_b")


def test_a_claim_without_its_note_neither_has_nor_lacks_an_element() -> None:
    assert not has(CLAIM, "skilled")
    assert not lacks(CLAIM, "skilled")


def test_one_of_the_elements_is_enough() -> None:
    case = note(elements=("skilled",))

    assert has(case, "response", "skilled")
    assert not lacks(case, "response", "skilled")
    assert lacks(case, "response")
    assert not has(case, "response")


def test_treatments_are_what_was_performed_and_is_treatment() -> None:
    case = note("97110", "97140 planned", "97161", "97164", "98975", "97750", "99999", "97035")

    assert [procedure.code for procedure in given(case)] == ["97110", "97035"]
    assert given(CLAIM) == ()


def test_timed_treatments_are_those_whose_units_follow_minutes() -> None:
    assert [s.code for s in given_timed(note("97110", "97150", "97035"))] == ["97110", "97035"]


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        (NoteKind.DAILY, 1),
        (NoteKind.PROGRESS, 1),
        (NoteKind.EVALUATION, 0),
        (NoteKind.DISCHARGE, 0),
        (None, 0),
    ],
)
def test_only_daily_and_progress_notes_record_treatment(kind: NoteKind | None, count: int) -> None:
    assert len(treatments(note("97110", kind=kind))) == count


@pytest.mark.parametrize(
    ("case", "has_minutes"),
    [
        (note("97110", minutes=15), True),
        (note("97110", total=TOTAL), True),
        (note("97110"), False),
        (note("97150", minutes=30), False),
        (CLAIM, False),
    ],
)
def test_timed_minutes_stand_beside_a_timed_service_or_in_a_total(
    case: Case, has_minutes: bool
) -> None:
    assert has_timed_minutes(case) is has_minutes


@pytest.mark.parametrize(
    ("codes", "is_alone"),
    [(("97110",), True), (("97110", "97140"), False), (("97140",), False), ((), False)],
)
def test_exercise_is_alone_where_nothing_else_was_given(
    codes: tuple[str, ...], is_alone: bool
) -> None:
    assert is_exercise_alone(note(*codes), POLICY) is is_alone


def test_exercise_alone_without_skill_is_two_faults_and_one_question() -> None:
    """One is of the record and one of the service; labelled notes hold both."""
    about_skill = {"no-skilled-need", "repetitive-unskilled-exercise"}

    found = [f for f in check(note("97110"), POLICY) if f.rule_id in about_skill]

    assert {f.rule_id for f in found} == about_skill
    assert [f.rule_id for f in found if f.flag.query] == ["repetitive-unskilled-exercise"]


def test_other_treatment_without_skill_is_one_fault_with_its_question() -> None:
    about_skill = {"no-skilled-need", "repetitive-unskilled-exercise"}

    found = [f for f in check(note("97110", "97140"), POLICY) if f.rule_id in about_skill]

    assert [(f.rule_id, f.flag.query is not None) for f in found] == [("no-skilled-need", True)]

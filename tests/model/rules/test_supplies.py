"""A case as if it had what a finding asks for."""

from datetime import date

import pytest

from model.records import (
    Assertion,
    Case,
    Duration,
    DurationKind,
    Episode,
    Facts,
    Giver,
    Inconsistency,
    Line,
    Service,
    Span,
)
from model.rules.supplies import Part, supplied

HERE = Span(0, 1)
CLAIM = Part()


def service(code: str, minutes: int | None = None, *, planned: bool = False) -> Service:
    return Service(
        code=code,
        assertion=Assertion.PLANNED if planned else Assertion.PERFORMED,
        giver=Giver.THERAPIST,
        evidence=(HERE,),
        minutes=minutes,
        confidence=1.0,
    )


def case(
    *stated: Line,
    facts: Facts | None = None,
    diagnoses: tuple[str, ...] = (),
    supported_diagnoses: tuple[str, ...] = (),
    day: int | None = None,
) -> Case:
    return Case(
        date_of_service=date(2026, 3, 2),
        payer="medicare_part_b",
        stated=stated,
        stated_diagnoses=diagnoses,
        supported_diagnoses=supported_diagnoses,
        facts=facts,
        episode=Episode(treatment_day=day),
    )


def facts_with(element: str, given: Case, part: Part = CLAIM) -> Facts:
    there = supplied(given, (element,), part).facts
    assert there is not None
    return there


def named(facts: Facts) -> dict[str, int]:
    return {name: len(spans) for name, spans in facts.elements.items()}


@pytest.mark.parametrize("facts", [None, Facts()])
def test_words_are_supplied_under_the_name_readers_use(facts: Facts | None) -> None:
    assert named(facts_with("functional goal", case(facts=facts))) == {"goal": 1}
    assert named(facts_with("edema before and after", case(facts=facts))) == {
        "edema before and after": 1
    }


def test_words_are_supplied_beside_those_that_are_there() -> None:
    facts = Facts(elements={"skilled": (HERE, HERE)}, services=(service("97110"),))

    there = facts_with("response to treatment", case(facts=facts))

    assert named(there) == {"skilled": 2, "response": 1}
    assert there.services == facts.services


def test_several_elements_are_supplied_together() -> None:
    there = supplied(case(day=12), ("functional goal", "progress report"), CLAIM)

    assert there.facts is not None
    assert named(there.facts) == {"goal": 1}
    assert there.episode.last_progress_report_day == 12


@pytest.mark.parametrize("element", ["timed minutes", "minutes by service"])
def test_minutes_are_those_the_stated_units_need(element: str) -> None:
    facts = Facts(
        services=(
            service("97110"),
            service("97140"),
            service("97112", 8),
            service("97150"),
            service("99999"),
        )
    )
    lines = (Line(code="97110", units=2), Line(code="97110", units=1), Line(code="97140"))

    there = facts_with(element, case(*lines, facts=facts))

    assert [(s.code, s.minutes) for s in there.services] == [
        ("97110", 45),
        ("97140", 15),
        ("97112", 8),
        ("97150", None),
        ("99999", None),
    ]


@pytest.mark.parametrize(
    "element",
    ["timed minutes", "minutes that agree", "total treatment minutes", "active treatment"],
)
def test_a_claim_without_its_note_is_given_facts_to_hold_them(element: str) -> None:
    assert isinstance(facts_with(element, case()), Facts)


def test_the_total_is_that_of_what_was_performed() -> None:
    facts = Facts(
        services=(service("97110", 20), service("97140"), service("97530", 30, planned=True))
    )

    total = facts_with("total treatment minutes", case(facts=facts)).treatment_total

    assert total is not None
    assert (total.minutes, total.kind) == (20, DurationKind.TREATMENT_TOTAL)


def test_minutes_that_agree_leave_no_contradiction() -> None:
    facts = Facts(
        inconsistencies=(Inconsistency(about="minutes", message="they differ", evidence=(HERE,)),),
        timed_total=Duration(span=HERE, minutes=30, kind=DurationKind.TIMED_TOTAL),
    )

    there = facts_with("minutes that agree", case(facts=facts))

    assert there.inconsistencies == ()
    assert there.timed_total == facts.timed_total


def test_active_treatment_is_added_with_its_minutes() -> None:
    facts = Facts(services=(service("97035", 8),))

    *before, added = facts_with("active treatment", case(facts=facts)).services

    assert before == [service("97035", 8)]
    assert (added.assertion, added.minutes) == (Assertion.PERFORMED, 15)


def modifiers(given: Case) -> list[tuple[str, ...]]:
    return [line.modifiers for line in given.stated]


LINES = (Line(code="97110", modifiers=("GP",)), Line(code="97150", modifiers=("GP", "59")))


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Part(line=0), [("GP", "59"), ("GP", "59")]),
        (Part(line=1), [("GP",), ("GP", "59")]),
        (CLAIM, [("GP", "59"), ("GP", "59")]),
    ],
)
def test_separate_times_put_59_on_the_line_they_are_asked_of(
    part: Part, expected: list[tuple[str, ...]]
) -> None:
    there = supplied(case(*LINES), ("separate times of the two services",), part)

    assert modifiers(there) == expected
    assert not there.is_kx_attested


def test_an_attestation_is_given_and_shown_on_the_line() -> None:
    there = supplied(case(*LINES), ("attestation of KX by a named person",), Part(line=0))

    assert modifiers(there) == [("GP", "KX"), ("GP", "59")]
    assert there.is_kx_attested


def exact(code: str) -> str:
    given = case(
        Line(code="97110", diagnoses=(code, "R26.2")),
        diagnoses=("R26.2", code),
        supported_diagnoses=(code,),
    )
    there = supplied(given, ("side",), Part(diagnosis=code))
    (line,), (found,) = there.stated, there.supported_diagnoses
    assert there.stated_diagnoses == ("R26.2", found)
    assert line.diagnoses == (found, "R26.2")
    return found


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("M25.569", "M25.561"),
        ("M18.9", "M18.0"),
        ("G81.90", "G81.01"),
        ("M54.50", "M54.51"),
        ("S72.009D", "S72.021D"),
    ],
)
def test_a_side_turns_the_diagnosis_into_the_nearest_code_that_leaves_nothing_open(
    code: str, near: str
) -> None:
    assert exact(code) == near


@pytest.mark.parametrize("part", [CLAIM, Part(line=0), Part(diagnosis="Q00.XYZ")])
def test_where_no_diagnosis_is_known_nothing_becomes_more_exact(part: Part) -> None:
    given = case(Line(code="97110", diagnoses=("M25.569",)), diagnoses=("M25.569",))

    assert supplied(given, ("site, side or kind of the condition",), part) == given

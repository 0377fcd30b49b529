"""The lines of a claim as every rule sees them."""

from datetime import date

import pytest

from model.codes.procedures import find
from model.reads import listening
from model.records import Assertion, Case, Facts, Giver, Line, Service, Span
from model.rules.lines import (
    Known,
    assertions_of,
    called,
    is_for_another_day,
    judged,
    only,
    service_of,
    stated,
)

ON = date(2026, 3, 2)


def service(code: str, assertion: Assertion) -> Service:
    return Service(
        code=code,
        assertion=assertion,
        giver=Giver.THERAPIST,
        evidence=(Span(0, 1),),
        confidence=1.0,
    )


def claim(*codes: str, supported: tuple[str, ...] = (), facts: Facts | None = None) -> Case:
    return Case(
        date_of_service=ON,
        payer="medicare_part_b",
        stated=tuple(Line(code=code, units=1) for code in codes),
        supported=tuple(Line(code=code, units=1) for code in supported),
        facts=facts,
    )


def known(code: str) -> Known:
    procedure = find(code)
    assert procedure is not None
    return Known(0, Line(code=code), procedure)


def codes(lines: tuple[Known, ...]) -> list[tuple[int, str]]:
    return [(line.index, line.code) for line in lines]


def test_a_line_whose_code_nobody_knows_is_left_out_and_the_others_keep_their_places() -> None:
    assert codes(stated(claim("97110", "99999", "97140"))) == [(0, "97110"), (2, "97140")]


def test_a_line_that_another_discipline_furnished_is_not_judged() -> None:
    facts = Facts(
        services=(
            service("97110", Assertion.PERFORMED),
            service("97140", Assertion.OTHER),
            service("97116", Assertion.OTHER),
            service("97116", Assertion.PERFORMED),
        )
    )

    assert codes(stated(claim("97110", "97140", "97116", facts=facts))) == [
        (0, "97110"),
        (2, "97116"),
    ]


def test_without_a_note_every_known_line_is_judged() -> None:
    assert codes(stated(claim("97110", "97140"))) == [(0, "97110"), (1, "97140")]


def test_where_nothing_is_stated_what_the_note_supports_is_judged() -> None:
    assert codes(judged(claim(supported=("97110",)))) == [(0, "97110")]
    assert codes(judged(claim("97140", supported=("97110",)))) == [(0, "97140")]


def test_the_lines_of_a_claim_are_looked_up_once() -> None:
    case = claim("97110", "97140")

    assert stated(case) is stated(case)


def test_whoever_listens_hears_the_look_up_even_where_it_was_answered_before() -> None:
    case = claim("97110")
    stated(case)

    with listening() as reads:
        stated(case)

    assert any(row == "97110" for _, row in reads)


def test_claims_that_differ_only_in_their_day_are_looked_up_by_their_own() -> None:
    lines = (Line(code="97129", units=1),)
    later, earlier = (
        Case(date_of_service=day, payer="medicare_part_b", stated=lines)
        for day in (ON, date(2019, 6, 3))
    )

    assert stated(earlier) is not stated(later)


@pytest.mark.parametrize(
    ("code", "service"), [("97130", "97129"), ("97129", "97129"), ("99999", "99999")]
)
def test_an_added_code_is_known_by_its_base(code: str, service: str) -> None:
    assert service_of(code) == service


@pytest.mark.parametrize("facts", [None, Facts()])
def test_a_note_that_names_no_service_says_nothing_of_one(facts: Facts | None) -> None:
    assert assertions_of("97110", claim(facts=facts)) == frozenset()


def test_what_is_said_of_an_added_code_is_said_of_its_service() -> None:
    facts = Facts(
        services=(service("97129", Assertion.PLANNED), service("97110", Assertion.PERFORMED))
    )

    assert assertions_of("97130", claim(facts=facts)) == {Assertion.PLANNED}


@pytest.mark.parametrize(
    ("said", "supported", "expected"),
    [
        (Assertion.PLANNED, ("97530",), True),
        (Assertion.PERFORMED, ("97530",), False),
        (Assertion.PLANNED, ("97161",), False),
        (Assertion.PLANNED, ("97110",), False),
        (Assertion.PLANNED, ("99999",), False),
        (Assertion.PLANNED, ("99999", "97530"), True),
    ],
)
def test_a_planned_line_is_for_another_day_where_a_neighbour_went_unbilled(
    said: Assertion, supported: tuple[str, ...], expected: bool
) -> None:
    case = claim("97110", supported=supported, facts=Facts(services=(service("97110", said),)))

    assert is_for_another_day(known("97110"), case) is expected


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("97110", "exercises for strength"),
        ("97112", "neuromuscular re-education"),
        ("92526", "treatment of swallowing"),
        ("97760", "orthotic management and training"),
        ("97012", "mechanical"),
        ("97151", "ABA assessment"),
        ("95851", "ROM measurement with report"),
        ("97161", "PT evaluation low complexity"),
        ("97150", "group therapeutic procedures"),
    ],
)
def test_a_service_is_called_by_its_caption_up_to_the_first_aside(code: str, name: str) -> None:
    assert called(known(code)) == name


def test_only_one_line_has_a_place() -> None:
    first, second = stated(claim("97110", "97140"))

    assert only([first, first]) == 0
    assert only([second]) == 1
    assert only([first, second]) is None
    assert only([]) is None

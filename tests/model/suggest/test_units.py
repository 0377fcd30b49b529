from datetime import date

import pytest

from model.policy import Policy
from model.records import Giver, Span
from model.records.facts import Assertion, Service
from model.suggest.units import count
from model.units.errors import MinutesBeyondDay

ON = date(2026, 3, 2)
MEDICARE = Policy.for_payer("medicare_part_b", ON)
MIDPOINT = Policy.for_payer("commercial_ama_midpoint", ON)


def service(code: str, minutes: int | None, giver: Giver = Giver.THERAPIST) -> Service:
    return Service(
        code=code,
        assertion=Assertion.PERFORMED,
        giver=giver,
        evidence=(Span(0, 1),),
        minutes=minutes,
        confidence=0.9,
    )


def units_of(policy: Policy, *services: Service) -> list[tuple[str, int | None, str]]:
    lines, _ = count(services, policy)
    return [(line.code, line.units, line.performed_by) for line in lines]


@pytest.mark.parametrize(("minutes", "units"), [(7, 0), (8, 1), (22, 1), (23, 2), (37, 2), (38, 3)])
def test_one_service_earns_units_at_the_manuals_boundaries(minutes: int, units: int) -> None:
    assert units_of(MEDICARE, service("97110", minutes)) == [("97110", units, "therapist")]


@pytest.mark.parametrize(("rest", "units"), [(4, 0), (5, 1), (7, 1)])
def test_a_service_under_eight_minutes_can_earn_the_pooled_unit(rest: int, units: int) -> None:
    found = units_of(MEDICARE, service("97110", 33), service("97140", rest))

    assert [line[1] for line in found] == [2, units]


def test_the_midpoint_rule_never_pools() -> None:
    found = units_of(MIDPOINT, service("97110", 33), service("97140", 7))

    assert [line[1] for line in found] == [2, 0]


@pytest.mark.parametrize(("policy", "total"), [(MEDICARE, 2), (MIDPOINT, 3)])
def test_three_times_eight_minutes_are_two_units_pooled_and_three_by_midpoint(
    policy: Policy, total: int
) -> None:
    found = units_of(policy, *(service(code, 8) for code in ("97110", "97112", "97140")))

    assert sum(line[1] or 0 for line in found) == total


def test_evaluation_minutes_are_never_timed() -> None:
    lines, certificate = count([service("97165", 30), service("97530", 15)], MEDICARE)

    assert certificate.timed_minutes == 15
    assert [(line.code, line.units) for line in lines] == [("97165", 1), ("97530", 1)]


def test_group_therapy_is_untimed_and_one_unit() -> None:
    assert units_of(MEDICARE, service("97150", 60)) == [("97150", 1, "therapist")]


def test_a_timed_service_without_minutes_has_unknown_units() -> None:
    assert units_of(MEDICARE, service("97110", None)) == [("97110", None, "therapist")]


def test_cognition_grows_by_its_add_on() -> None:
    found = units_of(MEDICARE, service("97129", 30))

    assert [line[:2] for line in found] == [("97129", 1), ("97130", 1)]


def test_who_earned_it_is_decided_for_each_unit() -> None:
    found = units_of(MEDICARE, service("97110", 15), service("97110", 15, Giver.ASSISTANT))

    assert sorted(found) == [("97110", 1, "assistant"), ("97110", 1, "therapist")]


def test_minutes_are_one_pool_where_the_payer_asks_for_no_assistant_modifier() -> None:
    found = units_of(MIDPOINT, service("97110", 15), service("97110", 15, Giver.ASSISTANT))

    assert found == [("97110", 2, "therapist")]


def test_the_published_case_of_an_assistant_and_a_therapist() -> None:
    found = units_of(
        MEDICARE,
        service("97110", 23, Giver.ASSISTANT),
        service("97140", 13),
        service("97530", 30),
    )

    assert found == [
        ("97110", 1, "assistant"),
        ("97140", 1, "therapist"),
        ("97530", 2, "therapist"),
    ]


def test_more_minutes_than_a_day_are_refused() -> None:
    with pytest.raises(MinutesBeyondDay):
        count([service("97110", 2000)], MEDICARE)

"""What a claim's minutes earn beside what it bills."""

from datetime import date

import pytest

from model.policy import Policy
from model.records import Case, Duration, DurationKind, Facts, Line, Span
from model.rules.timed.minutes_ledger import Ledger, ceiling, ledger

ON = date(2026, 3, 2)
Given = tuple[str, int | None, int | None]
"""Code, minutes, units."""


def case(
    *stated: Given,
    supported: tuple[Given, ...] = (),
    rule: str | None = None,
    facts: Facts | None = None,
    on: date = ON,
) -> Case:
    def lines(given: tuple[Given, ...]) -> tuple[Line, ...]:
        return tuple(
            Line(code=code, minutes=minutes, units=units) for code, minutes, units in given
        )

    return Case(
        date_of_service=on,
        payer="medicare_part_b",
        stated=lines(stated),
        supported=lines(supported),
        unit_rule=rule,
        facts=facts,
    )


def judged(given: Case) -> Ledger | None:
    return ledger(given, Policy.for_payer(given.payer, given.date_of_service))


def sure(given: Case) -> Ledger:
    found = judged(given)
    assert found is not None
    return found


def test_billed_units_stand_beside_what_the_minutes_of_the_day_earn() -> None:
    day = sure(case(("97110", 33, 2), ("97140", 7, 1), ("97161", 45, 1)))

    assert [(known.index, known.code) for known in day.lines] == [(0, "97110"), (1, "97140")]
    assert day.billed == {"97110": 2, "97140": 1}
    assert day.minutes == {"97110": 33, "97140": 7}
    assert [day.earned(code) for code in ("97110", "97140", "97161")] == [2, 1, 0]
    assert day.row("97110") == "97110 billed 2, earned 2 by 33 minutes"


def test_lines_of_one_code_add_up() -> None:
    day = sure(case(("97110", 10, 1), ("97110", 15, 1)))

    assert (day.billed, day.minutes, day.earned("97110")) == ({"97110": 2}, {"97110": 25}, 2)


def test_a_line_of_no_minutes_adds_none() -> None:
    assert sure(case(("97110", 15, 1), ("97110", 0, 0))).minutes == {"97110": 15}


def test_a_line_that_bills_no_unit_bills_none() -> None:
    assert sure(case(("97110", 15, 0), ("97140", 15, 1))).billed == {"97110": 0, "97140": 1}


def test_a_chain_is_counted_by_its_base() -> None:
    day = sure(case(("97129", 15, 1), ("97130", 30, 2)))

    assert day.minutes == {"97129": 45}
    assert (day.earned("97129"), day.earned("97130")) == (1, 2)


def test_the_unit_of_a_tie_may_go_to_either_code_but_only_once() -> None:
    day = sure(case(("97110", 8, 1), ("97140", 8, 1), ("97112", 15, 1)))

    chosen, other = sorted(("97110", "97140"), key=day.earned, reverse=True)
    assert (day.earned(chosen), day.most(chosen)) == (1, 1)
    assert (day.earned(other), day.most(other)) == (0, 1)
    assert (day.earned("97112"), day.most("97112")) == (1, 1)


def test_minutes_the_claim_leaves_out_are_taken_from_the_note() -> None:
    day = sure(case(("97110", None, 1), supported=(("97110", 20, 1), ("97161", 45, 1))))

    assert day.minutes == {"97110": 20}


def test_minutes_the_claim_states_outweigh_those_of_the_note() -> None:
    assert sure(case(("97110", 10, 1), supported=(("97110", 20, 1),))).minutes == {"97110": 10}


def test_a_documented_service_that_is_not_billed_counts_in_the_pool() -> None:
    day = sure(case(("97110", 8, 1), supported=(("97140", 30, 2), ("99999", 9, 1))))

    assert day.minutes == {"97110": 8, "97140": 30}
    assert day.earned("97140") == 2


def test_one_pooled_service_without_minutes_leaves_the_pool_unknown() -> None:
    assert judged(case(("97110", 30, 2), ("97140", None, 1))) is None
    assert judged(case(("97110", 30, 2), ("97110", None, 1))) is None


def test_what_is_counted_alone_is_judged_beside_an_unknown_pool() -> None:
    day = sure(case(("97110", None, 1), ("97140", 30, 2), ("97550", 30, 1)))

    assert ([known.code for known in day.lines], day.minutes) == (["97550"], {"97550": 30})


def test_by_the_midpoint_each_code_stands_alone() -> None:
    day = sure(case(("97110", 8, 1), ("97140", None, 1), ("97112", 8, 1), rule="ama_midpoint"))

    assert day.billed == {"97110": 1, "97112": 1}
    assert (day.earned("97110"), day.earned("97112")) == (1, 1)


@pytest.mark.parametrize(
    "given",
    [case(), case(("97161", 45, 1)), case(("97110", 15, None)), case(("97110", None, 1))],
    ids=["nothing", "nothing timed", "no units", "no minutes"],
)
def test_where_nothing_can_be_judged_there_is_no_ledger(given: Case) -> None:
    assert judged(given) is None


def test_a_day_without_timed_services_needs_no_number_of_the_unit_rule() -> None:
    assert judged(case(("97150", 45, 1), on=date(1999, 6, 1))) is None


def total(minutes: int, kind: DurationKind) -> Duration:
    return Duration(span=Span(0, 1), minutes=minutes, kind=kind)


TIMED, WHOLE = DurationKind.TIMED_TOTAL, DurationKind.TREATMENT_TOTAL


@pytest.mark.parametrize(
    ("facts", "most"),
    [
        (None, None),
        (Facts(), None),
        (Facts(treatment_total=total(45, WHOLE)), 45),
        (Facts(timed_total=total(38, TIMED), treatment_total=total(45, WHOLE)), 38),
        (Facts(timed_total=total(0, TIMED)), None),
    ],
)
def test_the_totals_of_a_note_bound_its_timed_minutes(
    facts: Facts | None, most: int | None
) -> None:
    assert ceiling(case(facts=facts)) == most

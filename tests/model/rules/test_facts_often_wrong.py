"""The facts of therapy billing that published pages get wrong, one test each."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.codes.procedures import find
from model.policy import Policy
from model.records import Case, Clinician, Discipline, Episode, Line
from model.rules import check
from model.rules.examples import case_of

ON = "2026-03-02"
EDITED_PAIRS = {"needs-59-or-x", "edit-not-separable"}


def case(*stated: str, on: str = ON, **given: Any) -> Case:
    from_label = {"date_of_service": date.fromisoformat(on), "stated": stated}
    return case_of({**from_label, **given})


def messages(judged: Case, rule_id: str) -> list[str]:
    found = check(judged, Policy.for_payer(judged.payer, judged.date_of_service))
    return [each.flag.message for each in found if each.rule_id == rule_id]


def edits(judged: Case) -> list[str]:
    return [message for rule_id in sorted(EDITED_PAIRS) for message in messages(judged, rule_id)]


@pytest.mark.parametrize(
    ("code", "last_day", "next_day"),
    [
        ("97532", "2017-12-31", "2018-01-01"),
        ("97762", "2017-12-31", "2018-01-01"),
        ("97127", "2019-12-31", "2020-01-01"),
        ("G0515", "2019-12-31", "2020-01-01"),
    ],
)
def test_code_ended(code: str, last_day: str, next_day: str) -> None:
    procedure = find(code)

    assert procedure is not None
    assert procedure.is_in_force(date.fromisoformat(last_day))
    (message,) = messages(case(f"{code} 15 1 GO", on=next_day), "deleted-code")
    assert message.startswith(f"{code} ended on {last_day}")


@pytest.mark.parametrize("code", ["97532", "97127", "G0515"])
def test_ended_cognitive_codes_became_97129_and_97130(code: str) -> None:
    (message,) = messages(case(f"{code} 15 1 GO"), "deleted-code")

    assert message.endswith("; replaced by 97129, 97130")


def test_a_replacement_that_has_not_begun_is_not_named() -> None:
    (message,) = messages(case("97532 15 1 GO", on="2019-06-03"), "deleted-code")

    assert "97129" not in message


def test_a_replacement_the_payer_refuses_is_not_named() -> None:
    (message,) = messages(case("64550 - 1 GP"), "deleted-code")

    assert message == "64550 ended on 2018-12-31; replaced by 97032, G0283"


def test_97762_became_97763() -> None:
    (message,) = messages(case("97762 15 1 GP"), "deleted-code")

    assert message == "97762 ended on 2017-12-31; replaced by 97763"


def test_97014_is_g0283_at_medicare() -> None:
    assert messages(case("97014 15 1 GP"), "deleted-code") == [
        "97014 is not taken by this payer; G0283 stands instead"
    ]


def test_97014_is_taken_by_a_plan_that_has_not_replaced_it() -> None:
    assert not messages(case("97014 15 1 GP", payer="commercial_ama_midpoint"), "deleted-code")


def test_97010_is_part_of_other_services_at_medicare() -> None:
    assert messages(case("97010 10 1 GP", "97110 15 1 GP"), "bundled-code") == [
        "97010 is part of the day's other services at this payer"
    ]


@pytest.mark.parametrize("setting", ["private_practice", "hospital_outpatient"])
@pytest.mark.parametrize("other", ["97116", "97140"])
def test_97530_with_97116_or_97140_is_under_no_edit_since_2020(other: str, setting: str) -> None:
    lines = (f"{other} 15 1 GP", "97530 15 1 GP")

    assert edits(case(*lines, on="2019-12-31", setting=setting))
    assert not edits(case(*lines, on="2020-01-01", setting=setting))
    assert not edits(case(*lines, setting=setting))


@pytest.mark.parametrize("modifier", ["", " 59", " XS", " XU"])
def test_no_modifier_parts_97124_from_97140(modifier: str) -> None:
    judged = case(f"97124 15 1 GP{modifier}", "97140 15 1 GP")

    assert messages(judged, "edit-not-separable") == [
        "97140 (column 1) with 97124 (column 2): under an edit that no modifier lifts"
    ]
    assert not messages(judged, "needs-59-or-x")


@pytest.mark.parametrize("other", ["97110", "97112", "97116", "97140", "97530"])
def test_97150_is_column_1_over_one_to_one_codes(other: str) -> None:
    (message,) = messages(case(f"{other} 15 1 GP", "97150 30 1 GP"), "needs-59-or-x")

    assert message.startswith(f"97150 (column 1) with {other} (column 2)")


def test_97150_is_one_unit_a_day_however_long() -> None:
    assert not messages(case("97150 60 1 GP"), "untimed-billed-by-minutes")
    assert messages(case("97150 60 4 GP"), "untimed-billed-by-minutes") == [
        "97150 is untimed: 4 units billed, 1 a day"
    ]


@pytest.mark.parametrize(("discipline", "code"), [("PT", "97110"), ("SLP", "92507")])
def test_pt_and_slp_share_one_kx_bucket(discipline: str, code: str) -> None:
    below, reached = (
        case(
            f"{code} 15 1",
            discipline=discipline,
            episode={"allowed_amount_ytd_usd": amount},
        )
        for amount in ("2479.99", "2480.00")
    )

    assert not messages(below, "kx-needed")
    assert messages(reached, "kx-needed")


def test_the_buckets_of_the_disciplines() -> None:
    policy = Policy.for_payer("medicare_part_b", date.fromisoformat(ON))

    assert policy.table("kx_threshold.buckets") == {"PT": "pt_slp", "SLP": "pt_slp", "OT": "ot"}


@pytest.mark.parametrize(
    ("discipline", "own", "code"),
    [("PT", "GP", "97110"), ("OT", "GO", "97535"), ("SLP", "GN", "92507")],
)
def test_gp_is_pt_go_is_ot_gn_is_slp(discipline: str, own: str, code: str) -> None:
    assert not messages(case(f"{code} 30 1 {own}", discipline=discipline), "wrong-therapy-modifier")
    for other in {"GP", "GO", "GN"} - {own}:
        judged = case(f"{code} 30 1 {other}", discipline=discipline)
        assert messages(judged, "wrong-therapy-modifier") == [
            f"{code}: {other}; the {discipline} plan of care takes {own}"
        ]


def test_the_plan_of_care_decides_not_who_is_logged_in() -> None:
    judged = case(
        "97535 30 2 GO", discipline="OT", clinician={"credential": "PT", "is_assistant": False}
    )

    assert not messages(judged, "wrong-therapy-modifier")


def test_evaluation_minutes_are_never_in_the_timed_total() -> None:
    evaluation, exercise = "97161 45 1 GP", "97110 15 {} GP"

    assert not messages(case(evaluation, exercise.format(1)), "minutes-do-not-support-units")
    assert messages(case(evaluation, exercise.format(2)), "minutes-do-not-support-units") == [
        "timed units billed: 2; earned: 1 (97110 billed 2, earned 1 by 15 minutes)"
    ]


def test_a_service_under_eight_minutes_can_earn_the_pooled_unit() -> None:
    judged = case("97110 33 2 GP", "97140 7 1 GP")

    assert not messages(judged, "minutes-do-not-support-units")


def test_three_times_eight_minutes_are_three_units_by_the_midpoint_and_two_at_cms() -> None:
    three = ("97110 8 1 GP", "97112 8 1 GP", "97140 8 1 GP")
    rule = "minutes-do-not-support-units"

    assert not messages(case(*three, payer="commercial_ama_midpoint"), rule)
    (message,) = messages(case(*three), rule)
    assert message.startswith("timed units billed: 3; earned: 2 (")


CODES = """
    97110 97112 97116 97124 97129 97130 97140 97150 97161 97530 97532 97010 97014 92507 20560 29125
    L3906 99999
"""
MODIFIERS = [
    *("GP", "GO", "GN", "CQ", "CO", "KX", "59", "XU"),
    *("GA", "GZ", "95", "52", "76", "96", "97", "AT"),
]
LINES = st.builds(
    Line,
    code=st.sampled_from(CODES.split()),
    minutes=st.none() | st.integers(0, 60),
    units=st.none() | st.integers(0, 8),
    modifiers=st.lists(st.sampled_from(MODIFIERS), max_size=5, unique=True).map(tuple),
    performed_by=st.sampled_from([None, "therapist", "assistant"]),
)
CASES = st.builds(
    Case,
    date_of_service=st.sampled_from(["2019-12-31", "2024-08-15", ON]).map(date.fromisoformat),
    payer=st.sampled_from(["medicare_part_b", "commercial_ama_midpoint", "medicaid_generic"]),
    discipline=st.sampled_from([None, *Discipline]),
    clinician=st.builds(Clinician, is_assistant=st.sampled_from([None, True, False])),
    episode=st.builds(
        Episode, allowed_amount_ytd_usd=st.sampled_from([None, Decimal(800), Decimal(2600)])
    ),
    stated=st.lists(LINES, max_size=6).map(tuple),
    supported=st.lists(LINES, max_size=4).map(tuple),
)


def found(judged: Case) -> Counter[tuple[object, ...]]:
    """What is found, each with the line it is about in the place of the line's number."""
    policy = Policy.for_payer(judged.payer, judged.date_of_service)
    lines = judged.stated or judged.supported
    return Counter(
        (
            *(each.rule_id, each.severity, each.flag.message, each.flag.missing, each.flag.query),
            None if each.flag.line is None else lines[each.flag.line],
        )
        for each in check(judged, policy)
    )


@given(judged=CASES, order=st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_finding(judged: Case, order: Random) -> None:
    def shuffled(lines: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(sorted(lines, key=lambda _: order.random()))

    other = replace(judged, stated=shuffled(judged.stated), supported=shuffled(judged.supported))

    assert found(other) == found(judged)

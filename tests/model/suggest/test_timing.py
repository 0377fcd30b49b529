from datetime import date

import pytest

from model.errors import UnknownCode
from model.policy import Policy
from model.records.units import UnitRule
from model.suggest.timing import timings, unit_policy

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("code", "is_timed"),
    [("97110", True), ("97129", True), ("97550", True), ("97150", False), ("97165", False)],
)
def test_the_table_says_which_codes_are_timed(code: str, is_timed: bool) -> None:
    assert timings([code], UnitRule.CMS_8_MINUTE)[code].is_timed is is_timed


def test_an_add_on_brings_its_base() -> None:
    assert set(timings(["97130"], UnitRule.CMS_8_MINUTE)) == {"97129", "97130"}


def test_a_code_of_no_table_is_refused() -> None:
    with pytest.raises(UnknownCode):
        timings(["99999"], UnitRule.CMS_8_MINUTE)


@pytest.mark.parametrize(
    ("payer", "rule"),
    [
        ("medicare_part_b", UnitRule.CMS_8_MINUTE),
        ("commercial_ama_midpoint", UnitRule.AMA_MIDPOINT),
    ],
)
def test_the_payer_sets_the_unit_rule_and_the_encounter_may_override_it(
    payer: str, rule: UnitRule
) -> None:
    policy = Policy.for_payer(payer, ON)

    assert unit_policy(policy).rule is rule
    assert unit_policy(policy, rule="ama_midpoint").rule is UnitRule.AMA_MIDPOINT
    assert (unit_policy(policy).minutes_per_unit, unit_policy(policy).last_unit_minutes) == (15, 8)

from datetime import date

import pytest

from model.codes import pair, unit_limit
from model.records import Setting

ON = date(2024, 8, 1)
SETTINGS = [None, Setting.PRIVATE_PRACTICE, Setting.HOSPITAL_OUTPATIENT]


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("other", ["97116", "97140"])
def test_97530_pairs_ended_with_2019(other: str, setting: Setting | None) -> None:
    before = pair("97530", other, date(2019, 12, 31), setting)

    assert before is not None
    assert before.modifier_allowed
    assert pair("97530", other, date(2020, 1, 1), setting) is None
    assert pair(other, "97530", ON, setting) is None


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("on", [date(2019, 8, 1), date(2020, 2, 1), ON, date(2026, 3, 2)])
def test_97124_is_bundled_into_97140_and_no_modifier_helps(
    on: date, setting: Setting | None
) -> None:
    found = pair("97124", "97140", on, setting)

    assert found is not None
    assert (found.column1, found.column2) == ("97140", "97124")
    assert not found.modifier_allowed


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("code", ["97110", "97112", "97116", "97140", "97530", "97535"])
def test_97150_is_column_1_over_one_to_one_codes(code: str, setting: Setting | None) -> None:
    found = pair(code, "97150", ON, setting)

    assert found is not None
    assert found.column1 == "97150"
    assert found.modifier_allowed


@pytest.mark.parametrize(
    ("a", "b"),
    [("97110", "97530"), ("97112", "97530"), ("97110", "97140"), ("97161", "97530")],
)
def test_pairs_that_need_no_59(a: str, b: str) -> None:
    assert pair(a, b, ON) is None


def test_settings_read_their_own_table() -> None:
    professional = pair("97161", "97750", ON, Setting.OUTPATIENT_CLINIC)
    institutional = pair("97161", "97750", ON, Setting.REHAB_AGENCY)

    assert professional is not None
    assert institutional is not None
    assert (professional.modifier_allowed, institutional.modifier_allowed) == (False, True)
    assert (professional.table, institutional.table) == ("ncci_practitioner", "ncci_outpatient")


def test_edit_deleted_and_back_leaves_its_gap() -> None:
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 9, 30), date(2020, 10, 1)]

    found = [pair("97161", "97750", on) is not None for on in days]

    assert found == [True, False, False, True]


def test_edits_that_never_were_in_force_are_left_out() -> None:
    assert pair("97161", "97140", date(2020, 1, 1)) is None
    assert pair("97161", "97140", date(2020, 10, 1)) is None


def test_unit_limit_depends_on_setting_and_says_where_it_is_sourced() -> None:
    professional = unit_limit("97150", ON)
    institutional = unit_limit("97150", ON, Setting.HOSPITAL_OUTPATIENT)
    later = unit_limit("97150", date(2026, 3, 2))

    assert professional is not None
    assert institutional is not None
    assert later is not None
    assert (professional.units, institutional.units) == (1, 2)
    assert professional.verified
    assert not later.verified
    assert unit_limit("00000", ON) is None

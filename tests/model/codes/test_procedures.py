from datetime import date

import pytest

from model.codes import Family, Therapy, find, procedure, procedures
from model.errors import CodeNotInForce, UnknownCode
from model.policy_files import works

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("code", "last_day", "successor"),
    [
        ("97532", date(2017, 12, 31), "97129"),
        ("97762", date(2017, 12, 31), "97763"),
        ("97127", date(2019, 12, 31), "97129"),
        ("G0515", date(2019, 12, 31), "97129"),
        ("97001", date(2016, 12, 31), "97161"),
        ("90911", date(2019, 12, 31), "90912"),
    ],
)
def test_ended_code_names_its_last_day_and_successor(
    code: str, last_day: date, successor: str
) -> None:
    assert procedure(code, last_day).code == code
    with pytest.raises(CodeNotInForce) as caught:
        procedure(code, date(last_day.year + 1, 1, 1))

    assert caught.value.valid_to == last_day
    assert successor in caught.value.replaced_by


@pytest.mark.parametrize(
    ("code", "first_day"),
    [
        ("97129", date(2020, 1, 1)),
        ("97130", date(2020, 1, 1)),
        ("97763", date(2018, 1, 1)),
        ("97550", date(2024, 1, 1)),
        ("G0541", date(2025, 1, 1)),
        ("98979", date(2026, 1, 1)),
        ("98985", date(2026, 1, 1)),
    ],
)
def test_code_is_refused_before_its_first_day(code: str, first_day: date) -> None:
    assert procedure(code, first_day).code == code
    with pytest.raises(CodeNotInForce):
        procedure(code, date(first_day.year - 1, 12, 31))


def test_unknown_code_is_refused() -> None:
    assert find("00000") is None
    with pytest.raises(UnknownCode):
        procedure("00000", ON)


def test_97150_is_untimed_one_unit_a_day_and_not_one_on_one() -> None:
    group = procedure("97150", ON)

    assert group.family is Family.GROUP
    assert not group.timed
    assert not group.one_on_one
    assert group.daily_limit == 1


def test_evaluation_minutes_never_enter_the_day_total() -> None:
    evaluations = [
        p for p in procedures(ON) if p.family in (Family.EVALUATION, Family.REEVALUATION)
    ]

    assert {"97161", "97165", "97168", "92523"} <= {p.code for p in evaluations}
    assert not any(p.pooled for p in evaluations)


def test_pooled_codes_are_fifteen_minute_codes_whose_first_unit_takes_eight() -> None:
    pooled = [p for p in procedures(ON) if p.pooled]

    assert {(p.base_minutes, p.fewest_minutes_cms) for p in pooled} == {(15, 8)}
    assert {"97110", "97129", "97130", "90912", "97542", "97750", "97763"} <= {
        p.code for p in pooled
    }


@pytest.mark.parametrize(
    ("code", "base", "fewest"),
    [
        ("97550", 30, 16),
        ("97551", 15, 8),
        ("96125", 60, 31),
        ("96105", 60, 31),
        ("96113", 30, 16),
        ("92607", 60, 31),
        ("97545", 120, 61),
        ("98980", 20, 20),
        ("98979", 10, 10),
    ],
)
def test_other_clocks_keep_out_of_the_day_total(code: str, base: int, fewest: int) -> None:
    found = procedure(code, ON)

    assert not found.pooled
    assert (found.base_minutes, found.fewest_minutes_midpoint) == (base, fewest)


@pytest.mark.parametrize(
    ("add_on", "base"),
    [("97130", "97129"), ("90913", "90912"), ("97551", "97550"), ("98981", "98980")],
)
def test_add_on_names_its_base(add_on: str, base: str) -> None:
    assert procedure(add_on, ON).add_on_of == base
    assert procedure(base, ON).daily_limit == 1


def test_medicare_does_not_take_97014() -> None:
    assert procedure("97014", ON).medicare_status == "invalid"
    assert procedure("97010", ON).medicare_status == "bundled"
    assert procedure("G0283", ON).therapy is Therapy.ALWAYS


def test_table_is_sound() -> None:
    table = {p.code: p for on in (date(2017, 6, 1), date(2018, 6, 1), ON) for p in procedures(on)}

    for p in table.values():
        assert p.add_on_of is None or p.add_on_of in table
        assert all(find(code) for code in p.replaced_by), p.code
        assert p.timed == (p.base_minutes is not None)
        assert p.timed or not p.pooled
        assert set(p.sources) <= set(works())
        assert set(p.disciplines) <= {"PT", "OT", "SLP"}

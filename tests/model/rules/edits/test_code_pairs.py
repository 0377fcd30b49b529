"""Which edit keeps two codes of a claim apart, and what an unknown setting leaves of it."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from model.codes.edits import PAIR_TABLES, history
from model.importing.scope import table_rows
from model.policy import Policy
from model.records import Case, Line, Setting
from model.rules.edits.code_pairs import edit_of, edited_pairs, settings_of

ON = date(2024, 8, 15)
CLINIC, HOSPITAL = Setting.PRIVATE_PRACTICE, Setting.HOSPITAL_OUTPATIENT
GROUP_AND_EXERCISE = ("97110", "97150")


@pytest.mark.parametrize(
    ("on", "is_edited"),
    [
        (date(2019, 8, 15), True),
        (date(2019, 12, 31), True),
        (date(2020, 1, 1), False),
        (date(2020, 9, 30), False),
        (date(2020, 10, 1), True),
        (date(2021, 12, 31), True),
        (date(2022, 1, 1), False),
    ],
)
@pytest.mark.parametrize("setting", [None, CLINIC, HOSPITAL])
def test_activities_and_self_care_were_kept_apart_twice(
    on: date, is_edited: bool, setting: Setting | None
) -> None:
    pairs = found(claim("97530", "97535", setting=setting, on=on))

    assert pairs == [("97530", "97535")] * is_edited
    assert [edit.is_in_force(on) for edit in history("97530", "97535", setting)].count(
        True
    ) == is_edited


@pytest.mark.parametrize("table", PAIR_TABLES)
def test_no_pair_is_under_two_edits_on_one_day(table: str) -> None:
    times: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for column1, column2, _, start, end, _ in table_rows(table):
        times[tuple(sorted((column1, column2)))].append((start, end or "9999-12-31"))

    twice = {
        pair: held
        for pair, held in times.items()
        if any(end >= start for (_, end), (start, _) in pairwise(sorted(held)))
    }

    assert len(times) > 1000
    assert twice == {}


def claim(
    *codes: str, setting: Setting | None = None, on: date = ON, payer: str = "medicare_part_b"
) -> Case:
    stated = tuple(Line(code=code, units=1) for code in codes)
    return Case(date_of_service=on, payer=payer, setting=setting, stated=stated)


def indicator(a: str, b: str, setting: Setting | None) -> int | None:
    edit = edit_of(a, b, claim(setting=setting))
    return None if edit is None else int(edit.modifier_allowed)


def found(case: Case) -> list[tuple[str, str]]:
    policy = Policy.for_payer(case.payer, case.date_of_service)
    return [(each.edit.column1, each.edit.column2) for each in edited_pairs(case, policy)]


def test_a_setting_nobody_says_may_be_of_either_kind_of_claim() -> None:
    assert settings_of(claim(setting=HOSPITAL)) == (HOSPITAL,)
    assert [setting.is_institutional for setting in settings_of(claim())] == [False, True]


@pytest.mark.parametrize(
    ("codes", "clinic", "hospital", "unknown"),
    [
        (GROUP_AND_EXERCISE, 1, 1, 1),
        (("97124", "97140"), 0, 0, 0),
        (("92511", "92526"), 1, None, None),
        (("92613", "92615"), None, 0, None),
        (("92526", "97032"), 0, 1, 1),
        (("97110", "97140"), None, None, None),
    ],
)
def test_an_unknown_setting_keeps_apart_only_what_both_tables_do_and_as_mildly(
    codes: tuple[str, str], clinic: int | None, hospital: int | None, unknown: int | None
) -> None:
    for a, b in (codes, codes[::-1]):
        assert indicator(a, b, CLINIC) == clinic
        assert indicator(a, b, HOSPITAL) == hospital
        assert indicator(a, b, None) == unknown


def test_every_pair_of_a_claim_is_found_once_with_the_lines_of_each_column() -> None:
    case = claim("97110", "97150", "97110", "97140")
    policy = Policy.for_payer(case.payer, ON)

    pairs = {
        (each.edit.column1, each.edit.column2): (
            [known.index for known in each.column1],
            [known.index for known in each.column2],
            each.line,
        )
        for each in edited_pairs(case, policy)
    }

    assert pairs == {
        ("97150", "97110"): ([1], [0, 2], None),
        ("97150", "97140"): ([1], [3], 3),
    }


def test_one_line_or_none_is_no_pair() -> None:
    assert found(claim("97110")) == []
    assert found(claim("97110", "97110")) == []
    assert found(claim()) == []


def test_the_edits_of_a_payer_who_has_his_own_are_not_guessed() -> None:
    assert found(claim(*GROUP_AND_EXERCISE)) == [("97150", "97110")]
    assert found(claim(*GROUP_AND_EXERCISE, payer="workers_comp_generic")) == []


@pytest.mark.parametrize(
    ("marks", "is_marked"),
    [(((), ()), False), ((("59",), ()), True), (((), ("XU",)), True), ((("GP",), ("GP",)), False)],
)
def test_59_or_x_on_either_line_says_that_it_was_separate(
    marks: tuple[tuple[str, ...], ...], is_marked: bool
) -> None:
    lines = tuple(
        Line(code=code, units=1, modifiers=own)
        for code, own in zip(GROUP_AND_EXERCISE, marks, strict=True)
    )
    case = Case(date_of_service=ON, payer="medicare_part_b", stated=lines)

    (pair,) = edited_pairs(case, Policy.for_payer(case.payer, ON))

    assert pair.is_marked(case) is is_marked

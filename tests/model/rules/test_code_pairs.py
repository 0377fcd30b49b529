"""Every code pair we hold is flagged as its table says, read here a second time and by itself."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import model
from model.codes import find
from model.policy import Policy
from model.records import Case, Line, Setting
from model.rules import RULES

EDITS = Path(model.__file__).parent / "policies" / "edits"
TABLES = {
    "ncci_practitioner": Setting.PRIVATE_PRACTICE,
    "ncci_outpatient": Setting.HOSPITAL_OUTPATIENT,
}
DAYS = [
    *(date(2019, 8, 15), date(2019, 12, 31), date(2020, 1, 1), date(2020, 9, 30)),
    *(date(2020, 10, 1), date(2022, 7, 1), date(2024, 8, 15), date(2026, 3, 2)),
]
SEPARABLE, INSEPARABLE = "needs-59-or-x", "edit-not-separable"
Row = tuple[str, str, str, str, str]


def rows(table: str) -> dict[tuple[str, str], list[Row]]:
    """The rows of each two codes we know, whichever column they stand in."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    with (EDITS / f"{table}.csv").open(encoding="utf-8") as file:
        for column1, column2, indicator, start, end, _ in list(csv.reader(file))[1:]:
            if find(column1) and find(column2):
                a, b = sorted((column1, column2))
                found[a, b].append((column1, column2, indicator, start, end))
    return found


def in_force(row: Row, on: date) -> bool:
    *_, start, end = row
    return (not start or start <= on.isoformat()) and (not end or on.isoformat() <= end)


def flagged(codes: tuple[str, str], on: date, setting: Setting, mark: str) -> Iterator[Row]:
    """What the two rules say of a claim with the codes: columns and indicator."""
    a, b = codes
    stated = (Line(code=a, units=1), Line(code=b, units=1, modifiers=(mark,) if mark else ()))
    case = Case(date_of_service=on, payer="medicare_part_b", setting=setting, stated=stated)
    for rule_id, indicator in ((SEPARABLE, "1"), (INSEPARABLE, "0")):
        for found in RULES[rule_id].findings(case, Policy.for_payer(case.payer, on)):
            column1, _, _, _, column2, *_ = found.flag.message.split()
            assert found.flag.line == codes.index(column2)
            yield column1, column2, indicator, "", ""


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("table", list(TABLES))
def test_every_pair_is_flagged_exactly_as_its_table_says(table: str, on: date) -> None:
    faults = []
    for (a, b), held in rows(table).items():
        expected = {row[:3] for row in held if in_force(row, on)}
        for codes in ((a, b), (b, a)):
            said = [row[:3] for row in flagged(codes, on, TABLES[table], "")]
            if len(said) != min(len(expected), 1) or not set(said) <= expected:
                faults.append((codes, expected, said))

    assert faults == []


@pytest.mark.parametrize("table", list(TABLES))
def test_59_lifts_indicator_1_and_nothing_lifts_indicator_0(table: str) -> None:
    on = DAYS[-2]
    faults = []
    for codes, held in rows(table).items():
        wanted = {row[:3] for row in held if in_force(row, on) and row[2] == "0"}
        said = {row[:3] for row in flagged(codes, on, TABLES[table], "59")}
        if said != wanted:
            faults.append((codes, wanted, said))

    assert faults == []

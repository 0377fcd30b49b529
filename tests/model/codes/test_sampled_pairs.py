"""Pairs drawn over every quarter from 2019Q3 to 2026Q2, judged and read from the tables by itself.

``tests/model/rules/test_code_pairs.py`` asks every pair we hold on few days; this asks few pairs,
most of them under no edit, on a day of every quarter and on both of its ends.
"""

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

import model
from model.codes import procedures
from model.policy import Policy
from model.records import Case, Line, Setting
from model.rules import RULES

EDITS = Path(model.__file__).parent / "policies" / "edits"
FIRST, LAST = (2019, 3), (2026, 2)
QUARTERS = [
    (year, quarter)
    for year in range(2019, 2027)
    for quarter in range(1, 5)
    if FIRST <= (year, quarter) <= LAST
]
TABLES = {
    "ncci_practitioner": (Setting.PRIVATE_PRACTICE, Setting.OUTPATIENT_CLINIC, Setting.HOME),
    "ncci_outpatient": (Setting.HOSPITAL_OUTPATIENT, Setting.REHAB_AGENCY, Setting.SNF_PART_B),
}
UNDER_AN_EDIT, ANY_TWO = 40, 40
RULE = {"1": "needs-59-or-x", "0": "edit-not-separable"}

Said = tuple[str, str, str]
"""Column 1, column 2 and modifier indicator."""


def days(year: int, quarter: int, random: Random) -> list[date]:
    """The first day of a quarter, its last, and one between."""
    first = date(year, quarter * 3 - 2, 1)
    after = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    length = (after - first).days
    return [first, first + timedelta(random.randrange(1, length - 1)), after - timedelta(1)]


def official(table: str, on: date) -> dict[frozenset[str], set[Said]]:
    """What the table says of each two codes on the day; two rows where columns were swapped."""
    found: dict[frozenset[str], set[Said]] = {}
    with (EDITS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (row["from"] or "1996-01-01") <= on.isoformat() <= (row["to"] or "9999-12-31"):
                pair = frozenset((row["column1"], row["column2"]))
                said = (row["column1"], row["column2"], row["indicator"])
                found.setdefault(pair, set()).add(said)
    return found


def flagged(codes: list[str], on: date, setting: Setting | None) -> list[Said]:
    """What the rules say of a claim with the two codes and no modifier."""
    case = Case(
        date_of_service=on,
        payer="medicare_part_b",
        setting=setting,
        stated=tuple(Line(code=code, units=1) for code in codes),
    )
    policy = Policy.for_payer(case.payer, on)
    said = []
    for indicator, rule in RULE.items():
        for finding in RULES[rule].findings(case, policy):
            column1, _, _, _, column2, *_ = finding.flag.message.split()
            assert codes[finding.flag.line or 0] == column2
            said.append((column1, column2, indicator))
    return said


@pytest.mark.parametrize("table", list(TABLES))
@pytest.mark.parametrize(("year", "quarter"), QUARTERS)
def test_sampled_pairs_are_flagged_exactly_as_the_table_says(
    year: int, quarter: int, table: str
) -> None:
    random = Random(f"{table} {year} {quarter}")  # noqa: S311  (a sample, no secret)
    faults = []
    for on in days(year, quarter, random):
        held = official(table, on)
        known = sorted(found.code for found in procedures(on))
        edited = sorted(sorted(pair) for pair in held if pair <= set(known))
        drawn = random.sample(edited, UNDER_AN_EDIT)
        drawn += [random.sample(known, 2) for _ in range(ANY_TWO)]
        for pair in drawn:
            codes = random.sample(pair, 2)
            expected = held.get(frozenset(pair), set())
            said = flagged(codes, on, random.choice(TABLES[table]))
            if len(said) != min(len(expected), 1) or not expected.issuperset(said):
                faults.append((on, codes, expected, said))

    assert faults == []

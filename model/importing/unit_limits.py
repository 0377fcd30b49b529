"""Medically unlikely edits: the quarterly tables of unit limits.

Layout: notices, then a head with the code, the limit (its name says whose: practitioner or
outpatient hospital), the adjudication indicator (its digit first) and the rationale.

Checked against descriptions of MCR_MUE tables of 2024 to 2026 in public repositories: a copyright
notice of several lines in one quoted field, a head that may break within "HCPCS/ CPT Code", code
page 1252; the file inside the zip carries its first day (Eff_07-01-2026).

Source: CMS, Medicare NCCI medically unlikely edits, quarterly tables.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from model.errors import ImportRefused
from model.importing.periods import asked_quarter, named, quarter_of, refuse_older
from model.importing.published import Hints, Kind, Plan, Published, Verb, differences
from model.importing.scope import table_rows, therapy_codes
from model.importing.sheets import CODE, Sheet, column_named
from model.importing.writing import csv_bytes
from model.policy_folder import Period

HEAD = ["code", "units", "mai", "from"]
_INDICATORS = ("1", "2", "3")
_DATED = re.compile(r"Eff[_ -](0[1-9]|1[0-2])-\d\d-(\d{4})", re.IGNORECASE)
"""How the file inside the zip says its quarter."""
_TABLES = {"practitioner": "mue_practitioner", "outpatient": "mue_outpatient"}


def found_in(sheet: Sheet, hints: Hints) -> Published | None:
    """The limits in ``sheet``; None where it is another kind of table.

    Raises:
        ImportRefused: It is damaged, of suppliers of equipment, or does not say its quarter.
    """
    head = next((row for row in sheet.head if _columns(row[1])), None)
    if head is None:
        return None
    columns = _columns(head[1]) or []
    rows = tuple(_row(sheet, row, columns) for row in sheet.rows if row[0] > head[0])
    if not rows:
        raise ImportRefused(sheet.member.name, "holds no limit")
    table = _whose(sheet, head[1][columns[1]])
    period = _period(sheet, hints)
    refuse_older(table, period, sheet.member.name)
    return Published(
        kind=Kind.UNIT_LIMITS,
        member=sheet.member.name,
        table=table,
        release=named(period),
        period=period,
        rows=rows,
        rows_read=len(rows),
    )


def planned(published: Published) -> Plan:
    """The table with what this quarter changed, from its first day on."""
    start = published.period[0].isoformat() if published.period else ""
    scope = therapy_codes() | {row[0] for row in table_rows(published.table)}
    given = {row[0]: (row[1], row[2]) for row in published.rows if row[0] in scope}
    held = table_rows(published.table)
    earlier = [row for row in held if row[3] < start]
    standing = _standing(earlier)
    new = [
        [code, *given.get(code, ("", "")), start]
        for code in sorted(standing.keys() | given.keys())
        if standing.get(code, ("", "")) != given.get(code, ("", ""))
    ]
    rows = sorted([*earlier, *new])
    before, after = _words(_standing(held)), _words(_standing(rows))
    return Plan(
        published=published,
        rows_kept=len(given),
        rows_held=len(before),
        changes=tuple(differences(before, after, gone=Verb.ENDED)),
        content=csv_bytes(HEAD, rows),
    )


def _columns(fields: Sequence[str]) -> list[int] | None:
    return column_named(
        fields,
        lambda name: name.startswith("hcpcs"),
        lambda name: name.endswith("mue values"),
        lambda name: "adjudication indicator" in name,
    )


def _row(sheet: Sheet, row: tuple[int, list[str]], columns: Sequence[int]) -> tuple[str, str, str]:
    code, units, indicator = columns
    if not sheet.field(row, units).isdigit():
        raise sheet.refuse("the limit is no number", row[0], units)
    if sheet.field(row, indicator)[:1] not in _INDICATORS:
        raise sheet.refuse("the adjudication indicator is none of 1, 2, 3", row[0], indicator)
    if CODE.fullmatch(sheet.field(row, code)) is None:
        raise sheet.refuse("is no procedure code", row[0], code)
    return row[1][code], row[1][units], row[1][indicator][:1]


def _whose(sheet: Sheet, head: str) -> str:
    for word, table in _TABLES.items():
        if word in head.lower():
            return table
    raise ImportRefused(sheet.member.name, "has limits of neither practitioners nor hospitals")


def _period(sheet: Sheet, hints: Hints) -> Period:
    if hints.release:
        return asked_quarter(hints.release, sheet.member.name)
    dated = _DATED.search(sheet.member.name) or _DATED.search(" ".join(_notices(sheet)))
    if dated is None:
        raise ImportRefused(sheet.member.name, "does not say its quarter; say --release 2026Q3")
    return quarter_of(date(int(dated[2]), int(dated[1]), 1))


def _notices(sheet: Sheet) -> Iterable[str]:
    return (field for _, fields in sheet.head[:5] for field in fields)


def _standing(rows: Iterable[Sequence[str]]) -> dict[str, tuple[str, str]]:
    """The newest limit of each code; none for those whose limit ended."""
    ordered = sorted(rows, key=lambda row: row[3])
    newest = {row[0]: (row[1], row[2]) for row in ordered}
    return {code: limit for code, limit in newest.items() if limit[0]}


def _words(limits: dict[str, tuple[str, str]]) -> dict[str, str]:
    return {code: f"{units} a day, indicator {mai}" for code, (units, mai) in limits.items()}

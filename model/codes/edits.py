"""NCCI edits: which two codes do not stand together, and how many units a code can have in a day.

Professional claims read the practitioner tables, institutional claims the outpatient-hospital ones.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import IO

from model.codes.releases import is_institutional, releases
from model.policy_folder import table_path
from model.reads import note_read

PAIR_TABLES = ("ncci_practitioner", "ncci_outpatient")
"""The tables of code pairs: of professional claims, of institutional ones."""
_ALLOWED = "1"
_DATE_OF_SERVICE = ("2", "3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A pair of codes that is paid as column 1 alone.

    Source: NCCI Policy Manual, chapter 1.

    Attributes:
        column1: The code that is paid.
        column2: The code that is denied beside it.
        modifier_allowed: Whether 59 or X, with the evidence it needs, lifts the edit (indicator 1);
            otherwise nothing does (indicator 0).
        start: First day in force; None when it began before our tables do.
        end: Last day in force; None when it has not ended in what we hold.
        confidence: verified; or, for the first day alone, approximate or inferred.
        table: Where it was read; ``model.codes.releases`` says how far that reaches.
    """

    column1: str
    column2: str
    modifier_allowed: bool
    start: date | None
    end: date | None
    confidence: str
    table: str

    def __str__(self) -> str:
        """The row in words."""
        days = f"{self.start or '...'} to {self.end or '...'}"
        return f"column 1 {self.column1}, indicator {int(self.modifier_allowed)}, {days}"

    def is_in_force(self, on: date) -> bool:
        """Whether the edit judges the day."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLimit:
    """Most units of a code one patient has from one clinician (MUE).

    Attributes:
        of_the_day: Whether all lines of the date of service count together, not each alone.
        absolute: Whether nothing lifts it (adjudication indicator 2).
        verified: Whether the day lies in a quarter the table was published for.
    """

    code: str
    units: int
    of_the_day: bool
    absolute: bool
    verified: bool

    def __str__(self) -> str:
        """The row in words."""
        return f"{self.units} {'a day' if self.of_the_day else 'a line'}"


def pair(a: str, b: str, on: date, setting: str | None = None) -> Edit | None:
    """The edit between two codes in force on the date of service, in whichever column they stand.

    Dates past the table's last release use it as last loaded; ``model.codes.stale`` says so.
    """
    found = next((edit for edit in history(a, b, setting) if edit.is_in_force(on)), None)
    note_read(_pair_table(setting), (a, b), found)
    return found


def history(a: str, b: str, setting: str | None = None) -> tuple[Edit, ...]:
    """Every edit there was between two codes, oldest first."""
    table = _pair_table(setting)
    rows = _pairs(table)
    return tuple(_edit(row, table) for row in (*rows.get((a, b), ()), *rows.get((b, a), ())))


def unit_limit(code: str, on: date, setting: str | None = None) -> UnitLimit | None:
    """Most units of ``code`` in a day; None where no limit is published for it."""
    table = "mue_outpatient" if is_institutional(setting) else "mue_practitioner"
    begun = [row for row in _limits(table).get(code, ()) if row[2] <= on.isoformat()]
    found = None
    if begun and begun[-1][0]:
        units, mai, _ = begun[-1]
        found = UnitLimit(
            code=code,
            units=int(units),
            of_the_day=mai in _DATE_OF_SERVICE,
            absolute=mai == "2",
            verified=releases()[table].covers(on),
        )
    note_read(table, code, found)
    return found


@cache
def _pairs(table: str) -> dict[tuple[str, str], list[list[str]]]:
    with _open(table) as file:
        rows = csv.reader(file)
        next(rows)
        found: dict[tuple[str, str], list[list[str]]] = {}
        for row in rows:
            found.setdefault((row[0], row[1]), []).append(row)
    return found


@cache
def _limits(table: str) -> dict[str, list[tuple[str, str, str]]]:
    """Units, adjudication indicator and first day of each limit, by code, oldest first."""
    with _open(table) as file:
        found: dict[str, list[tuple[str, str, str]]] = {}
        for row in csv.DictReader(file):
            found.setdefault(row["code"], []).append((row["units"], row["mai"], row["from"]))
    return {code: sorted(limits, key=lambda limit: limit[2]) for code, limits in found.items()}


def _pair_table(setting: str | None) -> str:
    return PAIR_TABLES[is_institutional(setting)]


def _open(table: str) -> IO[str]:
    path = table_path(table)
    if path is None:
        raise KeyError(table)
    return path.open("r", encoding="utf-8")


def _edit(row: list[str], table: str) -> Edit:
    column1, column2, indicator, start, end, confidence = row
    return Edit(
        column1=column1,
        column2=column2,
        modifier_allowed=indicator == _ALLOWED,
        start=date.fromisoformat(start) if start else None,
        end=date.fromisoformat(end) if end else None,
        confidence=confidence,
        table=table,
    )

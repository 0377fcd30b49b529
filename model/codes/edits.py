"""NCCI edits: which two codes do not stand together, and how many units a code can have in a day.

Professional claims read the practitioner tables, institutional claims the outpatient-hospital ones.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import IO

from model.codes.releases import is_institutional, releases

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

    def is_in_force(self, on: date) -> bool:
        """Whether the edit judges the date of service."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLimit:
    """Most units of a code one patient has from one clinician (MUE).

    Attributes:
        of_the_day: Whether all lines of the date of service count together, not each alone.
        absolute: Whether nothing lifts it (adjudication indicator 2).
        verified: Whether the date of service lies in the quarter the table was published for.
    """

    code: str
    units: int
    of_the_day: bool
    absolute: bool
    verified: bool


def pair(a: str, b: str, on: date, setting: str | None = None) -> Edit | None:
    """The edit between two codes in force on the date of service, in whichever column they stand.

    Dates past the table's last release use it as last loaded; ``model.codes.stale`` says so.
    """
    found = (edit for edit in history(a, b, setting) if edit.is_in_force(on))
    return next(found, None)


def history(a: str, b: str, setting: str | None = None) -> tuple[Edit, ...]:
    """Every edit there was between two codes, oldest first."""
    table = "ncci_outpatient" if is_institutional(setting) else "ncci_practitioner"
    rows = _pairs(table)
    return tuple(_edit(row, table) for row in (*rows.get((a, b), ()), *rows.get((b, a), ())))


def unit_limit(code: str, on: date, setting: str | None = None) -> UnitLimit | None:
    """Most units of ``code`` in a day; None where no limit is published for it."""
    row = _limits().get(code)
    kind = "outpatient" if is_institutional(setting) else "practitioner"
    if row is None or not row[kind]:
        return None
    release = releases()["mue"]
    return UnitLimit(
        code=code,
        units=int(row[kind]),
        of_the_day=row[f"{kind}_mai"] in _DATE_OF_SERVICE,
        absolute=row[f"{kind}_mai"] == "2",
        verified=release.covers_from <= on <= release.covers_to,
    )


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
def _limits() -> dict[str, dict[str, str]]:
    with _open("mue") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def _open(table: str) -> IO[str]:
    return (files("model") / "policies" / "edits" / f"{table}.csv").open("r", encoding="utf-8")


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

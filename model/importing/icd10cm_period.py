"""From which day on a release of ICD-10-CM holds: of October, or of the April after it.

The zip of April 2026 holds an order file that does not say April, which the zip itself does.
"""

import re
import sqlite3
from contextlib import closing
from datetime import date

from model.codes.releases import releases
from model.errors import ImportRefused
from model.importing.icd10cm_tree import read_validity
from model.importing.periods import asked, fiscal_year, refuse_older, year_of
from model.importing.published import Hints, Published
from model.importing.sources import Member
from model.policy_folder import Period, table_path

TABLE = "icd10cm"
BILLABLE = "1"
_OCTOBER = 10
_APRIL = re.compile(r"apr[a-z]*[-_ ]*(?:0?1[-_ ]+)?(20\d\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def held_database() -> closing[sqlite3.Connection]:
    """The database in use, to be read."""
    return closing(sqlite3.connect(f"file:{table_path(TABLE)}?mode=ro&immutable=1", uri=True))


def refuse_unsure(published: Published) -> None:
    """Stop at new codes of a year that is held: they are of its April, and the file does not say.

    Raises:
        ImportRefused: The day on which they begin is not known.
    """
    first, last = published.period or (date.min, date.min)
    if last != releases()[TABLE].covers_to or first.month != _OCTOBER:
        return
    with held_database() as held:
        known = read_validity(held)
    if any(row[0] not in known for row in published.rows if row[1] == BILLABLE):
        reason = f"has new codes of a year held to {last}; say --release {last.year}-04-01"
        raise ImportRefused(published.member, f"{reason}, or {first}")


def period_of(member: Member, hints: Hints, version: str) -> Period:
    """The release: as asked, as the file inside the zip is named, or by the list's own version."""
    period = _said(member, hints, version)
    refuse_older(TABLE, period, member.name)
    return period


def _said(member: Member, hints: Hints, version: str) -> Period:
    if hints.release:
        first, last = asked(hints.release, member.name)
        if (first, last) == year_of(first.year):
            return fiscal_year(first.year)
        return first, fiscal_year(first.year + (first.month >= 10))[1]
    year = version if version.isdigit() else _year_named(member.name)
    april = _APRIL.search(member.name)  # the zip around it may say so where the file does not
    if april and year in ("", april[1]):
        return date(int(april[1]), 4, 1), fiscal_year(int(april[1]))[1]
    if not year:
        raise ImportRefused(member.name, "does not say its year; say --release 2027")
    return fiscal_year(int(year))


def _year_named(name: str) -> str:
    """The year in the name of a file, or else of the zip it came in."""
    *_, file = name.split("/")
    found = _YEAR.search(file) or _YEAR.search(name)
    return found[0] if found else ""

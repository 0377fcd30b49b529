"""The relative value file of the Medicare physician fee schedule: status and validity of codes.

Layout: titles and notices, then a head with HCPCS, MOD, DESCRIPTION and the status code fourth. No
amount of it is read: what a service is worth must never reach a suggestion.

Checked against descriptions of PPRRVU 2019 to 2026 in public repositories: the title in the third
column ("2026 National Physician Fee Schedule Relative Value File July Release"), copyright lines of
another year, a head of several lines of which the last names the columns, lines that end in a
carriage return alone (2019), one column more since 2026, and two files, QPP and nonQPP, whose
status is the same. The zip also holds the same as text of fixed width, and other tables.

Source: CMS, PFS relative value files.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from model.errors import ImportRefused
from model.importing.periods import asked, named, refuse_older, year_of
from model.importing.procedure_changes import TABLE, ended_before, in_force
from model.importing.published import Hints, Kind, Published
from model.importing.sheets import CODE, Sheet
from model.policy_folder import Period

_CODE, _MODIFIER, _STATUS = 0, 1, 3
STATUSES = {
    "A": "payable", "B": "bundled", "C": "carrier_priced", "D": "deleted", "E": "excluded",
    "F": "deleted", "G": "invalid", "H": "deleted", "I": "invalid", "J": "payable",
    "L": "carrier_priced", "M": "noncovered", "N": "noncovered", "P": "bundled",
    "Q": "noncovered", "R": "restricted", "T": "payable", "X": "excluded",
}  # fmt: skip
"""Our words for the status letters. Source: CMS Pub. 100-04, chapter 23, section 30.2.2."""
_TITLE = "relative value"
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_MONTHS = {"january": 1, "april": 4, "july": 7, "october": 10}
_SHORT = re.compile(r"(20\d\d|\d\d)_?(jan|apr|jul|oct)", re.IGNORECASE)


def found_in(sheet: Sheet, hints: Hints) -> Published | None:
    """Status and end of each of our codes; None where it is another kind of table.

    Raises:
        ImportRefused: It is damaged, or does not say its release.
    """
    head = next((row for row in sheet.head if _is_head(row[1])), None)
    if head is None:
        return None
    listed = dict(_rows(sheet, head[0]))
    if not listed:
        raise ImportRefused(sheet.member.name, "holds no procedure")
    start = _start(sheet, hints)
    period: Period = (start, year_of(start.year)[1])
    refuse_older(TABLE, period, sheet.member.name)
    return Published(
        kind=Kind.RELATIVE_VALUES,
        member=sheet.member.name,
        table=TABLE,
        release=named(period),
        period=period,
        rows=tuple(_changes(listed, start)),
        rows_read=len(listed),
    )


def _is_head(fields: Sequence[str]) -> bool:
    first = [field.lower() for field in fields[:4]]
    return first[:3] == ["hcpcs", "mod", "description"] and "code" in "".join(first[3:])


def _rows(sheet: Sheet, head: int) -> Iterator[tuple[str, str]]:
    """Code and our word for its status; lines of a modifier repeat their code and are passed."""
    for row in sheet.rows:
        if row[0] <= head:
            continue
        if CODE.fullmatch(sheet.field(row, _CODE)) is None:
            raise sheet.refuse("is no procedure code", row[0], _CODE)
        if not sheet.field(row, _MODIFIER):
            letter = sheet.one_of(row, _STATUS, tuple(STATUSES))
            yield row[1][_CODE], STATUSES[letter]


def _changes(listed: dict[str, str], start: date) -> Iterator[tuple[str, ...]]:
    for code, status in sorted(listed.items()):
        yield code, "medicare_status", status, start.isoformat()
    for found in in_force(start):
        # Only codes of this file can end by leaving it; others never stood in it.
        has_left = found.code not in listed and "cms_pprrvu" in found.sources
        if has_left or listed.get(found.code) == "deleted":
            yield ended_before(start, found.code)


def _start(sheet: Sheet, hints: Hints) -> date:
    """First day of the release: as asked, as its title says, or as the file inside the zip."""
    if hints.release:
        return asked(hints.release, sheet.member.name)[0]
    title = next(filter(_is_title, (f for _, fields in sheet.head for f in fields)), "")
    found = _YEAR.search(title)
    year = int(found[0]) if found else 0
    month = next((n for word, n in _MONTHS.items() if f"{word} release" in title.lower()), 0)
    if name := _SHORT.search(sheet.member.name):
        year = year or 2000 + int(name[1][-2:])
        month = month or next(n for word, n in _MONTHS.items() if word[:3] == name[2].lower())
    if not (year and month):
        reason = "does not say its release; say --release 2027-01-01, for example"
        raise ImportRefused(sheet.member.name, reason)
    return date(year, month, 1)


def _is_title(field: str) -> bool:
    return _TITLE in field.lower()

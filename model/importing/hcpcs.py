"""The HCPCS level II file: on which days its codes begin and end.

Layout: records of 320 characters (code 1-5, sequence 6-10, record 11, code added 269-276, action
effective 277-284, terminated 285-292), or the same as a sheet with a head. Only the first line of a
code (record 3) carries its days. Level II alone: CPT codes are not in it.

Checked against the record layout and descriptions of HCPC2020 to HCPC2026 ANWEB in public
repositories: modifiers stand in places 4-5 behind three blanks; the workbook has the columns HCPC,
SEQNUM, RECID ... ADD DT, ACT EFF DT, TERM DT, ACTION CD, in some quarters below ten lines of
notices; the file inside the zip is named by year and quarter (HCPC2026_JAN_ANWEB).

Source: CMS, HCPCS quarterly update, record layout.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from model.errors import ImportRefused
from model.importing.periods import asked, named, quarter_of
from model.importing.procedure_changes import TABLE
from model.importing.published import Hints, Kind, Published
from model.importing.sheets import CODE, Sheet, column_named, text_of
from model.importing.sources import Member
from model.policy_folder import Period

_RECORD = re.compile(r"(?:[A-Z]\d{4}|   [A-Z0-9]{2})\d{5}[3478]")
_FIRST_LINE = "3"
_SHORTEST = 292
"""A record that ends before the last day it carries was cut off."""
_ADDED, _ACTION, _ENDED = 268, 276, 284
_QUARTER = re.compile(r"HCPC(20\d\d)[-_ ]?(JAN|APR|JUL|OCT)", re.IGNORECASE)
_MONTHS = {"jan": 1, "apr": 4, "jul": 7, "oct": 10}
_PLACES = (1, 11, _ADDED + 1, _ACTION + 1, _ENDED + 1)
"""Where code, record and days begin, counted from 1."""


def found_in_text(member: Member, hints: Hints) -> Published | None:
    """The days of each code in fixed-width records; None where it is another kind of file.

    Raises:
        ImportRefused: A record is cut off or holds no day where one belongs.
    """
    lines = text_of(member).splitlines()
    if not lines or _RECORD.match(lines[0]) is None:
        return None
    records = (_record(member, number, line) for number, line in enumerate(lines, 1) if line)
    sheet = Sheet(member, tuple(records), _PLACES)
    return _published(sheet, hints, head=0, columns=[0, 1, 2, 3, 4])


def found_in(sheet: Sheet, hints: Hints) -> Published | None:
    """The same from a sheet with a head."""
    for line, fields in sheet.head:
        if columns := _columns(fields):
            return _published(sheet, hints, head=line, columns=columns)
    return None


def _record(member: Member, number: int, line: str) -> tuple[int, list[str]]:
    if _RECORD.match(line) is None:
        raise ImportRefused(member.name, "is no HCPCS record", line=number, column=1)
    if line[10] == _FIRST_LINE and len(line) < _SHORTEST:
        reason = f"the record is cut off at {len(line)} characters"
        raise ImportRefused(member.name, reason, line=number, column=len(line))
    days = (line[place : place + 8].strip() for place in (_ADDED, _ACTION, _ENDED))
    return number, [line[:5].strip(), line[10], *days]


def _columns(fields: Sequence[str]) -> list[int] | None:
    return column_named(
        fields,
        lambda name: name in ("hcpc", "hcpcs"),
        lambda name: name in ("recid", "record id", "recordid"),
        lambda name: name in ("add dt", "add_dt", "added date"),
        lambda name: name in ("act eff dt", "act_eff_dt", "action effective date"),
        lambda name: name in ("term dt", "term_dt", "termination date"),
    )


def _published(sheet: Sheet, hints: Hints, *, head: int, columns: Sequence[int]) -> Published:
    found = tuple(_days(sheet, head, columns))
    if not found:
        raise ImportRefused(sheet.member.name, "holds no code")
    period = _period(sheet, hints, max(action for _, _, action, _ in found))
    return Published(
        kind=Kind.HCPCS,
        member=sheet.member.name,
        table=TABLE,
        release=named(period),
        period=period,
        rows=tuple(_changes(found)),
        rows_read=len(found),
    )


def _period(sheet: Sheet, hints: Hints, newest: date) -> Period:
    """The quarter: as asked, as the file inside the zip is named, or that of the newest action."""
    if hints.release:
        return asked(hints.release, sheet.member.name)
    if name := _QUARTER.search(sheet.member.name):
        return quarter_of(date(int(name[1]), _MONTHS[name[2].lower()], 1))
    return quarter_of(newest)


def _days(
    sheet: Sheet, head: int, columns: Sequence[int]
) -> Iterator[tuple[str, date, date, date | None]]:
    code, record, added, action, ended = columns
    for row in sheet.rows:
        line, fields = row
        fields = [*fields, *[""] * (max(columns) + 1 - len(fields))]
        if line <= head or fields[record] != _FIRST_LINE:
            continue
        if CODE.fullmatch(fields[code]) is None:
            raise sheet.refuse("is no HCPCS code", line, code)
        whole = (line, fields)
        first = sheet.day(whole, added)
        newest = sheet.day(whole, action) if fields[action] else first
        last = sheet.day(whole, ended) if fields[ended] else None
        yield fields[code], first, newest, last


def _changes(
    found: Sequence[tuple[str, date, date, date | None]],
) -> Iterator[tuple[str, ...]]:
    for code, first, _, last in found:
        yield code, "valid_from", first.isoformat(), ""
        yield code, "valid_to", last.isoformat() if last else "", ""

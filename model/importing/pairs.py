"""NCCI procedure-to-procedure edits: the quarterly files of code pairs.

Layout: tab-separated text (or the same sheet as a workbook) with notices and a head of several
lines, then column 1, column 2, a mark for "in existence prior to 1996", effective date, deletion
date or ``*``, modifier indicator (0, 1, 9) and rationale. A release comes in four files, cut by
column 1.

Checked against descriptions of ccipra and ccioph v31.3 to v32.3 (2025Q4 to 2026Q4) in public
repositories: a copyright line and "Column1/Column2 Edits", each padded with tabs; a head of four
lines in the text, of one in the workbook; carriage returns; days as YYYYMMDD; ``.TXT`` or ``.txt``
beside the same in ``.xlsx``; indicator 9 with a deletion on the effective day.

Source: CMS, Medicare NCCI PTP edits, quarterly files.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from model.codes.edits import PAIR_TABLES
from model.errors import ImportRefused
from model.importing.periods import asked_quarter, named, quarter_of, refuse_older
from model.importing.published import Change, Hints, Kind, Plan, Published, Verb
from model.importing.scope import table_rows, therapy_codes
from model.importing.sheets import CODE, Sheet
from model.importing.writing import csv_bytes
from model.policy_folder import Period, imported

HEAD = ["column1", "column2", "indicator", "from", "to", "confidence"]
_NEVER = "9"
_INDICATORS = ("0", "1", _NEVER)
_NO_DATE = ("*", "")
_OPEN = "9999-12-31"
_VERSION = re.compile(r"cci(pra|oph)-v(\d\d)([0-3])r", re.IGNORECASE)
"""Practitioner or outpatient hospital, and the version: 32.1 is the second quarter of 2026."""
_VERSION_ZERO = 1994
_TABLE = {"pra": "ncci_practitioner", "oph": "ncci_outpatient"}
_FEWEST_WITNESSES, _SURE = 20, 0.8
"""Pairs on which the two tables differ that must be in a file, and the share that must agree."""

Pair = tuple[str, str]


def found_in(sheet: Sheet, hints: Hints) -> Published | None:
    """The pairs in ``sheet``; None where it is another kind of table.

    Raises:
        ImportRefused: It is damaged, or does not say whose edits they are.
    """
    if not any(_is_head(fields) for _, fields in sheet.head):
        return None
    rows = tuple(_rows(sheet))
    if not rows:
        raise ImportRefused(sheet.member.name, "holds no pair of codes")
    table = _whose(sheet, rows, hints)
    period = _period(sheet, rows, hints)
    refuse_older(table, period, sheet.member.name)
    first = [row[0] for row in rows]
    return Published(
        kind=Kind.PAIRS,
        member=sheet.member.name,
        table=table,
        release=named(period),
        period=period,
        rows=rows,
        rows_read=len(rows),
        reach=(min(first), max(first)),
    )


def planned(published: Published) -> Plan:
    """The table with the file's rows in place of those of the same codes in column 1.

    Raises:
        ImportRefused: Two of its edits contradict each other on a day.
    """
    low, high = published.reach or ("", "~")
    scope = therapy_codes()
    kept = {row for row in published.rows if row[0] in scope and row[1] in scope}
    taken = {(*row, "verified") for row in _apart(published, filter(_was_in_force, kept))}
    held = [tuple(row) for row in table_rows(published.table)]
    within = [row for row in held if low <= row[0] <= high]
    rest = [row for row in held if not low <= row[0] <= high]
    rows = sorted({*rest, *taken})
    parts = _parts(published)
    return Plan(
        published=published,
        rows_kept=len(kept),
        rows_held=len(_by_pair(within)),
        changes=tuple(_changes(within, sorted(taken))),
        content=csv_bytes(HEAD, rows),
        is_complete=_is_complete(rows, parts, published),
        parts=parts,
    )


def _is_head(fields: Sequence[str]) -> bool:
    joined = " ".join(fields).lower()
    return "column 1" in joined and "column 2" in joined and len(fields) >= 6


def _rows(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    """Column 1, column 2, indicator, first and last day, once the head is past."""
    has_begun = False
    for row in sheet.rows:
        has_begun = has_begun or CODE.fullmatch(row[1][0]) is not None
        if has_begun:
            yield _row(sheet, row)


def _row(sheet: Sheet, row: tuple[int, list[str]]) -> tuple[str, ...]:
    column1, column2 = sheet.code(row, 0), sheet.code(row, 1)
    start = sheet.day(row, 3)
    is_open = sheet.field(row, 4) in _NO_DATE
    end = "" if is_open else sheet.day(row, 4).isoformat()
    return column1, column2, sheet.one_of(row, 5, _INDICATORS), start.isoformat(), end


def _was_in_force(row: tuple[str, ...]) -> bool:
    """Whether it ever judged a claim: indicator 9 marks pairs taken back from their first day."""
    return row[2] != _NEVER and (not row[4] or row[3] <= row[4])


def _apart(published: Published, rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The rows, those that say the same of overlapping days made one."""
    ordered = sorted(rows, key=lambda row: (*sorted(row[:2]), row[3], row[4] or _OPEN))
    for _, times in groupby(ordered, key=lambda row: sorted(row[:2])):
        held, *later = times
        for row in later:
            if row[3] > (held[4] or _OPEN):
                yield held
                held = row
            elif row[:3] != held[:3]:
                reason = f"has two edits of {row[0]} with {row[1]} that contradict on {row[3]}"
                raise ImportRefused(published.member, reason)
            else:
                last = max(held[4] or _OPEN, row[4] or _OPEN)
                held = (*held[:4], "" if last == _OPEN else last)
        yield held


def _period(sheet: Sheet, rows: Iterable[tuple[str, ...]], hints: Hints) -> Period:
    """The quarter: as asked, as the version in the file's name inside the zip, or by its dates."""
    newest = max(row[3] for row in rows)
    version = _VERSION.search(sheet.member.name)
    if hints.release:
        period = asked_quarter(hints.release, sheet.member.name)
    elif version:
        period = quarter_of(date(_VERSION_ZERO + int(version[2]), int(version[3]) * 3 + 1, 1))
    else:
        period = quarter_of(date.fromisoformat(newest))
    if newest > period[1].isoformat():
        reason = f"has an edit from {newest}, after {named(period)}; say --release"
        raise ImportRefused(sheet.member.name, reason)
    return period


def _whose(sheet: Sheet, rows: Sequence[tuple[str, ...]], hints: Hints) -> str:
    """The table it belongs to: as asked, by what the rows say, by the version in the name."""
    if hints.table in PAIR_TABLES:
        return hints.table
    version = _VERSION.search(sheet.member.name)
    by_name = _TABLE[version[1].lower()] if version else None
    by_rows = _by_rows(rows)
    if by_name and by_rows and by_name != by_rows:
        reason = f"is named {by_name}, and its rows are those of {by_rows}; say --table"
        raise ImportRefused(sheet.member.name, reason)
    if found := by_rows or by_name:
        return found
    choices = " or ".join(PAIR_TABLES)
    raise ImportRefused(
        sheet.member.name, f"does not say whose edits it has; say --table {choices}"
    )


def _by_rows(rows: Iterable[tuple[str, ...]]) -> str | None:
    """The table whose pairs in force agree with the file where the two tables differ."""
    practitioner, outpatient = (_in_force(table_rows(table)) for table in PAIR_TABLES)
    given = _in_force(rows)
    both = practitioner.keys() | outpatient.keys()
    witnesses = [
        pair
        for pair in both & given.keys()
        if practitioner.get(pair) != outpatient.get(pair)
        and given[pair] in (practitioner.get(pair), outpatient.get(pair))
    ]
    if len(witnesses) < _FEWEST_WITNESSES:
        return None
    share = sum(given[pair] == practitioner.get(pair) for pair in witnesses) / len(witnesses)
    if share >= _SURE:
        return PAIR_TABLES[0]
    return PAIR_TABLES[1] if share <= 1 - _SURE else None


def _in_force(rows: Iterable[Sequence[str]]) -> dict[Pair, str]:
    return {(row[0], row[1]): row[2] for row in rows if not row[4] and row[2] != _NEVER}


def _parts(published: Published) -> tuple[tuple[str, str, str], ...]:
    """What of each release is in: older parts stay where this file does not reach."""
    if published.reach is None or published.period is None:
        return ()
    low, high = published.reach
    own = imported().get(published.table)
    rest = [(a, b, str(to)) for a, b, to in own.parts if b < low or high < a] if own else []
    return tuple(sorted([*rest, (low, high, published.period[1].isoformat())]))


def _is_complete(
    rows: Iterable[Sequence[str]], parts: Iterable[tuple[str, str, str]], published: Published
) -> bool:
    """Whether every edit in force stands in a part of this release."""
    if published.period is None:
        return False
    to = published.period[1].isoformat()
    current = [(low, high) for low, high, reached in parts if reached >= to]
    open_codes = {row[0] for row in rows if not row[4]}
    return all(any(low <= code <= high for low, high in current) for code in open_codes)


def _changes(
    before: Iterable[tuple[str, ...]], after: Iterable[tuple[str, ...]]
) -> Iterator[Change]:
    old, new = _by_pair(before), _by_pair(after)
    for pair in sorted(old.keys() | new.keys()):
        row, was, now = " + ".join(pair), old.get(pair, ()), new.get(pair, ())
        if not was:
            yield Change(row, Verb.ADDED, "", _words(now))
        elif not now:
            yield Change(row, Verb.WITHDRAWN, _words(was), "")
        elif _words(was) != _words(now):
            yield Change(row, _verb(was, now), _words(was), _words(now))


def _by_pair(rows: Iterable[tuple[str, ...]]) -> dict[Pair, tuple[tuple[str, ...], ...]]:
    ordered = sorted(rows, key=lambda row: (row[0], row[1], row[3]))
    return {pair: tuple(found) for pair, found in groupby(ordered, lambda row: (row[0], row[1]))}


def _verb(was: Sequence[tuple[str, ...]], now: Sequence[tuple[str, ...]]) -> Verb:
    if any(not row[4] for row in was) and all(row[4] for row in now):
        return Verb.ENDED
    if [(row[2], row[4]) for row in was] == [(row[2], row[4]) for row in now]:
        return Verb.DATED
    return Verb.CHANGED


def _words(rows: Iterable[tuple[str, ...]]) -> str:
    return ", ".join(f"indicator {row[2]} {row[3] or '...'} to {row[4] or '...'}" for row in rows)

"""What published lists change of the procedures we hold, from which day on.

A list never adds a procedure: its caption, timing and family are written by hand. It changes the
Medicare status and the therapy disposition from a day on, and the days a code begins and ends.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from model.codes.procedures import Procedure, find, known
from model.importing.published import Change, Kind, Plan, Published, Verb
from model.importing.scope import table_rows
from model.importing.writing import csv_bytes

TABLE = "procedures"
HEAD = ["code", "field", "value", "from"]
_DAYS = ("valid_from", "valid_to")
_MISSED = (Kind.THERAPY_LIST,)
"""Lists whose codes are all therapy: one we do not hold is worth a line."""


def planned(published: Published) -> Plan:
    """The changes held, with those the file makes; its rows are code, field, value, first day."""
    held = [tuple(row) for row in table_rows(TABLE)]
    ours = [row for row in published.rows if row[0] in set(known())]
    new = [row for row in ours if _now(row) != row[2]]
    replaced = {_place(row) for row in new}
    rows = sorted([*(row for row in held if _place(row) not in replaced), *new])
    return Plan(
        published=published,
        rows_kept=len({row[0] for row in ours if row[1] != "valid_to"}),
        rows_held=len(known()),
        changes=tuple(sorted({*map(_change, new), *_missed(published)})),
        content=csv_bytes(HEAD, rows),
        is_complete=published.kind is Kind.RELATIVE_VALUES,
    )


def ended_before(day: date, code: str) -> tuple[str, str, str, str]:
    """The row that ends ``code`` the day before ``day``."""
    return code, "valid_to", date.fromordinal(day.toordinal() - 1).isoformat(), ""


def in_force(on: date) -> Iterator[Procedure]:
    """Every procedure we hold that is in force on the day."""
    for code in known():
        found = find(code, on)
        if found is not None and found.is_in_force(on):
            yield found


def _place(row: Iterable[str]) -> tuple[str, str, str]:
    """What a row of changes overrides: the same field of the same code from the same day."""
    code, field, _, start = row
    return code, field, start


def _now(row: tuple[str, ...]) -> str:
    """What the tables in use say of the field on the day of the row."""
    code, field, _, start = row
    found = find(code, date.fromisoformat(start) if start else None)
    said = getattr(found, field)
    return "" if said is None else str(said)


def _change(row: tuple[str, ...]) -> Change:
    code, field, value, start = row
    verb = Verb.ENDED if field == "valid_to" and value else Verb.CHANGED
    since = "" if field in _DAYS else f" from {start}"
    return Change(f"{code} {field}", verb, _now(row), f"{value or 'open'}{since}")


def _missed(published: Published) -> Iterator[Change]:
    if published.kind not in _MISSED or published.period is None:
        return
    listed = {row[0]: row[2] for row in published.rows}
    for code in sorted(listed.keys() - set(known())):
        yield Change(code, Verb.UNKNOWN, "", listed[code])
    for found in in_force(published.period[0]):
        if found.therapy != "never" and found.code not in listed:
            yield Change(found.code, Verb.ABSENT, found.therapy)

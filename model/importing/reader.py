"""Which published table a file is, told by what it holds and not by what it is called."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from model.errors import ImportRefused
from model.importing import (
    descriptors,
    hcpcs,
    icd10cm_files,
    pairs,
    procedure_changes,
    relative_values,
    therapy_list,
    unit_limits,
)
from model.importing.published import Hints, Kind, Plan, Published
from model.importing.sheets import Sheet, tables
from model.importing.sources import Member, Source, opened

_BY_TEXT: tuple[Callable[[Member, Hints], Published | None], ...] = (
    icd10cm_files.found_in,
    hcpcs.found_in_text,
)
_BY_SHEET: tuple[Callable[[Sheet, Hints], Published | None], ...] = (
    pairs.found_in,
    unit_limits.found_in,
    relative_values.found_in,
    therapy_list.found_in,
    hcpcs.found_in,
)
_PLANNERS: dict[Kind, Callable[[Published], Plan]] = {
    Kind.PAIRS: pairs.planned,
    Kind.UNIT_LIMITS: unit_limits.planned,
    Kind.ICD10CM_TABULAR: icd10cm_files.planned,
    Kind.ICD10CM_ORDER: icd10cm_files.planned,
    Kind.RELATIVE_VALUES: procedure_changes.planned,
    Kind.THERAPY_LIST: procedure_changes.planned,
    Kind.HCPCS: procedure_changes.planned,
    Kind.DESCRIPTORS: descriptors.planned,
}
_MOST_LOST, _FEW = 0.2, 10
"""No release ends a fifth of what therapy bills; a file that seems to was cut off on its way."""
_UNREAD = (b"%PDF", b"\xd0\xcf\x11\xe0")
"""How documents and old spreadsheets begin, which zips carry beside their tables."""
_HEAD = 65536
_TABLE = re.compile(
    rb"column 1\b|mue values|relative value file|^[A-Z0-9 ]{5}\d{5}[3478]|^\d{5} [A-Z][0-9A-Z]{2}",
    re.IGNORECASE,
)
"""How a table of ours begins, so that a byte that is no text in one is damage."""


def read(path: Path, hints: Hints | None = None) -> tuple[Source, Published]:
    """The published table in the file at ``path``, read whole.

    A zip may hold the same table several times (text and spreadsheet): the text is read. One that
    holds different tables is refused: unpack it and name the one that is meant. Descriptors are
    looked for last: any list of codes with words looks like them, such as the relative values in
    columns of fixed width that lie beside their table.

    Raises:
        ImportRefused: It is damaged, or no table we read.
    """
    source = opened(path)
    found = list(_recognised(source.members, hints or Hints()))
    if not found:
        kinds = ", ".join(kind.replace("_", " ") for kind in Kind)
        raise ImportRefused(source.name, f"is none of the tables we read ({kinds})")
    first, *others = found
    for other in others:
        if (other.kind, other.table, other.rows) != (first.kind, first.table, first.rows):
            reason = f"holds two tables, {first.member} and {other.member}; unpack it and name one"
            raise ImportRefused(source.name, reason)
    return source, first


def planned(published: Published) -> Plan:
    """What taking the file would make of the table in use.

    Raises:
        ImportRefused: So much of what is held would end that the file cannot be whole.
    """
    plan = _PLANNERS[published.kind](published)
    if plan.rows_lost > max(_FEW, _MOST_LOST * plan.rows_held):
        reason = f"would end {plan.rows_lost} of {plan.rows_held} rows held; it seems cut off"
        raise ImportRefused(published.member, reason)
    return plan


def _recognised(members: Iterable[Member], hints: Hints) -> Iterator[Published]:
    """Tables in the texts; only where there is none, those in the spreadsheets."""
    readable = [member for member in members if not member.content.startswith(_UNREAD)]
    texts = [member for member in readable if not member.is_workbook and _is_text(member)]
    workbooks = [member for member in readable if member.is_workbook]
    found = [table for member in texts if (table := _in_text(member, hints))]
    found = found or [table for member in workbooks for table in _in_sheets(member, hints)]
    yield from found or filter(None, (descriptors.found_in(member, hints) for member in texts))


def _is_text(member: Member) -> bool:
    """Whether it may be a table: other files lie beside tables in a zip, and hold any byte."""
    return b"\x00" not in member.content or _TABLE.search(member.content[:_HEAD]) is not None


def _in_text(member: Member, hints: Hints) -> Published | None:
    for find in _BY_TEXT:
        if found := find(member, hints):
            return found
    return next(_in_sheets(member, hints), None)


def _in_sheets(member: Member, hints: Hints) -> Iterator[Published]:
    for sheet in tables(member):
        for find in _BY_SHEET:
            if found := find(sheet, hints):
                if sheet.broken is not None:
                    raise sheet.broken
                yield found
                break

"""Tables as rows of fields, whichever way they are written: tabs, commas, or a spreadsheet."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from model.errors import ImportRefused
from model.importing.sources import Member
from model.importing.workbook import Row, sheets

CODE = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]")
"""A CPT or HCPCS code: 97110, 0552T, G0283."""
_HEAD = 60
"""How many lines of notices and titles may stand above the head of a table."""
_COMPACT = re.compile(r"\d{8}")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file.

    Attributes:
        rows: Line number and fields, stripped; empty lines are left out.
        places: Where each field begins, counted in characters from 1, in lines of fixed width.
        broken: Why no row below these could be read; raised once it is known to be a table of ours.
    """

    member: Member
    rows: tuple[Row, ...]
    places: tuple[int, ...] = ()
    broken: ImportRefused | None = None

    @property
    def head(self) -> tuple[Row, ...]:
        """Where notices, titles and the names of the columns stand."""
        return self.rows[:_HEAD]

    def refuse(self, reason: str, line: int, column: int | None = None) -> ImportRefused:
        """The error that names a place of this table; ``column`` counts from 0."""
        place = None
        if column is not None:
            place = self.places[column] if self.places else column + 1
        return ImportRefused(self.member.name, reason, line=line, column=place)

    def code(self, row: Row, column: int) -> str:
        """The procedure code in a field."""
        written = self.field(row, column)
        if CODE.fullmatch(written) is None:
            raise self.refuse(f"{_shown(written)} is no procedure code", row[0], column)
        return written

    def day(self, row: Row, column: int) -> date:
        """The day in a field: YYYYMMDD, YYYY-MM-DD or M/D/YYYY."""
        written = self.field(row, column)
        slashed = _SLASHED.fullmatch(written)
        plain = f"{slashed[3]}{slashed[1]:0>2}{slashed[2]:0>2}" if slashed else written
        try:
            if _COMPACT.fullmatch(plain.replace("-", "")) is None:
                raise ValueError(plain)
            return date.fromisoformat(plain)
        except ValueError:
            raise self.refuse(f"{_shown(written)} is no day", row[0], column) from None

    def one_of(self, row: Row, column: int, allowed: Sequence[str]) -> str:
        """A field that holds one of few words."""
        written = self.field(row, column)
        if written not in allowed:
            reason = f"{_shown(written)} is none of {', '.join(allowed)}"
            raise self.refuse(reason, row[0], column)
        return written

    def field(self, row: Row, column: int) -> str:
        """A field that must be there."""
        line, fields = row
        if column >= len(fields):
            raise self.refuse(f"has {len(fields)} fields; one is missing", line, len(fields))
        return fields[column]


def tables(member: Member) -> Iterator[Sheet]:
    """The tables in a file: every sheet of a workbook, or the one table of a text.

    Raises:
        ImportRefused: A workbook is damaged, or a text is none.
    """
    if member.is_workbook:
        for rows in sheets(member):
            yield Sheet(member, tuple(row for row in rows if any(row[1])))
        return
    yield _table(member)


def text_of(member: Member) -> str:
    """The text of a file: UTF-8, or else the code page American offices write.

    Raises:
        ImportRefused: It is no text.
    """
    if b"\x00" in member.content:
        line = member.content.count(b"\n", 0, member.content.index(b"\x00")) + 1
        raise ImportRefused(member.name, "holds a byte that is no text", line=line)
    try:
        return member.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return member.content.decode("latin-1")


def column_named(fields: Sequence[str], *wanted: Callable[[str], bool]) -> list[int] | None:
    """The columns whose names are ``wanted``, in that order; None where one is missing."""
    found = []
    for is_wanted in wanted:
        places = [n for n, name in enumerate(fields) if is_wanted(" ".join(name.lower().split()))]
        if not places:
            return None
        found.append(places[0])
    return found


def _table(member: Member) -> Sheet:
    text = text_of(member)
    is_tabbed = "\t" in text[:65536]
    reader = csv.reader(
        StringIO(text, newline=""),
        delimiter="\t" if is_tabbed else ",",
        quoting=csv.QUOTE_NONE if is_tabbed else csv.QUOTE_MINIMAL,
        strict=True,
    )
    rows: list[Row] = []
    try:
        for fields in reader:
            stripped = [field.strip() for field in fields]
            if any(stripped):
                plain = [field.strip('"') for field in stripped] if is_tabbed else stripped
                rows.append((reader.line_num, plain))
    except csv.Error as error:
        broken = ImportRefused(member.name, f"is no table: {error}", line=reader.line_num)
        return Sheet(member, tuple(rows), broken=broken)
    return Sheet(member, tuple(rows))


def _shown(written: str) -> str:
    """What stands in a field, shortened: a descriptor in the wrong place is not ours to repeat."""
    return f"'{written}'" if len(written) <= 10 else f"a field of {len(written)} characters"

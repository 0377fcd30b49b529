"""The annual therapy code list: which codes CMS counts as always or sometimes therapy.

Layout: titles, then a head with a code column and a disposition column; footnotes below. No copy
of a published list was found to check this against.

Source: CMS, Therapy Services, annual therapy update.
"""

import re
from collections.abc import Iterator, Sequence

from model.errors import ImportRefused
from model.importing.periods import asked, named, year_of
from model.importing.procedure_changes import TABLE
from model.importing.published import Hints, Kind, Published
from model.importing.sheets import CODE, Sheet, column_named
from model.policy_folder import Period

_WORDS = re.compile(r"\b(always|sometimes)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def found_in(sheet: Sheet, hints: Hints) -> Published | None:
    """Code and disposition; None where it is another kind of table.

    Raises:
        ImportRefused: It is damaged, or does not say its year.
    """
    head = next((row for row in sheet.head if _columns(row[1])), None)
    if head is None:
        return None
    period = _period(sheet, hints)
    start = period[0].isoformat()
    rows = tuple(
        (code, "therapy", disposition, start)
        for code, disposition in _rows(sheet, head[0], _columns(head[1]) or [])
    )
    if not rows:
        raise ImportRefused(sheet.member.name, "holds no code")
    return Published(
        kind=Kind.THERAPY_LIST,
        member=sheet.member.name,
        table=TABLE,
        release=named(period),
        period=period,
        rows=rows,
        rows_read=len(rows),
    )


def _columns(fields: Sequence[str]) -> list[int] | None:
    return column_named(
        fields,
        lambda name: name.startswith(("hcpcs", "cpt")) and "code" in name,
        lambda name: "disposition" in name,
    )


def _rows(sheet: Sheet, head: int, columns: Sequence[int]) -> Iterator[tuple[str, str]]:
    code, disposition = columns
    for row in sheet.rows:
        fields = row[1]
        written = fields[code].rstrip("*+ ") if code < len(fields) else ""
        if row[0] <= head or CODE.fullmatch(written) is None:
            continue  # footnotes
        words = {word.lower() for word in _WORDS.findall(sheet.field(row, disposition))}
        if len(words) != 1:
            reason = "the disposition is neither always nor sometimes therapy"
            raise sheet.refuse(reason, row[0], disposition)
        yield written, words.pop()


def _period(sheet: Sheet, hints: Hints) -> Period:
    if hints.release:
        return asked(hints.release, sheet.member.name)
    title = " ".join(field for _, fields in sheet.head[:5] for field in fields)
    year = _YEAR.search(title) or _YEAR.search(sheet.member.name)
    if year is None:
        raise ImportRefused(sheet.member.name, "does not say its year; say --release 2027")
    return year_of(int(year[1]))

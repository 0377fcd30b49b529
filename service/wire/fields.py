"""Field types of the wire: strict, except where JSON has no type of its own (dates, money).

No message here repeats what was sent, except what looks like a code or a payer's id: anything else
may be text of a note.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic.types import Strict

from model.codes import diagnosis, find
from model.errors import UnknownCode
from model.policy import payer_ids
from model.records import Discipline, NoteKind, Setting
from model.records.units import UnitRule

LONGEST_TEXT = 200_000
"""Code points of a note; ``model.parse.pipeline.LONGEST_NOTE`` says the same."""

DAY_MINUTES = 24 * 60
NOT_TEXT = "holds characters that are not text"

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DEVICE = re.compile(r"[A-FH-RT-Z][0-9]{4}")
_AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")


def _day(value: Any) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValueError("is no day of the calendar") from error
    raise ValueError("must be a date written YYYY-MM-DD")


def _amount(value: Any) -> Decimal:
    written = str(value) if type(value) is int else value
    if isinstance(written, str) and _AMOUNT.fullmatch(written):
        return Decimal(written)
    raise ValueError('must be dollars and cents written as text, such as "812.40"')


def readable(text: str) -> str:
    """``text``, unless it holds NUL or half a surrogate pair, which no encoding can store."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(NOT_TEXT) from error
    if "\x00" in text:
        raise ValueError(NOT_TEXT)
    return text


def _note(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"has {len(text)} characters; the most read is {LONGEST_TEXT}")
    return readable(text)


def _name(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("must be printable and not blank")
    return text


def _payer(payer_id: str) -> str:
    if payer_id not in payer_ids():
        raise ValueError(f"is no payer we hold; known are {', '.join(payer_ids())}")
    return payer_id


def _procedure(code: str) -> str:
    """A procedure we hold, or a device or supply, which stands on claims but is not judged."""
    if find(code) is None and not _DEVICE.fullmatch(code):
        raise ValueError(str(UnknownCode(code)))
    return code


def _diagnosis(code: str) -> str:
    try:
        return diagnosis(code).code
    except UnknownCode as error:
        raise ValueError(str(error)) from error


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{_AMOUNT.pattern}$"}),
]
Id = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_name)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_name)]
NoteText = Annotated[str, AfterValidator(_note)]
OldText = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(readable)]
PayerId = Annotated[str, AfterValidator(_payer)]
ProcedureCode = Annotated[str, StringConstraints(max_length=8), AfterValidator(_procedure)]
DiagnosisCode = Annotated[str, StringConstraints(max_length=10), AfterValidator(_diagnosis)]
ModifierCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2}$")]
Minutes = Annotated[int, Field(ge=0, le=DAY_MINUTES)]
Units = Annotated[int, Field(ge=0, le=999)]
Count = Annotated[int, Field(ge=0, le=100_000)]

OneDiscipline = Annotated[Discipline, Strict(False)]
OneNoteKind = Annotated[NoteKind, Strict(False)]
OneSetting = Annotated[Setting, Strict(False)]
OneUnitRule = Annotated[UnitRule, Strict(False)]

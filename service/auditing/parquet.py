"""Encounters from a Parquet file, and drafts into one. Imported through ``formats.parquet``."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa
from pyarrow.parquet import ParquetFile, ParquetWriter

from service.auditing.columns import draft_schema
from service.auditing.errors import AuditSourceInvalid
from service.intake import Received, Refused
from service.wire import EncounterIn
from service.wire.faults import faults
from service.wire.objects import BrokenJson, decoded

_ROWS_AT_ONCE = 64
_NESTED = ("clinician", "episode", "attestations")


def rows(source: Path) -> Iterator[Received | Refused]:
    """Every row as the body of an encounter; what is null is absent.

    ``where`` is ``file:row``, rows counted from 1. Nested objects are structs or JSON strings.

    Raises:
        AuditSourceInvalid: The file is damaged, or has columns that no encounter has.
    """
    try:
        with ParquetFile(source) as file:
            _check_columns(source, file.schema_arrow.names)
            number = 0
            for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE):
                for index in range(batch.num_rows):
                    number += 1
                    yield _row(f"{source}:{number}", batch, index)
    except (pa.ArrowException, OSError):
        # The library's own words may hold values of the file.
        raise AuditSourceInvalid(str(source), "is no Parquet file, or damaged") from None


def write(file: TextIO, parts: Iterable[Iterable[str]]) -> None:
    """The drafts of ``parts``, given as lines of JSON, as rows; a row group a part."""
    schema = draft_schema()
    with ParquetWriter(file.buffer, schema) as writer:
        for lines in parts:
            drafts = [json.loads(line) for line in lines]
            if drafts:
                writer.write_table(pa.Table.from_pylist(drafts, schema=schema))


def _check_columns(source: Path, names: Sequence[str]) -> None:
    """A column nobody knows is a mistake about the file, not about each of its rows."""
    known = sorted(EncounterIn.model_fields)
    if missing := [name for name in ("id", "text") if name not in names]:
        raise AuditSourceInvalid(str(source), f"has no column {' and no column '.join(missing)}")
    if len(set(names)) < len(names):
        raise AuditSourceInvalid(str(source), "has two columns of one name")
    unknown = [{"type": "extra_forbidden", "loc": (name,)} for name in names if name not in known]
    if unknown:
        found = "; ".join(f"column {fault}" for fault in faults(unknown, known)[:5])
        raise AuditSourceInvalid(str(source), found)


def _row(where: str, batch: Any, index: int) -> Received | Refused:
    body: dict[str, Any] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            value = _plain(column[index].as_py())
            if name in _NESTED and isinstance(value, str):
                value = _plain(decoded(value.encode("utf-8")))
        except UnicodeDecodeError:
            return Refused(where, f"{name}: is not UTF-8 text")
        except BrokenJson as error:
            return Refused(where, f"{name}: {error}")
        if value is not None:
            body[name] = value
    return Received(where, body)


def _plain(value: Any) -> Any:
    """``value`` as JSON would have given it: nulls left out of objects, days and amounts as text.

    A moment at midnight is a day: some programs know no other days.
    """
    match value:
        case dict():
            return {name: _plain(held) for name, held in value.items() if held is not None}
        case list():
            return [_plain(held) for held in value]
        case datetime() if value.time() == time() and value.tzinfo is None:
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
    return value

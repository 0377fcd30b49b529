"""Rows of a database of an earlier release, written down, and put into its tables again.

The tables are asked what they hold, and no class of today is: a row stays as that release wrote it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, LargeBinary, MetaData, Uuid
from sqlalchemy.types import TypeEngine

from service.db.engine import Database

FIRST_SCHEMA = Path(__file__).parent / "first_schema.json"
"""A clinic of the first release: two charts final, one of them amended and the other to be coded a
second time, one commented on and read again, one untouched; people, keys, events, the audit log."""

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def first_schema() -> tuple[str, Rows]:
    """The key that seals the clinic, as it stands in the environment, and its rows by table."""
    found = json.loads(FIRST_SCHEMA.read_text("utf-8"))
    return found["key"], found["rows"]


def put(database: Database, rows: Rows) -> None:
    """Insert ``rows`` into the tables as they are there now."""
    found = MetaData()
    found.reflect(database.engine)
    with database.engine.begin() as connection:
        for table in found.sorted_tables:
            for row in rows.get(table.name, ()):
                typed = {name: _typed(table.c[name].type, value) for name, value in row.items()}
                connection.execute(table.insert(), typed)


def _typed(column: TypeEngine[Any], value: Any) -> Any:
    """``value`` as the column takes it; JSON has neither moments nor bytes."""
    reads: tuple[tuple[type[TypeEngine[Any]], Callable[[Any], Any]], ...] = (
        (DateTime, datetime.fromisoformat),
        (Date, date.fromisoformat),
        (LargeBinary, bytes.fromhex),
        (Uuid, UUID),
    )
    read = next((read for kind, read in reads if isinstance(column, kind)), None)
    return value if read is None or value is None else read(value)

"""A disk without room for what SQLite would write."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from service.db.engine import Database


@contextmanager
def full_file(database: Database) -> Iterator[None]:
    """A disk on which the file cannot grow: SQLite reads 1 as: no more pages than now."""

    def limit(connection: sqlite3.Connection, record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1").close()

    database.close()
    event.listen(database.engine, "connect", limit)
    yield
    event.remove(database.engine, "connect", limit)
    database.close()

"""Backups: one SQLite file with every table, whatever database it came from and goes to."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, func, inspect, select

from service.db.engine import Database, translated
from service.db.errors import BackupInvalid, RestoreRefused
from service.db.migrate import migrate, upgrade
from service.db.tables import EncounterRow, Table
from service.outbox import OutputRefused

_ROWS = 1_000


def back_up(database: Database, path: Path) -> None:
    """Write every table to ``path``, as they were at one moment, while the service goes on.

    The file can be read by its owner only, and appears whole or not at all. Keys are not in it.

    Raises:
        OutputRefused: The file cannot be written there.
        StorageError: The database is away.
    """
    with _neighbour(path) as hidden:
        if database.is_sqlite:
            _copy_pages(database, hidden)
        else:
            _copy_rows(database, hidden)
        _sync(hidden)
        hidden.replace(path)


@contextmanager
def opened_backup(path: Path) -> Iterator[Database]:
    """A copy of the backup ``path``, with its tables brought up to this version.

    Raises:
        BackupInvalid: It is no backup of ours, or damaged.
        StorageBehind: A later version wrote it.
    """
    with tempfile.TemporaryDirectory(prefix="noteproof-") as folder:
        copy = Path(folder) / "backup.db"
        try:
            shutil.copyfile(path, copy)
        except OSError as error:
            raise BackupInvalid(path, error.strerror or "cannot be read") from None
        _require_whole(path, copy)
        database = Database(f"sqlite:///{copy}")
        try:
            migrate(database)
            yield database
        finally:
            database.close()


def restore(backup: Database, database: Database, *, replace: bool = False) -> Mapping[str, int]:
    """Put every row of ``backup`` into ``database``, all or none; returns rows by table.

    Raises:
        RestoreRefused: There are encounters already, and ``replace`` does not say to drop them.
        StorageError: The database is away or full; it is as it was before.
    """
    with translated(), database.engine.connect() as connection:
        connection = connection.execution_options(noteproof_begin="BEGIN IMMEDIATE")
        with connection.begin(), backup.engine.connect() as source:
            _require_room(connection, replace=replace)
            _drop_everything(connection)
            upgrade(connection)
            return _rows(source, connection)


def _copy_pages(database: Database, hidden: Path) -> None:
    with translated(), database.engine.connect() as connection:
        source: Any = connection.connection.driver_connection
        target = sqlite3.connect(hidden)
        try:
            source.backup(target)
            # A file that travels has no companions: neither -wal nor -shm.
            target.execute("PRAGMA journal_mode = DELETE").close()
        finally:
            target.close()


def _copy_rows(database: Database, hidden: Path) -> None:
    target = Database(f"sqlite:///{hidden}")
    try:
        migrate(target)
        with (
            translated(),
            database.engine.connect() as source,
            target.engine.begin() as connection,
        ):
            source = source.execution_options(isolation_level="REPEATABLE READ")
            _rows(source, connection)
        with target.engine.connect() as connection:
            connection.connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        target.close()


def _rows(source: Connection, target: Connection) -> Mapping[str, int]:
    copied = {}
    for table in Table.metadata.sorted_tables:
        copied[table.name] = 0
        found = source.execution_options(yield_per=_ROWS).execute(select(table)).mappings()
        for rows in found.partitions(_ROWS):
            target.execute(table.insert(), [dict(row) for row in rows])
            copied[table.name] += len(rows)
    return copied


def _require_room(connection: Connection, *, replace: bool) -> None:
    if replace or not inspect(connection).has_table(EncounterRow.__tablename__):
        return
    held = connection.scalar(select(func.count()).select_from(EncounterRow)) or 0
    if held:
        raise RestoreRefused(held)


def _drop_everything(connection: Connection) -> None:
    """The tables as they are found, Alembic's among them; triggers go with their tables."""
    found = MetaData()
    found.reflect(connection)
    found.drop_all(connection)


def _require_whole(path: Path, copy: Path) -> None:
    try:
        connection = sqlite3.connect(copy)
        try:
            (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError:
        raise BackupInvalid(path, "is no backup of this program") from None
    if verdict != "ok":
        raise BackupInvalid(path, "is damaged")


@contextmanager
def _neighbour(path: Path) -> Iterator[Path]:
    """A hidden file beside ``path``, for its owner only; gone unless it was renamed."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise OutputRefused(path, error.strerror or "cannot be written") from None
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for leftover in (name, f"{name}-wal", f"{name}-shm"):
            Path(leftover).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""One database, and the two ways to use it: reading and writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from service.db.errors import StorageError, StorageFull, StorageUnavailable, StorageUrlInvalid

BUSY_MS = 5_000
"""How long a writer waits for another before it gives up."""
_BEGIN = "noteproof_begin"
_IMMEDIATE = "BEGIN IMMEDIATE"
_TURN = "noteproof_turn"
_DISK_FULL = "53100"  # PostgreSQL's SQLSTATE; SQLite has a name for it instead


class Database:
    """An engine and its sessions. Safe to share between threads; made once, in ``create_app``.

    ``writing`` commits when its block ends well and rolls back when it does not. On SQLite it takes
    the one writer's place with the first statement, so that what was read stays true until it is
    committed; ``reading`` sees one snapshot and blocks nobody.
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = _url(url)
        self.engine = _engine(self.url, pool_size)
        self._reads = sessionmaker(self.engine, expire_on_commit=False)
        immediate = self.engine.execution_options(**{_BEGIN: _IMMEDIATE})
        self._writes = sessionmaker(immediate, expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is one file on this machine."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database; None for PostgreSQL."""
        return Path(self.url.database or "") if self.is_sqlite else None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction, committed at the end.

        Raises:
            StorageError: The database is away, busy for too long, or its disk is full.
        """
        with translated(), self._writes() as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that is only read from; whatever was changed in it is dropped.

        Raises:
            StorageError: The database is away.
        """
        with translated(), self._reads() as session:
            yield session

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


@contextmanager
def translated() -> Iterator[None]:
    """Turn what a driver says of its database into our words; its own may quote what was sent.

    A broken constraint is no trouble of the database and stays an ``IntegrityError``.
    """
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise _said(error) from None
    except PoolExhausted:
        raise StorageUnavailable from None
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        raise StorageUnavailable from None


def _said(error: DBAPIError) -> StorageError:
    origin: Any = error.orig
    is_full = getattr(origin, "sqlite_errorname", "") in {"SQLITE_FULL", "SQLITE_IOERR_WRITE"}
    if is_full or getattr(origin, "sqlstate", None) == _DISK_FULL:
        return StorageFull()
    return StorageUnavailable()


def _url(written: str) -> URL:
    try:
        url = make_url(written)
    except ArgumentError:
        raise StorageUrlInvalid from None
    if url.drivername in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    # In memory each connection would be a database of its own.
    is_file = url.drivername == "sqlite" and url.database not in {None, "", ":memory:"}
    if not is_file and url.drivername != "postgresql+psycopg":
        raise StorageUrlInvalid
    return url


def _engine(url: URL, pool_size: int) -> Engine:
    """An engine whose errors do not repeat the parameters of a statement."""
    if url.get_backend_name() != "sqlite":
        return create_engine(
            url, hide_parameters=True, pool_size=pool_size, max_overflow=pool_size,
            pool_pre_ping=True, pool_timeout=BUSY_MS / 1000,
        )  # fmt: skip
    engine = create_engine(url, hide_parameters=True, pool_size=pool_size, max_overflow=pool_size)
    turns = _Turns()
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", turns.begin)
    event.listen(engine, "checkin", turns.end)
    return engine


def _prepare_sqlite(connection: Any, record: object) -> None:
    # The driver's own BEGIN would come late and without IMMEDIATE; ours is sent by ``begin``.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_MS}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


class _Turns:
    """One writer of this process at a time, who begins the moment the one before is done.

    SQLite lets those who wait sleep, longer each time, and refuses whoever was unlucky for long;
    it still does so among processes.
    """

    def __init__(self) -> None:
        self._writing = Lock()

    def begin(self, connection: Connection) -> None:
        """Begin a transaction; one that will write waits for its turn."""
        statement = connection.get_execution_options().get(_BEGIN, "BEGIN")
        if statement == _IMMEDIATE and not connection.info.get(_TURN):
            if not self._writing.acquire(timeout=BUSY_MS / 1000):
                raise StorageUnavailable
            connection.info[_TURN] = True
        connection.exec_driver_sql(statement)

    def end(self, connection: object, record: ConnectionPoolEntry) -> None:
        """The connection is given back, whatever became of its transaction."""
        if record.info.pop(_TURN, False):
            self._writing.release()

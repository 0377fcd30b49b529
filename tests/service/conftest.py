"""Databases: what is kept is tested on SQLite and on PostgreSQL alike."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.db.engine import Database
from service.db.migrate import migrate
from service.keyring import Keyring
from tests.support.running import Service, serving
from tests.support.storage import PostgresServer, a_keyring, opened


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with PostgresServer.running() as server:
        server.hurry()
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'notes.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.fresh_url()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of each kind in turn, with its tables and nothing in them."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'notes.db'}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.fresh_url(is_migrated=True)
    with opened(url) as database:
        migrate(database)
        yield database


@pytest.fixture
def keyring() -> Keyring:
    return a_keyring()


@pytest.fixture
def service(url: str) -> Iterator[Service]:
    """A running service on an empty database of each kind."""
    with serving(url) as found:
        yield found

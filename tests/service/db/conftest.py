"""A second database, for what is saved in one and put into another."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.db.engine import Database
from tests.support.storage import PostgresServer, opened


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(
    request: pytest.FixtureRequest, tmp_path: Path, postgres: PostgresServer
) -> Iterator[Database]:
    """An empty database of each kind, to restore into."""
    is_file = request.param == "sqlite"
    with opened(f"sqlite:///{tmp_path / 'else.db'}" if is_file else postgres.fresh_url()) as made:
        yield made

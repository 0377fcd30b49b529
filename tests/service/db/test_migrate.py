from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from service.db.append_only import APPEND_ONLY
from service.db.engine import Database
from service.db.errors import StorageBehind
from service.db.migrate import head, migrate, require_head
from service.db.tables import AccountRow, AuditRow, DecisionRow, ReadingRow, Table
from tests.support.storage import NOW, an_encounter, opened


@pytest.fixture
def empty(url: str) -> Iterator[Database]:
    with opened(url) as database:
        yield database


def test_tables_after_all_migrations_are_those_the_code_describes(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Table.metadata)

    assert differences == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    assert migrate(database) == (head(), head())


def test_rows_of_the_first_schema_are_there_after_all_migrations(empty: Database) -> None:
    """Written as the first release wrote them, in SQL, so that no later class gets in between."""
    migrate(empty, to="0001")
    columns = (
        "id, received_at, changed_at, reading, version, status, lane, payer, lines, blocks, warns,"
        " is_stale"
    )
    values = "'enc-1', :now, :now, 1, 0, 'waiting', 'review', 'medicare_part_b', 2, 0, 1, false"
    with empty.writing() as session:
        session.execute(
            text(f"INSERT INTO encounters ({columns}) VALUES ({values})"),  # noqa: S608
            {"now": _moment(empty)},
        )

    assert migrate(empty) == ("0001", head())

    with empty.reading() as session:
        found = session.execute(text("SELECT id, payer, lines FROM encounters")).all()
    assert [tuple(row) for row in found] == [("enc-1", "medicare_part_b", 2)]


def test_tables_of_another_version_are_named_with_what_is_needed(empty: Database) -> None:
    with pytest.raises(StorageBehind) as raised, empty.reading() as session:
        require_head(session.connection())

    assert (raised.value.found, raised.value.needed) == (None, head())


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("act", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_what_only_grows_can_neither_be_changed_nor_removed(
    database: Database, table: str, act: str
) -> None:
    column = {"readings": "made_at", "decisions": "made_at", "audit_entries": "at"}[table]
    with database.writing() as session:
        for row in _rows():
            session.add(row)
            session.flush()

    with pytest.raises(IntegrityError, match="append-only"), database.writing() as session:
        session.execute(text(act.format(table, column, column)))

    with database.reading() as session:
        assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 1  # noqa: S608


def _rows() -> list[Any]:
    at: datetime = NOW
    account = AccountRow(
        id="a",
        name="dana",
        password="x",  # noqa: S106
        must_change_password=False,
        is_active=True,
        made_at=at,
    )
    reading = ReadingRow(encounter_id="enc-1", number=1, made_at=at, versions={}, sealed=b"x")
    decision = DecisionRow(
        encounter_id="enc-1",
        track="first",
        number=1,
        reading=1,
        kind="accept",
        made_by="a",
        made_at=at,
        sealed=b"x",
    )
    entry = AuditRow(
        seq=1, at=at, actor="a", action="b", subject="c", detail={}, previous="", hash=""
    )
    return [account, an_encounter(), reading, decision, entry]


def _moment(database: Database) -> object:
    """A moment as the driver of this database takes it without help."""
    return NOW.strftime("%Y-%m-%d %H:%M:%S.%f") if database.is_sqlite else NOW

"""A clinic of the first release: upgraded, saved and put elsewhere, it is what it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import MetaData, func, inspect, select, text

from service.audit.log import AuditLog
from service.db.copying import back_up, opened_backup, restore
from service.db.engine import Database
from service.db.migrate import head, migrate
from service.db.tables import DecisionRow, EncounterRow, ReadingRow
from service.keyring import Keyring, read_key
from service.reviews.deps import desk_of
from service.reviews.records import Track
from service.reviews.workflow import chart
from service.settings import Settings
from tests.support.drafts import NOTE
from tests.support.frozen import first_schema, put
from tests.support.storage import NOW, opened

KEY, ROWS = first_schema()
KEYRING = Keyring(read_key(KEY, "the clinic"))
READ_AGAIN = NOTE + "Plan: continue.\r\n"


@pytest.fixture
def clinic(url: str) -> Iterator[Database]:
    """The clinic as its first release left it."""
    with opened(url) as database:
        migrate(database, to="0001")
        put(database, ROWS)
        yield database


def _counts(database: Database) -> dict[str, int | None]:
    found = MetaData()
    found.reflect(database.engine)
    with database.engine.connect() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table))
            for name, table in found.tables.items()
            if name != "alembic_version"
        }


def _require_whole(database: Database) -> None:
    """Every row is there, the audit log holds, every note and every decision opens and adds up."""
    assert _counts(database) == {name: len(rows) for name, rows in ROWS.items()}
    with database.reading() as session:
        verified = AuditLog(session).verify()
        newest = ROWS["audit_entries"][-1]
        assert (verified.broken_at, verified.last_hash) == (None, newest["hash"])
        desk = desk_of(session, KEYRING, NOW, Settings())
        for row in session.scalars(select(EncounterRow)).all():
            found = chart(desk, row.id)
            assert (found.state.status, found.state.version) == (row.status, row.version)
            assert (row.finalized_at is None) == (row.status != "finalized")
        texts = [
            desk.reviews.reading(row.encounter_id, row.number).encounter.text
            for row in session.scalars(select(ReadingRow)).all()
        ]
        assert sorted(map(str, texts)) == sorted([*[NOTE] * 4, READ_AGAIN])
        decided = {(row.encounter_id, row.track) for row in session.scalars(select(DecisionRow))}
        opened_again = [desk.reviews.decisions(name, Track(track)) for name, track in decided]
        assert sum(map(len, opened_again)) == len(ROWS["decisions"])


def test_every_table_of_the_first_release_has_rows_here() -> None:
    assert [name for name, rows in ROWS.items() if not rows] == []


def test_an_upgrade_keeps_every_note_every_decision_and_the_chain(clinic: Database) -> None:
    assert migrate(clinic) == ("0001", head())

    _require_whole(clinic)
    indexes = {index["name"] for index in inspect(clinic.engine).get_indexes("encounters")}
    assert "ix_encounters_open" in indexes


def test_what_was_upgraded_is_saved_and_put_elsewhere_whole(
    clinic: Database, elsewhere: Database, tmp_path: Path
) -> None:
    migrate(clinic)
    back_up(clinic, tmp_path / "saved.db")

    with opened_backup(tmp_path / "saved.db") as copy:
        restore(copy, elsewhere)

    _require_whole(elsewhere)


def test_what_was_saved_before_the_upgrade_is_upgraded_when_it_is_put_elsewhere(
    clinic: Database, elsewhere: Database, tmp_path: Path
) -> None:
    back_up(clinic, tmp_path / "saved.db")

    with opened_backup(tmp_path / "saved.db") as copy:
        restore(copy, elsewhere)

    _require_whole(elsewhere)
    with elsewhere.reading() as session:
        assert session.scalars(text("SELECT version_num FROM alembic_version")).one() == head()

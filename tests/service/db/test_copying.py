import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, text

from service.audit.log import AuditLog
from service.db.copying import back_up, opened_backup, restore
from service.db.engine import Database
from service.db.errors import BackupInvalid, RestoreRefused, StorageBehind
from service.db.migrate import migrate
from service.db.tables import ReadingRow, Table
from service.envelope import Seals, encounter_cell
from service.keyring import Keyring
from service.outbox import OutputRefused
from service.people.records import Role
from tests.support.phi import MARKED_NOTE, leaks
from tests.support.storage import NOW, an_encounter, opened, settle

CELL = encounter_cell("readings", "enc-1", 1)


@pytest.fixture
def filled(database: Database, keyring: Keyring) -> Database:
    """A database with people, a sealed reading and a log."""
    account = settle(database, "dana", Role.CODER)
    with database.writing() as session:
        session.add(an_encounter(assigned_to=account.id))
        session.flush()
        sealed = Seals(session, keyring).seal_json(MARKED_NOTE, CELL)
        session.add(
            ReadingRow(
                encounter_id="enc-1", number=1, made_at=NOW, versions={"m": "1"}, sealed=sealed
            )
        )
        for n in range(3):
            AuditLog(session).add(at=NOW, actor="system", action="x", subject=str(n))
    return database


def _rows(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table.name: [tuple(row) for row in connection.execute(select(table).order_by(*keys))]
        for table in Table.metadata.sorted_tables
        if (keys := table.primary_key.columns.values())
    }


def _restored(path: Path, into: Database, *, replace: bool = False) -> None:
    with opened_backup(path) as copy:
        restore(copy, into, replace=replace)


def test_a_backup_put_into_a_database_of_either_kind_is_what_was_saved(
    filled: Database, elsewhere: Database, keyring: Keyring, tmp_path: Path
) -> None:
    back_up(filled, tmp_path / "saved.db")

    _restored(tmp_path / "saved.db", elsewhere)

    with filled.engine.connect() as before, elsewhere.engine.connect() as after:
        assert _rows(after) == _rows(before)
    with elsewhere.reading() as session:
        row = session.scalars(select(ReadingRow)).one()
        assert Seals(session, keyring).open_json(row.sealed, CELL) == MARKED_NOTE
        assert row.versions == {"m": "1"}
        assert (found := AuditLog(session).verify()).broken_at is None
        assert found.entries == 3


def test_a_backup_is_one_file_of_its_owner_without_a_word_of_a_note(
    filled: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    back_up(filled, folder / "saved.db")
    back_up(filled, folder / "saved.db")

    assert [path.name for path in folder.iterdir()] == ["saved.db"]
    assert stat.S_IMODE((folder / "saved.db").stat().st_mode) == 0o600
    assert leaks((folder / "saved.db").read_bytes().decode("latin-1")) == []


def test_what_is_written_while_a_backup_runs_is_not_half_in_it(
    filled: Database, tmp_path: Path
) -> None:
    """Another session has written and not committed: the backup neither waits nor sees it."""
    with filled.writing() as session:
        session.add(an_encounter("enc-2"))
        session.flush()
        back_up(filled, tmp_path / "saved.db")

    with opened_backup(tmp_path / "saved.db") as copy, copy.reading() as reader:
        assert reader.scalars(text("SELECT id FROM encounters")).all() == ["enc-1"]


def test_encounters_are_not_replaced_unless_that_is_said(filled: Database, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "saved.db")
    with filled.writing() as session:
        session.add(an_encounter("enc-2"))

    with pytest.raises(RestoreRefused):
        _restored(tmp_path / "saved.db", filled)
    with filled.reading() as session:
        assert len(session.scalars(text("SELECT id FROM encounters")).all()) == 2

    _restored(tmp_path / "saved.db", filled, replace=True)
    with filled.reading() as session:
        assert session.scalars(text("SELECT id FROM encounters")).all() == ["enc-1"]


def test_tables_stay_closed_after_a_backup_was_restored(
    filled: Database, elsewhere: Database, tmp_path: Path
) -> None:
    back_up(filled, tmp_path / "saved.db")
    _restored(tmp_path / "saved.db", elsewhere)

    with pytest.raises(Exception, match="append-only"), elsewhere.writing() as session:
        session.execute(text("DELETE FROM readings"))


def test_a_restore_that_fails_leaves_everything_as_it_was(filled: Database, tmp_path: Path) -> None:
    """A row of the backup breaks a constraint after the old tables were dropped."""
    back_up(filled, tmp_path / "saved.db")
    with opened_backup(tmp_path / "saved.db") as copy:
        with closing(sqlite3.connect(str(copy.file))) as connection:  # asks for no foreign keys
            connection.execute("UPDATE roles SET account_id = 'nobody'")
            connection.commit()
        with pytest.raises(Exception, match=r"(?i)foreign key"):
            restore(copy, filled, replace=True)

    with filled.reading() as session:
        assert session.scalars(text("SELECT id FROM encounters")).all() == ["enc-1"]
        assert AuditLog(session).verify().entries == 3


@pytest.mark.parametrize("content", [b"", b"no database at all", None])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "saved.db"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(BackupInvalid), opened_backup(path):
        pass


def _overwritten(content: bytes) -> bytes:
    return content[:4096] + b"\xff" * 8192 + content[12288:]


def _one_name_changed(content: bytes) -> bytes:
    """The row says another name than its index: every page can be read, and they disagree."""
    return content.replace(b"dana", b"danb", 1)


@pytest.mark.parametrize("damaged", [_overwritten, _one_name_changed])
def test_a_damaged_backup_is_refused(
    filled: Database, tmp_path: Path, damaged: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "saved.db"
    back_up(filled, path)
    path.write_bytes(damaged(path.read_bytes()))

    with pytest.raises(BackupInvalid, match=r"damaged|no backup"), opened_backup(path):
        pass


def test_a_backup_of_a_later_version_is_refused(filled: Database, tmp_path: Path) -> None:
    path = tmp_path / "saved.db"
    back_up(filled, path)
    with opened(f"sqlite:///{path}") as later, later.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StorageBehind), opened_backup(path):
        pass


def test_a_backup_of_the_first_schema_can_be_restored(elsewhere: Database, tmp_path: Path) -> None:
    path = tmp_path / "saved.db"
    with opened(f"sqlite:///{tmp_path / 'old.db'}") as old:
        migrate(old, to="0001")
        with old.writing() as session:
            session.execute(
                text("INSERT INTO accounts VALUES ('a', 'dana', 'x', false, true, '2026-03-02')")
            )
        back_up(old, path)

    _restored(path, elsewhere)

    with elsewhere.reading() as session:
        assert session.scalars(text("SELECT name FROM accounts")).all() == ["dana"]


def test_a_backup_into_a_folder_that_is_not_there_is_refused(
    filled: Database, tmp_path: Path
) -> None:
    with pytest.raises(OutputRefused):
        back_up(filled, tmp_path / "none" / "saved.db")

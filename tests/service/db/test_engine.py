import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import IntegrityError

from service.db.engine import Database
from service.db.errors import StorageFull, StorageUnavailable, StorageUrlInvalid
from service.db.migrate import migrate
from service.db.tables import EncounterRow
from tests.support.phi import MARKED_NOTE, leaks
from tests.support.storage import PostgresServer, an_encounter, opened


def _count(database: Database) -> int | None:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(EncounterRow))


def test_what_is_written_is_there_for_the_next_session(database: Database) -> None:
    with database.writing() as session:
        session.add(an_encounter())

    with database.reading() as session:
        row = session.get(EncounterRow, "enc-1")

    assert row is not None
    assert row.received_at == an_encounter().received_at
    assert row.received_at.utcoffset() is not None


def test_a_block_that_fails_leaves_nothing_behind(database: Database) -> None:
    def fail_after_writing() -> None:
        with database.writing() as session:
            session.add(an_encounter())
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_writing()

    assert _count(database) == 0


def test_a_session_for_reading_keeps_nothing(database: Database) -> None:
    with database.reading() as session:
        session.add(an_encounter())
        session.flush()

    assert _count(database) == 0


def test_a_broken_constraint_is_told_apart_from_trouble_and_quotes_no_parameter(
    database: Database,
) -> None:
    with pytest.raises(IntegrityError) as raised, database.writing() as session:
        session.add_all([an_encounter(), an_encounter(assigned_to=MARKED_NOTE[:36])])

    assert leaks(str(raised.value)) == []


def test_two_writers_both_count_what_they_read_and_neither_is_lost(database: Database) -> None:
    """Each reads a row and writes it back one higher, from several threads at once."""
    with database.writing() as session:
        session.add(an_encounter(lines=0))

    def add_five() -> None:
        for _ in range(5):
            with database.writing() as session:
                query = select(EncounterRow).where(EncounterRow.id == "enc-1").with_for_update()
                session.scalars(query).one().lines += 1

    threads = [threading.Thread(target=add_five) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.reading() as session:
        assert session.scalar(select(EncounterRow.lines)) == 20


def test_a_turn_to_write_that_came_to_nothing_is_given_back(tmp_path: Path) -> None:
    """Another process has the file; when it is done, those who waited here write again."""
    url = f"sqlite:///{tmp_path / 'notes.db'}"
    with opened(url) as here, opened(url) as other_process:
        migrate(here)
        event.listen(here.engine, "connect", _never_wait)
        here.close()
        with other_process.writing() as session:
            session.add(an_encounter())
            session.flush()
            for _ in range(2):
                with pytest.raises(StorageUnavailable), here.writing() as refused:
                    refused.add(an_encounter("enc-2"))

        with here.writing() as session:
            session.add(an_encounter("enc-3"))

        assert _count(here) == 2


def _never_wait(connection: sqlite3.Connection, record: object) -> None:
    connection.execute("PRAGMA busy_timeout = 0").close()


def _write(database: Database, *, pages: int, encounters: int) -> None:
    """On a disk that has room for so many pages."""
    with database.writing() as session:
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
        session.add_all(an_encounter(f"enc-{n}") for n in range(encounters))


@pytest.mark.parametrize(
    "url", ["", "notes.db", "sqlite://", "sqlite:///:memory:", "mysql://host/name", "::"]
)
def test_a_url_of_no_database_we_keep_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(StorageUrlInvalid) as raised:
        Database(url)

    assert "mysql" not in str(raised.value)


def test_a_password_in_the_url_is_in_no_error() -> None:
    database = Database("postgresql://ada:Quellenbrock@127.0.0.1:1/none")

    with pytest.raises(StorageUnavailable) as raised, database.reading() as session:
        session.execute(text("SELECT 1"))

    assert leaks(f"{raised.value!r} {raised.value.__cause__!r}") == []
    database.close()


def test_a_full_disk_is_said_and_the_next_write_after_room_was_made_succeeds(
    tmp_path: Path,
) -> None:
    with opened(f"sqlite:///{tmp_path / 'full.db'}") as database:
        migrate(database)

        with pytest.raises(StorageFull):
            _write(database, pages=1, encounters=500)  # SQLite reads 1 as: no more than now

        _write(database, pages=100_000, encounters=500)
        assert _count(database) == 500


def test_a_database_that_is_away_is_said_and_found_again_when_it_is_back(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "disk", tmp_path / "unplugged"
    folder.mkdir()
    with opened(f"sqlite:///{folder / 'notes.db'}") as database:
        migrate(database)
        database.close()
        folder.rename(elsewhere)

        with pytest.raises(StorageUnavailable), database.writing() as session:
            session.add(an_encounter())

        elsewhere.rename(folder)
        assert _count(database) == 0


def test_a_server_that_restarts_is_said_to_be_away_and_found_again() -> None:
    with PostgresServer.running() as server, opened(server.fresh_url()) as database:
        migrate(database)
        with database.writing() as session:
            session.add(an_encounter())

        server.stop()
        with pytest.raises(StorageUnavailable), database.reading() as session:
            session.scalar(select(EncounterRow.id))
        server.start()

        assert _count(database) == 1


def test_a_connection_cut_in_the_middle_of_a_transaction_writes_nothing(
    postgres: PostgresServer,
) -> None:
    def write_on_a_cut_connection() -> None:
        with database.writing() as session:
            session.add(an_encounter())
            session.flush()
            backend = session.scalar(text("SELECT pg_backend_pid()"))
            with database.reading() as other:
                other.execute(text(f"SELECT pg_terminate_backend({backend}, 5000)"))
            session.add(an_encounter("enc-2"))

    with opened(postgres.fresh_url()) as database:
        migrate(database)

        with pytest.raises(StorageUnavailable):
            write_on_a_cut_connection()

        assert _count(database) == 0

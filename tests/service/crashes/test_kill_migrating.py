"""Killed in the middle of a migration or a restore: all of it is there or none, and it goes on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from service.audit.log import AuditLog
from service.db.copying import back_up
from service.db.engine import Database
from service.db.migrate import head, migrate, revision
from service.db.storage import open_storage
from tests.support.command import noteproof
from tests.support.frozen import first_schema, put
from tests.support.storage import an_encounter, opened, settings_for
from tests.support.tree import ROOT

HALTED = """
import sys
from sqlalchemy import Engine, event

def halt(*ignored):
    print("halted", flush=True)
    sys.stdin.read()

@event.listens_for(Engine, "after_cursor_execute")
def executed(connection, cursor, statement, *others):
    if statement.lstrip().startswith(BEGINNING):
        halt()

@event.listens_for(Engine, "commit")
def committing(connection):
    if BEGINNING == "COMMIT" and is_writing(connection):
        halt()

def is_writing(connection):
    return connection.get_execution_options().get("noteproof_begin") == "BEGIN IMMEDIATE"

from service.__main__ import main

BEGINNING, *sys.argv[1:] = sys.argv[1:]
main()
"""
"""The real command; it stands still after the first statement that begins so, changes unsaved."""
KEY, ROWS = first_schema()


def _killed(url: str, *command: str | Path, after: str) -> None:
    """Run a command, and kill it right after its statement ``after``."""
    process = subprocess.Popen(
        [sys.executable, "-c", HALTED, after, *map(str, command)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "NOTEPROOF_DATABASE_URL": url, "NOTEPROOF_KEY": KEY},
    )
    assert process.stdout is not None
    said = process.stdout.readline()
    process.kill()
    process.communicate(timeout=30)
    assert said == b"halted\n"


def _tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names())


def _indexes(database: Database) -> set[str | None]:
    return {index["name"] for index in inspect(database.engine).get_indexes("encounters")}


def _revision(database: Database) -> str | None:
    with database.engine.connect() as connection:
        return revision(connection)


def _require_chain(database: Database) -> None:
    with database.reading() as session:
        found = AuditLog(session).verify()
    assert (found.entries, found.broken_at) == (len(ROWS["audit_entries"]), None)


@pytest.mark.slow
@pytest.mark.parametrize(
    "after",
    [
        "CREATE TABLE accounts",
        "CREATE TABLE deliveries",
        "CREATE TRIGGER",
        "INSERT INTO alembic_version",
        "CREATE INDEX ix_encounters_open",
        "COMMIT",
    ],
)
def test_a_first_start_that_was_killed_left_no_table_and_the_next_makes_all(
    url: str, after: str
) -> None:
    """Slow: starts the command in a process of its own."""
    _killed(url, "migrate", after=after)

    with opened(url) as database:
        assert _tables(database) == set()
    storage = open_storage(settings_for(url, key=KEY))
    with storage.database.writing() as session:
        session.add(an_encounter())
    assert _revision(storage.database) == head()
    storage.close()


@pytest.mark.slow
@pytest.mark.parametrize("after", ["CREATE INDEX", "UPDATE alembic_version", "COMMIT"])
def test_an_upgrade_that_was_killed_left_the_schema_it_began_with_and_the_next_completes_it(
    url: str, after: str
) -> None:
    """Slow: starts the command in a process of its own, over a database with data."""
    with opened(url) as database:
        migrate(database, to="0001")
        put(database, ROWS)
        before = _indexes(database)

    _killed(url, "migrate", after=after)

    with opened(url) as database:
        assert (_revision(database), _indexes(database)) == ("0001", before)
        _require_chain(database)
        assert migrate(database) == ("0001", head())
        assert _indexes(database) - before == {
            "ix_encounters_open",
            "ix_encounters_due_on_received_at_id",
        }
        _require_chain(database)


@pytest.mark.slow
@pytest.mark.parametrize(
    "after", ["DROP TABLE", "INSERT INTO readings", "INSERT INTO second_reviews"]
)
def test_a_restore_that_was_killed_left_what_was_there_and_the_next_replaces_it(
    url: str, tmp_path: Path, after: str
) -> None:
    """Slow: starts the command in a process of its own."""
    saved = tmp_path / "saved.db"
    with opened(f"sqlite:///{tmp_path / 'first.db'}") as other:
        migrate(other, to="0001")
        put(other, ROWS)
        back_up(other, saved)
    with opened(url) as database:
        migrate(database)
        with database.writing() as session:
            session.add(an_encounter("of-before"))

    _killed(url, "restore", saved, "--replace", after=after)

    with opened(url) as database, database.reading() as session:
        assert session.scalars(text("SELECT id FROM encounters")).all() == ["of-before"]
    again = noteproof(
        "restore", saved, "--replace", env={"NOTEPROOF_DATABASE_URL": url, "NOTEPROOF_KEY": KEY}
    )
    assert again.returncode == 0
    with opened(url) as database:
        _require_chain(database)

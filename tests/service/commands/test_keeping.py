"""The commands around the database, as a person at a terminal runs them."""

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from service.db.storage import open_storage
from service.envelope import Seals, encounter_cell
from service.keyring import FileKeyring, new_key, written
from service.rotation import put_new_key
from tests.support.command import noteproof
from tests.support.phi import MARKED_NOTE, leaks
from tests.support.storage import an_encounter, settings_for

CELL = encounter_cell("readings", "enc-1", 1)
Run = subprocess.CompletedProcess[bytes]


class Clinic:
    """A folder with a database, its key and an encounter in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"sqlite:///{folder / 'notes.db'}"
        self.sealed = b""

    def run(self, *arguments: str | Path, **variables: str) -> Run:
        return noteproof(*arguments, env={"NOTEPROOF_DATABASE_URL": self.url, **variables})

    def fill(self) -> None:
        storage = open_storage(settings_for(self.url))
        with storage.database.writing() as session:
            session.add(an_encounter())
            self.sealed = Seals(session, storage.keyring).seal_json(MARKED_NOTE, CELL)
        storage.close()

    def reads(self, **others: object) -> object:
        """What was sealed, opened with the keys that are there now."""
        storage = open_storage(settings_for(self.url, **others))
        with storage.database.reading() as session:
            found: object = Seals(session, storage.keyring).open_json(self.sealed, CELL)
        storage.close()
        return found


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path)


def _said(run: Run) -> str:
    return run.stdout.decode() + run.stderr.decode()


def test_migrate_makes_the_tables_and_says_what_it_did(clinic: Clinic) -> None:
    first, second = clinic.run("migrate"), clinic.run("migrate")

    assert (first.returncode, second.returncode) == (0, 0)
    assert b"before at None" in first.stdout
    assert b"before" not in second.stdout


def test_what_was_backed_up_is_there_again_after_the_database_was_lost(clinic: Clinic) -> None:
    clinic.fill()
    saved = clinic.folder / "saved.db"

    backup = clinic.run("backup", saved)
    (clinic.folder / "notes.db").unlink()
    restore = clinic.run("restore", saved)

    assert (backup.returncode, restore.returncode) == (0, 0)
    assert b"restored 1 encounters" in restore.stdout
    assert clinic.reads() == MARKED_NOTE
    assert leaks(saved.read_bytes().decode("latin-1") + _said(backup) + _said(restore)) == []


def test_a_restore_over_encounters_or_without_their_key_is_refused(clinic: Clinic) -> None:
    clinic.fill()
    saved = clinic.folder / "saved.db"
    clinic.run("backup", saved)

    over = clinic.run("restore", saved)
    elsewhere = {"NOTEPROOF_DATABASE_URL": f"sqlite:///{clinic.folder / 'other.db'}"}
    keyless = noteproof("restore", saved, env=elsewhere)

    assert (over.returncode, keyless.returncode) == (2, 2)
    assert b"storage.restore_refused" in over.stderr
    assert b"seal.key_missing" in keyless.stderr
    assert clinic.run("restore", saved, "--replace").returncode == 0


def test_what_is_no_backup_is_refused_by_name(clinic: Clinic) -> None:
    (clinic.folder / "saved.db").write_text("none", "utf-8")

    run = clinic.run("restore", clinic.folder / "saved.db")

    assert run.returncode == 2
    assert b"storage.backup_invalid" in run.stderr


def test_the_key_file_is_rotated_and_former_keys_are_dropped_on_demand(clinic: Clinic) -> None:
    clinic.fill()
    path = clinic.folder / "notes.key"
    before = FileKeyring(path).ids

    rotated = clinic.run("keys", "rotate")
    during, newest = FileKeyring(path).ids, FileKeyring(path).current_id
    dropped = clinic.run("keys", "drop-old")

    assert (rotated.returncode, dropped.returncode) == (0, 0)
    assert b"wrapped 1 data keys" in rotated.stdout
    assert before < during
    assert FileKeyring(path).ids == {newest}
    assert clinic.reads() == MARKED_NOTE
    secrets = path.read_text("ascii").split()
    assert [key for key in secrets if key in _said(rotated) + _said(dropped)] == []


def test_a_former_key_that_is_in_use_is_not_dropped(clinic: Clinic) -> None:
    clinic.fill()
    put_new_key(clinic.folder / "notes.key")  # as a rotation does that is stopped at once

    refused = clinic.run("keys", "drop-old")
    finished = clinic.run("keys", "rotate")

    assert (refused.returncode, finished.returncode) == (2, 0)
    assert len(FileKeyring(clinic.folder / "notes.key").ids) == 2
    assert clinic.reads() == MARKED_NOTE


def test_keys_of_the_environment_are_rotated_from_the_former_to_the_new(clinic: Clinic) -> None:
    old, new = written(new_key()), clinic.run("keys", "new").stdout.decode().strip()
    clinic.run("migrate", NOTEPROOF_KEY=old)
    storage = open_storage(settings_for(clinic.url, key=old))
    with storage.database.writing() as session:
        clinic.sealed = Seals(session, storage.keyring).seal_json(MARKED_NOTE, CELL)
    storage.close()

    unsaid = clinic.run("keys", "rotate", NOTEPROOF_KEY=old)
    done = clinic.run("keys", "rotate", NOTEPROOF_KEY=new, NOTEPROOF_PREVIOUS_KEY=old)

    assert (unsaid.returncode, done.returncode) == (2, 0)
    assert b"NOTEPROOF_PREVIOUS_KEY" in unsaid.stderr
    assert clinic.reads(key=new) == MARKED_NOTE


def test_a_log_that_holds_is_said_and_one_changed_by_hand_names_the_entry(clinic: Clinic) -> None:
    for name in ("dana", "lee", "ruth"):
        clinic.run("people", "add", name, "--role", "coder")
    holds = clinic.run("audit-log", "verify")
    known = holds.stdout.decode().split()[-1]
    with closing(sqlite3.connect(clinic.folder / "notes.db")) as connection:
        connection.execute("DROP TRIGGER audit_entries_no_update")
        connection.execute("UPDATE audit_entries SET actor = 'somebody' WHERE seq = 2")
        connection.commit()

    broken = clinic.run("audit-log", "verify", "--known", known)

    assert (holds.returncode, broken.returncode) == (0, 1)
    assert b"3 entries hold" in holds.stdout
    assert b"entry 2 is not as it was written" in broken.stderr
    assert clinic.run("audit-log", "verify", "--known", "x").returncode == 2


def test_accounts_and_keys_are_made_listed_and_ended(clinic: Clinic) -> None:
    password = clinic.run("people", "add", "Dana", "--role", "coder").stdout.decode().strip()
    key = clinic.run("people", "key", "dana", "--scope", "draft").stdout.decode().strip()
    clinic.run("people", "roles", "dana", "--role", "auditor", "--role", "admin")
    another = clinic.run("people", "reset", "dana").stdout.decode().strip()
    clinic.run("people", "close", "dana")
    clinic.run("people", "revoke", key.split("_")[1])

    listed = clinic.run("people", "list").stdout.decode()

    assert "dana (closed): admin, auditor" in listed
    assert f"key {key.split('_')[1]} of dana: draft, revoked" in listed
    assert [secret for secret in (password, another, key.split("_")[2]) if secret in listed] == []
    assert clinic.run("people", "reopen", "dana").returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("people", "add", "two words", "--role", "coder"),
        ("people", "close", "nobody"),
        ("people", "revoke", "none"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_code(
    clinic: Clinic, arguments: tuple[str, ...]
) -> None:
    run = clinic.run(*arguments)

    assert run.returncode == 2
    assert run.stderr.startswith(b"people.")


@pytest.mark.parametrize("command", [["migrate"], ["backup", "saved.db"], ["audit-log", "verify"]])
def test_a_database_that_cannot_be_reached_is_said(tmp_path: Path, command: list[str]) -> None:
    clinic = Clinic(tmp_path / "none")

    run = clinic.run(*command)

    assert run.returncode == 2
    assert run.stderr.startswith(b"storage.unavailable")


def test_a_wrong_key_is_said_and_not_repeated(clinic: Clinic) -> None:
    clinic.fill()
    other = written(new_key())

    run = clinic.run("backup", clinic.folder / "saved.db", NOTEPROOF_KEY=other)

    assert run.returncode == 2
    assert b"seal.key_missing" in run.stderr
    assert other not in _said(run)

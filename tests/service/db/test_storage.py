import stat
from pathlib import Path

import pytest

from service.db.engine import Database
from service.db.errors import StorageUnavailable
from service.db.migrate import head, revision
from service.db.storage import open_storage
from service.envelope import Cell, Seals
from service.keyring import KeyMissing, new_key, written
from service.settings import Settings
from tests.support.storage import PostgresServer, settings_for

CELL = Cell(owner="encounters/enc-1", place="here")


def _settings(path: Path, **others: object) -> Settings:
    return settings_for(f"sqlite:///{path / 'notes.db'}", **others)


def _seal_something(settings: Settings) -> bytes:
    storage = open_storage(settings)
    with storage.database.writing() as session:
        sealed = Seals(session, storage.keyring).seal(b"words", CELL)
    storage.close()
    return sealed


def test_the_first_start_makes_tables_and_a_key_for_their_owner_alone(tmp_path: Path) -> None:
    storage = open_storage(_settings(tmp_path))

    with storage.database.engine.connect() as connection:
        assert revision(connection) == head()
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.glob("notes.*")}
    assert {"notes.db": 0o600, "notes.key": 0o600}.items() <= modes.items()
    assert set(modes.values()) == {0o600}
    storage.close()


def test_a_later_start_opens_what_was_sealed_before(tmp_path: Path) -> None:
    sealed = _seal_something(_settings(tmp_path))

    storage = open_storage(_settings(tmp_path))

    with storage.database.reading() as session:
        assert Seals(session, storage.keyring).open(sealed, CELL) == b"words"
    storage.close()


def test_no_second_key_is_made_where_the_file_of_the_first_is_gone(tmp_path: Path) -> None:
    _seal_something(_settings(tmp_path))
    (tmp_path / "notes.key").unlink()

    with pytest.raises(KeyMissing):
        open_storage(_settings(tmp_path))

    assert not (tmp_path / "notes.key").exists()


def test_another_key_stops_the_start(tmp_path: Path) -> None:
    _seal_something(_settings(tmp_path))

    with pytest.raises(KeyMissing):
        open_storage(_settings(tmp_path, key=written(new_key())))


def test_a_former_key_is_enough_to_start(tmp_path: Path) -> None:
    old = written(new_key())
    sealed = _seal_something(_settings(tmp_path, key=old))

    storage = open_storage(_settings(tmp_path, key=written(new_key()), previous_key=old))

    with storage.database.reading() as session:
        assert Seals(session, storage.keyring).open(sealed, CELL) == b"words"
    storage.close()


def test_a_folder_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable):
        open_storage(_settings(tmp_path / "none"))


def test_a_server_needs_a_key_that_was_put_somewhere(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    url = postgres.fresh_url()

    with pytest.raises(KeyMissing):
        open_storage(settings_for(url))
    storage = open_storage(settings_for(url, key_file=tmp_path / "notes.key"))

    assert isinstance(storage.database, Database)
    storage.close()

from pathlib import Path

import pytest
from sqlalchemy import select, update

from service.db.engine import Database
from service.db.storage import Storage, used_keys
from service.db.tables import DataKeyRow
from service.envelope import SealBroken, Seals, encounter_cell
from service.keyring import FileKeyring, KeyMissing, Keyring, make_file, new_key
from service.rotation import drop_old_keys, put_new_key, rewrap, waiting

IDS = [f"enc-{n}" for n in range(7)]


def _seal_all(storage: Storage) -> dict[str, bytes]:
    with storage.database.writing() as session:
        seals = Seals(session, storage.keyring)
        return {i: seals.seal(i.encode(), encounter_cell("readings", i, 1)) for i in IDS}


def _open_all(storage: Storage, sealed: dict[str, bytes]) -> dict[str, str]:
    with storage.database.reading() as session:
        seals = Seals(session, storage.keyring)
        return {
            i: seals.open(value, encounter_cell("readings", i, 1)).decode()
            for i, value in sealed.items()
        }


def _used(database: Database) -> set[str]:
    with database.reading() as session:
        return used_keys(session)


def test_everything_opens_with_the_new_key_alone_after_a_rotation(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "notes.key"
    make_file(path)
    storage = Storage(database, FileKeyring(path))
    sealed = _seal_all(storage)
    first = storage.keyring.current_id

    put_new_key(path)
    wrapped = rewrap(storage, batch=3)
    dropped = drop_old_keys(path)

    alone = FileKeyring(path)
    assert (wrapped, dropped) == (len(IDS), 1)
    assert alone.ids == _used(database)
    assert first not in alone.ids
    assert _open_all(Storage(database, alone), sealed) == {i: i for i in IDS}


def test_a_service_that_runs_meanwhile_seals_with_the_new_key_and_opens_with_both(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "notes.key"
    make_file(path)
    running = Storage(database, FileKeyring(path))
    sealed = _seal_all(running)
    first = running.keyring.current_id

    put_new_key(path)
    later = encounter_cell("readings", "later", 1)
    with database.writing() as session:
        Seals(session, running.keyring).seal(b"words", later)

    assert _open_all(running, sealed) == {i: i for i in IDS}
    assert _used(database) == {first, running.keyring.current_id}
    assert first != running.keyring.current_id


def test_a_rotation_that_was_stopped_goes_on_and_all_opens_in_between(
    database: Database, keyring: Keyring
) -> None:
    """The fifth data key is damaged: the batches before it are done, those after it are not."""
    sealed = _seal_all(Storage(database, keyring))
    both = Storage(database, Keyring(new_key(), keyring.key(keyring.current_id)))
    with database.writing() as session:
        fifth = session.scalars(select(DataKeyRow).order_by(DataKeyRow.id)).all()[4]
        whole, owner = fifth.wrapped, fifth.owner
        fifth.wrapped = whole[:-1]
    with pytest.raises(SealBroken):
        rewrap(both, batch=2)
    with database.writing() as session:
        assert waiting(session, both.keyring) == 3
        query = update(DataKeyRow).where(DataKeyRow.owner == owner)
        session.execute(query.values(wrapped=whole))
    assert _open_all(both, sealed) == {i: i for i in IDS}

    assert rewrap(both, batch=2) == 3

    assert _used(database) == {both.keyring.current_id}


def test_without_the_former_key_nothing_is_wrapped(database: Database, keyring: Keyring) -> None:
    _seal_all(Storage(database, keyring))

    with pytest.raises(KeyMissing):
        rewrap(Storage(database, Keyring(new_key())))

    assert _used(database) == {keyring.current_id}

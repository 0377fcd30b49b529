"""The database and the keys that seal it, opened together and checked against each other."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.db.engine import Database
from service.db.errors import StorageUnavailable
from service.db.migrate import migrate
from service.db.tables import DataKeyRow
from service.keyring import FileKeyring, KeyMissing, Keyring, make_file, read_key
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Storage:
    """What repositories stand on."""

    database: Database
    keyring: Keyring

    def close(self) -> None:
        """Give every connection back."""
        self.database.close()


def open_storage(settings: Settings) -> Storage:
    """The database of ``settings``, its tables brought up to this version, and its keys.

    Where neither a key nor a key file is given, a key file is made beside a new SQLite database.

    Raises:
        StorageError: The database cannot be reached or written.
        SealError: A key is malformed, or not the one the database is sealed with.
    """
    database = Database(settings.database_url.get_secret_value())
    try:
        _make_private(database.file)
        migrate(database)
        with database.reading() as session:
            used = used_keys(session)
        return Storage(database, keyring_of(settings, database, used=used))
    except BaseException:
        database.close()
        raise


def keyring_of(settings: Settings, database: Database, *, used: set[str]) -> Keyring:
    """The keys of ``settings``; a key file is made only where nothing is sealed yet.

    Raises:
        SealError: A key is malformed, or one of ``used`` is not among them.
    """
    keyring = _given(settings) or _filed(key_file(settings, database), is_new=not used)
    for key_id in sorted(used - keyring.ids):
        raise KeyMissing(key_id)
    return keyring


def key_file(settings: Settings, database: Database) -> Path | None:
    """Where the key file is, if keys are kept in one: as set, or beside a SQLite database."""
    beside = database.file.with_suffix(".key") if database.file else None
    return settings.key_file or beside


def used_keys(session: Session) -> set[str]:
    """The ids of the keys that wrap any data key."""
    return set(session.scalars(select(DataKeyRow.wrapped_by).distinct()))


def _make_private(file: Path | None) -> None:
    """A new file is its owner's alone before anything is in it; its companions follow it."""
    if file is None:
        return
    try:
        file.touch(mode=0o600)
    except OSError:
        raise StorageUnavailable from None


def _given(settings: Settings) -> Keyring | None:
    if settings.key is None:
        return None
    key = read_key(settings.key.get_secret_value(), "NOTEPROOF_KEY")
    if settings.previous_key is None:
        return Keyring(key)
    return Keyring(
        key, read_key(settings.previous_key.get_secret_value(), "NOTEPROOF_PREVIOUS_KEY")
    )


def _filed(path: Path | None, *, is_new: bool) -> Keyring:
    if path is None:
        raise KeyMissing
    if is_new and not path.exists():
        make_file(path)
    return FileKeyring(path)

"""What a route may ask for."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from service.db.engine import Database
from service.db.storage import Storage
from service.envelope import Seals
from service.keyring import Keyring
from service.settings import Settings
from service.worker import Worker


def _worker(request: Request) -> Worker:
    worker: Worker = request.app.state.worker
    return worker


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _now(request: Request) -> datetime:
    now: datetime = request.app.state.clock()
    return now


def _storage(request: Request) -> Storage:
    storage: Storage = request.app.state.storage
    return storage


ModelWorker = Annotated[Worker, Depends(_worker)]
AppSettings = Annotated[Settings, Depends(_settings)]
AppStorage = Annotated[Storage, Depends(_storage)]
Now = Annotated[datetime, Depends(_now)]


def _database(storage: AppStorage) -> Database:
    return storage.database


def _keyring(storage: AppStorage) -> Keyring:
    return storage.keyring


AppDatabase = Annotated[Database, Depends(_database)]
AppKeyring = Annotated[Keyring, Depends(_keyring)]


def _writing(database: AppDatabase) -> Iterator[Session]:
    with database.writing() as session:
        yield session


def _reading(database: AppDatabase) -> Iterator[Session]:
    with database.reading() as session:
        yield session


# With the scope of the function, what was written is committed before the answer is sent.
DbSession = Annotated[Session, Depends(_writing, scope="function")]
ReadSession = Annotated[Session, Depends(_reading, scope="function")]


def _seals(session: DbSession, keyring: AppKeyring) -> Seals:
    return Seals(session, keyring)


def _read_seals(session: ReadSession, keyring: AppKeyring) -> Seals:
    return Seals(session, keyring)


DbSeals = Annotated[Seals, Depends(_seals, scope="function")]
ReadSeals = Annotated[Seals, Depends(_read_seals, scope="function")]

"""What the commands share that work on the database: opening it, and saying what went wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from model.errors import NoteproofError
from service.batch import NOTHING_RAN
from service.db.engine import Database
from service.db.storage import Storage, open_storage
from service.settings import Settings


@contextmanager
def said() -> Iterator[None]:
    """Say an error of ours on standard error, and end with the code for: nothing could run."""
    try:
        yield
    except NoteproofError as error:
        typer.echo(f"{error.code}: {error}", err=True)
        raise typer.Exit(NOTHING_RAN) from None


@contextmanager
def storage_of(settings: Settings) -> Iterator[Storage]:
    """The database and its keys, closed at the end."""
    with said():
        storage = open_storage(settings)
        try:
            yield storage
        finally:
            storage.close()


@contextmanager
def database_of(settings: Settings) -> Iterator[Database]:
    """The database alone, as it is found, closed at the end."""
    with said():
        database = Database(settings.database_url.get_secret_value())
        try:
            yield database
        finally:
            database.close()

"""``keys``: the key that seals notes."""

from typing import TYPE_CHECKING, NoReturn

import typer

from service.batch import NOTHING_RAN

if TYPE_CHECKING:
    from service.db.storage import Storage
    from service.settings import Settings

keys = typer.Typer(help="The key that seals notes.", no_args_is_help=True)


@keys.command()
def new() -> None:
    """Print a new key, for NOTEPROOF_KEY."""
    from service.keyring import new_key, written

    typer.echo(written(new_key()))


@keys.command()
def rotate() -> None:
    """Wrap everything that is sealed by a new key; stopped half-way, it goes on where it was.

    With a key file the service may run meanwhile, and former keys stay in the file: backups made
    before need them. With keys of the environment, start the service with both of them first.
    """
    from service.audit.log import AuditLog
    from service.clock import utc_now
    from service.commands.stored import storage_of
    from service.rotation import rewrap
    from service.settings import Settings

    settings = Settings()
    with storage_of(settings) as storage:
        _begin(storage, settings)
        done, key_id = rewrap(storage), storage.keyring.current_id
        with storage.database.writing() as session:
            log, subject = AuditLog(session), f"keys/{key_id}"
            log.add(at=utc_now(), actor="system", action="keys.rotated", subject=subject)
    typer.echo(f"wrapped {done} data keys by key {key_id}")


@keys.command()
def drop_old() -> None:
    """Take former keys out of the key file: backups made with them open no more.

    Put a copy of the file with those backups first.
    """
    from service.commands.stored import storage_of
    from service.db.storage import key_file
    from service.rotation import drop_old_keys, waiting
    from service.settings import Settings

    settings = Settings()
    with storage_of(settings) as storage:
        path = None if settings.key else key_file(settings, storage.database)
        with storage.database.reading() as session:
            is_used = waiting(session, storage.keyring) > 0
        if path is None or is_used:
            _refuse("former keys are in use, or in no file: run `noteproof keys rotate` first")
        typer.echo(f"dropped {drop_old_keys(path)} former keys from {path}")


def _begin(storage: "Storage", settings: "Settings") -> None:
    """Put a new key in use, unless a rotation that was stopped has left its own."""
    from service.db.storage import key_file
    from service.rotation import put_new_key, waiting

    with storage.database.reading() as session:
        is_begun = waiting(session, storage.keyring) > 0
    path = None if settings.key else key_file(settings, storage.database)
    if path and not is_begun:
        put_new_key(path)
    if path is None and settings.previous_key is None:
        _refuse("put the key into NOTEPROOF_PREVIOUS_KEY and a new one into NOTEPROOF_KEY")


def _refuse(reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(NOTHING_RAN)

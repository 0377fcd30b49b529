"""``migrate``, ``backup`` and ``restore``: the database as a whole."""

from pathlib import Path
from typing import Annotated

import typer


def migrate() -> None:
    """Bring the tables up to this version; ``serve`` does it by itself."""
    from service.commands.stored import database_of
    from service.db.migrate import migrate as run
    from service.settings import Settings

    with database_of(Settings()) as database:
        before, after = run(database)
    typer.echo(f"the tables are at {after}" + ("" if before == after else f", before at {before}"))


def backup(file: Annotated[Path, typer.Argument(help="File to write; replaced if there.")]) -> None:
    """Write all tables into one file, while the service goes on. The key is not in it.

    Notes in the file are sealed: keep the key, or the key file, somewhere else.
    """
    from service.commands.stored import storage_of
    from service.db.copying import back_up
    from service.settings import Settings

    with storage_of(Settings()) as storage:
        back_up(storage.database, file)
        typer.echo(f"wrote {file}; it opens with key {storage.keyring.current_id} or one before it")


def restore(
    file: Annotated[Path, typer.Argument(help="What ``backup`` wrote, here or elsewhere.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Drop the encounters that are there.")
    ] = False,
) -> None:
    """Put a backup into the database, of either kind, all of it or nothing."""
    from service.commands.stored import database_of
    from service.db.copying import opened_backup
    from service.db.copying import restore as run
    from service.db.storage import keyring_of, used_keys
    from service.settings import Settings

    settings = Settings()
    with database_of(settings) as database, opened_backup(file) as copy:
        with copy.reading() as session:
            used = used_keys(session)
        keyring_of(settings, database, used=used)  # before anything is replaced by what cannot open
        rows = run(copy, database, replace=replace)
    typer.echo(f"restored {rows['encounters']} encounters, {rows['decisions']} decisions")

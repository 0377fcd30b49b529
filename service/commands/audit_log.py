"""``audit-log``: who did what, and whether that was changed since."""

from typing import Annotated

import typer

from service.batch import SOME_REFUSED

audit_log = typer.Typer(help="Who did what.", no_args_is_help=True)


@audit_log.callback()
def _group() -> None:
    """A group, though it has one command so far."""


@audit_log.command()
def verify(
    known: Annotated[
        list[str] | None,
        typer.Option(metavar="NUMBER:HASH", help="An entry written down earlier; may be repeated."),
    ] = None,
) -> None:
    """Walk the chain of hashes and name the first entry that is not as it was written.

    The last number and hash are printed. Kept elsewhere and given as --known, they prove later that
    nothing up to there was rewritten or cut off.
    """
    from service.audit.log import AuditLog
    from service.commands.stored import database_of
    from service.settings import Settings

    expected = dict(_read(entry) for entry in known or [])
    with database_of(Settings()) as database, database.reading() as session:
        found = AuditLog(session).verify(known=expected)
    if found.broken_at is not None:
        typer.echo(f"entry {found.broken_at} is not as it was written", err=True)
        raise typer.Exit(SOME_REFUSED)
    typer.echo(f"{found.entries} entries hold; the last is {found.entries}:{found.last_hash}")


def _read(entry: str) -> tuple[int, str]:
    number, mark, value = entry.partition(":")
    if not mark or not number.isdecimal():
        raise typer.BadParameter("write NUMBER:HASH, as it was printed")
    return int(number), value

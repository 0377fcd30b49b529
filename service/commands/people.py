"""``people``: accounts and the keys of programs, where nobody can sign in yet or any more."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from service.people.records import Role, Scope

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from service.people.records import Account

people = typer.Typer(help="Accounts, and the keys of programs.", no_args_is_help=True)

_BY = "system"  # whoever has this command has the database
Name = Annotated[str, typer.Argument(help="Name to sign in with.")]
Roles = Annotated[list[Role], typer.Option("--role", help="May be repeated.")]


@people.command("list")
def list_people() -> None:
    """Print accounts and keys."""
    from service.people.accounts import Accounts
    from service.people.api_keys import ApiKeys

    with _session() as session:
        for account in Accounts(session).every():
            state = "" if account.is_active else " (closed)"
            typer.echo(f"{account.name}{state}: {', '.join(sorted(account.roles))}")
        for key in ApiKeys(session).every():
            end = "revoked" if key.revoked_at else f"until {key.expires_at or 'revoked'}"
            typer.echo(f"key {key.prefix} of {key.account}: {', '.join(sorted(key.scopes))}, {end}")


@people.command()
def add(name: Name, role: Roles) -> None:
    """Make an account and print its one-time password."""
    from service.clock import utc_now
    from service.people.administration import add_person

    with _session() as session:
        _, password = add_person(session, name, role, utc_now(), by=_BY)
    typer.echo(password)


@people.command()
def reset(name: Name) -> None:
    """Print a new one-time password for an account; its sessions end."""
    from service.clock import utc_now
    from service.people.administration import reset_password

    with _session() as session:
        password = reset_password(session, _found(session, name).id, utc_now(), by=_BY)
    typer.echo(password)


@people.command()
def roles(name: Name, role: Roles) -> None:
    """Give an account these roles and no others."""
    from service.clock import utc_now
    from service.people.administration import change_roles

    with _session() as session:
        change_roles(session, _found(session, name).id, role, utc_now(), by=_BY)


@people.command("close")
def close_account(name: Name) -> None:
    """Close an account: its sessions end, its keys open nothing. What it decided stays."""
    from service.clock import utc_now
    from service.people.administration import close

    with _session() as session:
        close(session, _found(session, name).id, utc_now(), by=_BY)


@people.command("reopen")
def reopen_account(name: Name) -> None:
    """Open a closed account again."""
    from service.clock import utc_now
    from service.people.administration import reopen

    with _session() as session:
        reopen(session, _found(session, name).id, utc_now(), by=_BY)


@people.command()
def key(
    name: Name,
    scope: Annotated[list[Scope], typer.Option("--scope", help="May be repeated.")],
    label: Annotated[str, typer.Option(help="What the key is for.")] = "",
    days: Annotated[int, typer.Option(min=1, max=3660, help="Days the key is good for.")] = 365,
) -> None:
    """Make a key for a program that acts for an account, and print it this one time."""
    from service.clock import utc_now
    from service.people.administration import make_key

    with _session() as session:
        owner = _found(session, name).id
        made = make_key(session, owner, scope, utc_now(), by=_BY, days=days, label=label)
    typer.echo(made)


@people.command()
def revoke(prefix: Annotated[str, typer.Argument(help="As ``list`` prints it.")]) -> None:
    """End a key."""
    from service.clock import utc_now
    from service.people.administration import revoke_key

    with _session() as session:
        revoke_key(session, prefix, utc_now(), by=_BY)


@contextmanager
def _session() -> "Iterator[Session]":
    from service.commands.stored import storage_of
    from service.settings import Settings

    with storage_of(Settings()) as storage, storage.database.writing() as session:
        yield session


def _found(session: "Session", name: str) -> "Account":
    from service.people.accounts import Accounts
    from service.people.errors import AccountInvalid

    account = Accounts(session).named(name)
    if account is None:
        raise AccountInvalid("does not exist")
    return account

"""``people``: accounts and the keys of programs, where nobody can sign in yet or any more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from service.people.records import Role, Scope

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from service.people.accounts import Accounts
    from service.people.records import Account

people = typer.Typer(help="Accounts, and the keys of programs.", no_args_is_help=True)

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
    from service.people import passwords
    from service.people.workflow import add_account

    password = passwords.one_time()
    with _session() as session:
        add_account(session, name, password, role, utc_now(), by="system")
    typer.echo(password)


@people.command()
def reset(name: Name) -> None:
    """Print a new one-time password for an account; its sessions end."""
    from service.people import passwords

    password = passwords.one_time()
    with _session() as session:
        accounts, account = _found(session, name)
        accounts.set_password(account.id, password, is_one_time=True)
        _note(session, "people.reset_password", account.id)
    typer.echo(password)


@people.command()
def roles(name: Name, role: Roles) -> None:
    """Give an account these roles and no others."""
    with _session() as session:
        accounts, account = _found(session, name)
        accounts.set_roles(account.id, role)
        _note(session, "people.changed_roles", account.id, roles=sorted(role))


@people.command()
def close(name: Name) -> None:
    """Close an account: its sessions end, its keys open nothing. What it decided stays."""
    with _session() as session:
        accounts, account = _found(session, name)
        accounts.set_active(account.id, is_active=False)
        _note(session, "people.closed", account.id)


@people.command()
def reopen(name: Name) -> None:
    """Open a closed account again."""
    with _session() as session:
        accounts, account = _found(session, name)
        accounts.set_active(account.id, is_active=True)
        _note(session, "people.reopened", account.id)


@people.command()
def key(
    name: Name,
    scope: Annotated[list[Scope], typer.Option("--scope", help="May be repeated.")],
    label: Annotated[str, typer.Option(help="What the key is for.")] = "",
    days: Annotated[int, typer.Option(min=1, max=3660, help="Days the key is good for.")] = 365,
) -> None:
    """Make a key for a program that acts for an account, and print it this one time."""
    from service.clock import utc_now
    from service.people.api_keys import ApiKeys

    now = utc_now()
    with _session() as session:
        _, account = _found(session, name)
        end = now + timedelta(days=days)
        made = ApiKeys(session).add(account.id, label=label, scopes=scope, now=now, expires_at=end)
        _note(session, "people.made_key", account.id, scopes=sorted(scope))
    typer.echo(made)


@people.command()
def revoke(prefix: Annotated[str, typer.Argument(help="As ``list`` prints it.")]) -> None:
    """End a key."""
    from service.clock import utc_now
    from service.people.api_keys import ApiKeys

    with _session() as session:
        account_id = ApiKeys(session).revoke(prefix, utc_now())
        _note(session, "people.revoked_key", account_id, prefix=prefix)


@contextmanager
def _session() -> "Iterator[Session]":
    from service.commands.stored import storage_of
    from service.settings import Settings

    with storage_of(Settings()) as storage, storage.database.writing() as session:
        yield session


def _found(session: "Session", name: str) -> "tuple[Accounts, Account]":
    from service.people.accounts import Accounts
    from service.people.errors import AccountInvalid

    accounts = Accounts(session)
    account = accounts.named(name)
    if account is None:
        raise AccountInvalid("does not exist")
    return accounts, account


def _note(session: "Session", action: str, account_id: str, **detail: object) -> None:
    from service.clock import utc_now
    from service.people.workflow import note

    note(session, utc_now(), "system", action, account_id, **detail)

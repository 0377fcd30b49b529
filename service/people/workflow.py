"""Signing in, signing out, choosing a password; each leaves its trace in the audit log."""

import logging
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from service.audit.log import AuditLog
from service.db.engine import Database
from service.people import passwords
from service.people.accounts import Accounts
from service.people.errors import SignInRefused
from service.people.records import Account, Person, Role
from service.people.sessions import Sessions
from service.settings import Settings

logger = logging.getLogger(__name__)

FIRST_ADMIN = "admin"
FIRST_ROLES = (Role.ADMIN, Role.AUDITOR, Role.CODER)  # whoever starts it can try all of it


def sign_in(
    database: Database, settings: Settings, *, name: str, password: str, now: datetime
) -> str:
    """Begin a session; returns the token for the cookie.

    Raises:
        SignInRefused: Name and password do not belong together, or the account is closed.
    """
    with database.reading() as session:
        account = Accounts(session).named(name)
        kept = Accounts(session).password_of(name)
    if not passwords.is_right(password, kept) or account is None:
        _refused(database, account, now)
        raise SignInRefused
    with database.writing() as session:
        token = Sessions(session, settings).begin(account.id, now)
        note(session, now, account.id, "people.signed_in", account.id)
    logger.info("signed in account=%s", account.id)
    return token


def sign_out(
    database: Database, settings: Settings, person: Person, token: str, now: datetime
) -> None:
    """End the session of ``token``."""
    with database.writing() as session:
        Sessions(session, settings).end(token)
        note(session, now, person.account_id, "people.signed_out", person.account_id)


def change_password(
    database: Database,
    settings: Settings,
    person: Person,
    *,
    current: str,
    password: str,
    now: datetime,
) -> str:
    """Replace one's own password; every other session ends. Returns the token of a new one.

    Raises:
        SignInRefused: ``current`` is wrong.
        PasswordWeak: ``password`` must not be chosen.
    """
    with database.reading() as session:
        account = Accounts(session).get(person.account_id)
        kept = Accounts(session).password_of(account.name) if account else None
    if account is None or not passwords.is_right(current, kept):
        raise SignInRefused
    at_least = settings.password_characters
    passwords.require_strong(password, at_least=at_least, name=account.name, previous=current)
    with database.writing() as session:
        Accounts(session).set_password(account.id, password)
        note(session, now, account.id, "people.changed_password", account.id)
        return Sessions(session, settings).begin(account.id, now)


def first_admin(database: Database, now: datetime) -> str | None:
    """Make the first account, where there is none yet; returns its one-time password."""
    with database.writing() as session:
        if Accounts(session).is_any():
            return None
        password = passwords.one_time()
        add_account(session, FIRST_ADMIN, password, FIRST_ROLES, now, by="system")
        return password


def add_account(
    session: Session,
    name: str,
    password: str,
    roles: Iterable[Role],
    now: datetime,
    *,
    by: str,
) -> Account:
    """Make an account with a one-time password; ``by`` is who asks, or ``system``.

    Raises:
        AccountInvalid: The name is taken or cannot be one, or there is no role.
    """
    account = Accounts(session).add(name, password, roles, now, must_change_password=True)
    note(session, now, by, "people.added", account.id, roles=sorted(account.roles))
    return account


def note(
    session: Session, now: datetime, actor: str, action: str, account_id: str, **detail: object
) -> None:
    """Write into the audit log what ``actor`` did with an account."""
    subject = f"accounts/{account_id}"
    AuditLog(session).add(at=now, actor=actor, action=action, subject=subject, detail=detail)


def _refused(database: Database, account: Account | None, now: datetime) -> None:
    """An attempt at a name nobody has is only logged: what was typed may be a password."""
    logger.warning("sign-in refused account=%s", account.id if account else "unknown")
    if account:
        with database.writing() as session:
            note(session, now, "unknown", "people.sign_in_refused", account.id)

"""What an administrator does with accounts and keys; each act leaves its trace in the audit log.

The pages and the command line both come here. ``by`` is the account id of who asks, or ``system``.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from service.people import passwords
from service.people.accounts import Accounts
from service.people.api_keys import ApiKeys
from service.people.errors import AccountInvalid
from service.people.records import Account, Role, Scope
from service.people.workflow import add_account, note

MOST_KEY_DAYS = 3660


def add_person(
    session: Session, name: str, roles: Collection[Role], now: datetime, *, by: str
) -> tuple[Account, str]:
    """Make an account; answers it with its one-time password, which nobody can ask for again.

    Raises:
        AccountInvalid: The name is taken or cannot be one, or there is no role.
    """
    password = passwords.one_time()
    return add_account(session, name, password, roles, now, by=by), password


def reset_password(session: Session, account_id: str, now: datetime, *, by: str) -> str:
    """A new one-time password for an account, whose sessions end.

    Raises:
        AccountInvalid: There is no such account, or it is that of who asks.
    """
    _require_other(account_id, by, "is yours: choose a password instead")
    password = passwords.one_time()
    Accounts(session).set_password(account_id, password, is_one_time=True)
    note(session, now, by, "people.reset_password", account_id)
    return password


def change_roles(
    session: Session, account_id: str, roles: Collection[Role], now: datetime, *, by: str
) -> None:
    """Give an account these roles and no others.

    Raises:
        AccountInvalid: There is no such account or no role, or who asks would be no admin any more.
    """
    if Role.ADMIN not in roles:
        _require_other(account_id, by, "is yours: another admin takes that role from you")
    Accounts(session).set_roles(account_id, roles)
    note(session, now, by, "people.changed_roles", account_id, roles=sorted(roles))


def close(session: Session, account_id: str, now: datetime, *, by: str) -> None:
    """Close an account: its sessions end, its keys open nothing; what it decided stays.

    Raises:
        AccountInvalid: There is no such account, or it is that of who asks.
    """
    _require_other(account_id, by, "is yours: another admin closes it")
    Accounts(session).set_active(account_id, is_active=False)
    note(session, now, by, "people.closed", account_id)


def reopen(session: Session, account_id: str, now: datetime, *, by: str) -> None:
    """Open a closed account again.

    Raises:
        AccountInvalid: There is no such account.
    """
    Accounts(session).set_active(account_id, is_active=True)
    note(session, now, by, "people.reopened", account_id)


def make_key(
    session: Session,
    account_id: str,
    scopes: Collection[Scope],
    now: datetime,
    *,
    by: str,
    days: int,
    label: str = "",
) -> str:
    """A key for a program that acts for an account; answered this one time.

    Raises:
        AccountInvalid: There is no such account, no scope, or the days cannot be.
    """
    if Accounts(session).get(account_id) is None:
        raise AccountInvalid("does not exist")
    if not 1 <= days <= MOST_KEY_DAYS:
        raise AccountInvalid(f"key is good for 1 to {MOST_KEY_DAYS} days")
    end = now + timedelta(days=days)
    key = ApiKeys(session).add(account_id, label=label, scopes=scopes, now=now, expires_at=end)
    note(session, now, by, "people.made_key", account_id, scopes=sorted(scopes))
    return key


def revoke_key(session: Session, prefix: str, now: datetime, *, by: str) -> None:
    """End a key.

    Raises:
        ApiKeyInvalid: There is none with this prefix.
    """
    account_id = ApiKeys(session).revoke(prefix, now)
    note(session, now, by, "people.revoked_key", account_id, prefix=prefix)


def _require_other(account_id: str, by: str, reason: str) -> None:
    """Nobody locks themselves out: whoever asks is an admin afterwards as before."""
    if account_id == by:
        raise AccountInvalid(reason)

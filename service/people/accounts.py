"""Accounts within one database session; the caller commits."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from service.db.tables import AccountRow, RoleRow, SessionRow
from service.people import passwords
from service.people.errors import AccountInvalid
from service.people.records import Account, Role

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,99}")


class Accounts:
    """Who may sign in."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        name: str,
        password: str,
        roles: Iterable[Role],
        now: datetime,
        *,
        must_change_password: bool = False,
    ) -> Account:
        """Make an account.

        Raises:
            AccountInvalid: The name is taken or cannot be one, or there is no role.
        """
        name, roles = name.strip().lower(), frozenset(roles)
        if not _NAME.fullmatch(name):
            raise AccountInvalid("needs a name of letters, digits and . _ @ -")
        if not roles:
            raise AccountInvalid("needs a role")
        if self._named(name):
            raise AccountInvalid("has a name that is taken")
        row = AccountRow(
            id=str(uuid4()),
            name=name,
            password=passwords.hashed(password),
            must_change_password=must_change_password,
            is_active=True,
            made_at=now,
        )
        self._session.add(row)
        self._session.flush()
        self._session.add_all(RoleRow(account_id=row.id, role=role) for role in roles)
        self._session.flush()
        return self._record(row)

    def get(self, account_id: str) -> Account | None:
        """The account with this id."""
        row = self._session.get(AccountRow, account_id)
        return self._record(row) if row else None

    def named(self, name: str) -> Account | None:
        """The account called ``name``."""
        row = self._named(name.strip().lower())
        return self._record(row) if row else None

    def every(self) -> Sequence[Account]:
        """All accounts, by name."""
        roles: dict[str, set[Role]] = {}
        for held in self._session.scalars(select(RoleRow)):
            roles.setdefault(held.account_id, set()).add(Role(held.role))
        query = select(AccountRow).order_by(AccountRow.name)
        return [_record(row, roles.get(row.id, set())) for row in self._session.scalars(query)]

    def is_any(self) -> bool:
        """Whether there is an account at all."""
        return bool(self._session.scalar(select(func.count()).select_from(AccountRow)))

    def password_of(self, name: str) -> str | None:
        """The kept hash of an active account's password."""
        row = self._named(name.strip().lower())
        return row.password if row and row.is_active else None

    def set_password(self, account_id: str, password: str, *, is_one_time: bool = False) -> None:
        """Replace the password and end every session that was begun with the old one."""
        row = self._row(account_id)
        row.password, row.must_change_password = passwords.hashed(password), is_one_time
        self._end_sessions(account_id)

    def set_roles(self, account_id: str, roles: Iterable[Role]) -> None:
        """Replace the roles.

        Raises:
            AccountInvalid: There is no such account, or no role.
        """
        roles = frozenset(roles)
        if not roles:
            raise AccountInvalid("needs a role")
        self._row(account_id)
        self._session.execute(delete(RoleRow).where(RoleRow.account_id == account_id))
        self._session.add_all(RoleRow(account_id=account_id, role=role) for role in roles)
        self._session.flush()

    def set_active(self, account_id: str, *, is_active: bool) -> None:
        """Open or close an account; what its owner decided stays theirs."""
        self._row(account_id).is_active = is_active
        self._end_sessions(account_id)

    def _end_sessions(self, account_id: str) -> None:
        self._session.flush()
        self._session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))

    def _row(self, account_id: str) -> AccountRow:
        row = self._session.get(AccountRow, account_id)
        if row is None:
            raise AccountInvalid("does not exist")
        return row

    def _named(self, name: str) -> AccountRow | None:
        return self._session.scalar(select(AccountRow).where(AccountRow.name == name))

    def _record(self, row: AccountRow) -> Account:
        query = select(RoleRow.role).where(RoleRow.account_id == row.id)
        return _record(row, map(Role, self._session.scalars(query)))


def _record(row: AccountRow, roles: Iterable[Role]) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        roles=frozenset(roles),
        must_change_password=row.must_change_password,
        is_active=row.is_active,
    )

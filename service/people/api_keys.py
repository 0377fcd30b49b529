"""Keys of programs, ``npk_<prefix>_<secret>``: lists show the prefix; the rest is shown once."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from hmac import compare_digest

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.db.tables import AccountRow, ApiKeyRow
from service.people.errors import AccountInvalid, ApiKeyInvalid
from service.people.records import ApiKey, Person, Role, Scope
from service.people.sessions import digest

_MARK = "npk"
_PREFIX_BYTES, _SECRET_BYTES = 5, 32


class ApiKeys:
    """The keys, within one database session; the caller commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        account_id: str,
        *,
        label: str,
        scopes: Iterable[Scope],
        now: datetime,
        expires_at: datetime | None = None,
    ) -> str:
        """Make a key for an account; returns it, for this one time.

        Raises:
            AccountInvalid: No scope is given.
        """
        opens = sorted(set(scopes))
        if not opens:
            raise AccountInvalid("key needs a scope")
        prefix, secret = secrets.token_hex(_PREFIX_BYTES), secrets.token_hex(_SECRET_BYTES)
        key = f"{_MARK}_{prefix}_{secret}"
        self._session.add(
            ApiKeyRow(
                prefix=prefix,
                key_sha256=digest(key),
                account_id=account_id,
                label=label,
                scopes=[scope.value for scope in opens],
                made_at=now,
                expires_at=expires_at,
                revoked_at=None,
            )
        )
        self._session.flush()
        return key

    def person(self, key: str, now: datetime) -> Person:
        """The program that shows ``key``.

        Raises:
            ApiKeyInvalid: It is unknown, revoked, past its end, or its account is closed.
        """
        mark, _, rest = key.partition("_")
        row = self._session.get(ApiKeyRow, rest.partition("_")[0])
        if mark != _MARK or row is None or not compare_digest(row.key_sha256, digest(key)):
            raise ApiKeyInvalid
        account = self._session.get(AccountRow, row.account_id)
        is_over = row.revoked_at is not None or (
            row.expires_at is not None and row.expires_at <= now
        )
        if is_over or account is None or not account.is_active:
            raise ApiKeyInvalid
        return Person(
            id=row.account_id,
            name=f"{account.name} ({row.prefix})",
            roles=frozenset({Role.PLUGIN}),
            scopes=frozenset(Scope(scope) for scope in row.scopes),
        )

    def revoke(self, prefix: str, now: datetime) -> str:
        """End a key; returns the id of its account.

        Raises:
            ApiKeyInvalid: There is none with this prefix.
        """
        row = self._session.get(ApiKeyRow, prefix)
        if row is None:
            raise ApiKeyInvalid
        row.revoked_at = row.revoked_at or now
        return row.account_id

    def every(self) -> Sequence[ApiKey]:
        """All keys, oldest first."""
        query = (
            select(ApiKeyRow, AccountRow.name)
            .join(AccountRow, AccountRow.id == ApiKeyRow.account_id)
            .order_by(ApiKeyRow.made_at, ApiKeyRow.prefix)
        )
        return [
            ApiKey(
                prefix=row.prefix,
                account=name,
                label=row.label,
                scopes=frozenset(Scope(scope) for scope in row.scopes),
                made_at=row.made_at,
                expires_at=row.expires_at,
                revoked_at=row.revoked_at,
            )
            for row, name in self._session.execute(query)
        ]

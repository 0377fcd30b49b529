"""Sessions of browsers. The token is in the cookie only; what is kept here is its hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from service.db.tables import SessionRow
from service.people.accounts import Accounts
from service.people.records import Account
from service.settings import Settings

_TOKEN_BYTES = 32
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A session that holds.

    Attributes:
        was_seen_long_ago: It is time to write down that it is in use.
    """

    account: Account
    csrf_token: str
    was_seen_long_ago: bool


class Sessions:
    """Who is signed in; within one database session, the caller commits."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        self._longest = timedelta(hours=settings.session_hours)
        self._idle = timedelta(minutes=settings.session_idle_minutes)

    def begin(self, account_id: str, now: datetime) -> str:
        """Sign somebody in; returns the token for the cookie. Sessions that ended are removed."""
        ended = or_(SessionRow.expires_at <= now, SessionRow.seen_at <= now - self._idle)
        self._session.execute(delete(SessionRow).where(ended))
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        self._session.add(
            SessionRow(
                token_sha256=digest(token),
                account_id=account_id,
                csrf_token=secrets.token_urlsafe(_TOKEN_BYTES),
                made_at=now,
                seen_at=now,
                expires_at=now + self._longest,
            )
        )
        return token

    def find(self, token: str, now: datetime) -> SignedIn | None:
        """The session of ``token``, while it holds and its account is active."""
        row = self._session.get(SessionRow, digest(token))
        if row is None or row.expires_at <= now or row.seen_at <= now - self._idle:
            return None
        account = Accounts(self._session).get(row.account_id)
        if account is None or not account.is_active:
            return None
        return SignedIn(
            account=account,
            csrf_token=row.csrf_token,
            was_seen_long_ago=row.seen_at <= now - _SEEN_EVERY,
        )

    def seen(self, token: str, now: datetime) -> None:
        """Write down that the session is in use."""
        row = self._session.get(SessionRow, digest(token))
        if row:
            row.seen_at = now

    def end(self, token: str) -> None:
        """Sign out."""
        query = delete(SessionRow).where(SessionRow.token_sha256 == digest(token))
        self._session.execute(query)


def digest(token: str) -> str:
    """What is kept of a random token; it is long enough that a plain hash cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()

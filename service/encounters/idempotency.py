"""The same request sent twice is done once: ``Idempotency-Key``.

What is kept is not the answer but which readings it was made of; those hold the words, sealed, and
are forgotten with their encounters.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from model.errors import NoteproofError
from service.db.tables import IdempotencyRow
from service.envelope import Cell, Seals, encounter_cell

KEPT_FOR = timedelta(hours=48)
_DONE = 200


class KeyReused(NoteproofError):
    """An Idempotency-Key was sent before with another body."""

    code = "request.key_reused"

    def __init__(self) -> None:
        super().__init__("this Idempotency-Key was sent before with another body")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that wants to be done once.

    Attributes:
        caller: Whose keys are meant: an account id, or the name of a local program.
        key: The Idempotency-Key as sent.
        body_sha256: Of the body as sent, in hexadecimal.
    """

    caller: str
    key: str
    body_sha256: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One encounter of an answer, and the reading that holds it."""

    encounter_id: str
    reading: int


def digest(body: bytes) -> str:
    """What tells one body from another."""
    return hashlib.sha256(body).hexdigest()


class Idempotency:
    """Requests already done, within one database session; the caller commits."""

    def __init__(self, session: Session, seals: Seals) -> None:
        self._session = session
        self._seals = seals

    def earlier(self, request: Request) -> tuple[Answered, ...] | None:
        """What the request was answered with before; None where it is new.

        Raises:
            KeyReused: It was sent with another body.
        """
        row = self._session.get(IdempotencyRow, (request.caller, request.key))
        if row is None or row.sealed is None:
            return None
        if row.body_sha256 != request.body_sha256:
            raise KeyReused
        owner, _, sealed = row.sealed.partition(b"\0")
        kept = self._seals.open_json(sealed, _cell(owner.decode(), request))
        return tuple(Answered(encounter_id, reading) for encounter_id, reading in kept)

    def remember(self, request: Request, answered: Sequence[Answered], now: datetime) -> None:
        """Keep what ``request`` was answered with; requests of days ago are let go."""
        old = delete(IdempotencyRow).where(IdempotencyRow.made_at < now - KEPT_FOR)
        self._session.execute(old)
        owner = answered[0].encounter_id
        kept = [[each.encounter_id, each.reading] for each in answered]
        sealed = self._seals.seal_json(kept, _cell(owner, request))
        self._session.add(
            IdempotencyRow(
                caller=request.caller,
                key=request.key,
                body_sha256=request.body_sha256,
                status=_DONE,
                sealed=owner.encode() + b"\0" + sealed,
                made_at=now,
            )
        )
        self._session.flush()


def _cell(owner: str, request: Request) -> Cell:
    return encounter_cell("idempotency_keys", owner, request.caller, request.key)

"""The audit log: each entry holds the hash of the one before it.

Entries name people, acts, ids and counts. They never hold words of a note.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from service.db.tables import AuditRow

FIRST = "0" * 64
"""What stands for the hash before the first entry."""
_LOCK = 0x6C6F67  # PostgreSQL: one writer of the log at a time, until it commits
_BATCH = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One act.

    Attributes:
        seq: 1 for the first entry, then one more each time.
        actor: The account's id, ``system``, or ``local program``.
        action: What was done, such as ``people.signed_in``.
        subject: What it was done to, such as ``encounters/enc-1``.
        hash: SHA-256 of all the rest, in hexadecimal.
    """

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a walk along the chain found.

    Attributes:
        entries: Entries read.
        last_hash: That of the newest entry; written down elsewhere, it proves later that nothing
            up to here was removed.
        broken_at: The first entry that is not as it was written; None where all are.
    """

    entries: int
    last_hash: str
    broken_at: int | None = None


class AuditLog:
    """The log within one database session; entries are committed with the act they tell of."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        *,
        at: datetime,
        actor: str,
        action: str,
        subject: str,
        detail: Mapping[str, Any] | None = None,
    ) -> AuditEntry:
        """Write down an act. ``detail`` holds ids, codes and counts."""
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        newest = self._session.scalar(select(AuditRow).order_by(AuditRow.seq.desc()).limit(1))
        row = AuditRow(
            seq=newest.seq + 1 if newest else 1,
            at=at.astimezone(UTC),
            actor=actor,
            action=action,
            subject=subject,
            detail=dict(detail or {}),
            previous=newest.hash if newest else FIRST,
        )
        row.hash = _hash(row)
        self._session.add(row)
        self._session.flush()
        return _record(row)

    def of(
        self, subject: str, *, actions: Collection[str] = (), most: int = 200
    ) -> Sequence[AuditEntry]:
        """What was done to ``subject``, newest first; of ``actions`` only, where some are named."""
        query = select(AuditRow).where(AuditRow.subject == subject).order_by(AuditRow.seq.desc())
        if actions:
            query = query.where(AuditRow.action.in_(actions))
        return [_record(row) for row in self._session.scalars(query.limit(most))]

    def newest(self, *, before: int | None = None, most: int = 200) -> Sequence[AuditEntry]:
        """Entries, newest first, from the one before ``before``."""
        query = select(AuditRow).order_by(AuditRow.seq.desc()).limit(most)
        if before is not None:
            query = query.where(AuditRow.seq < before)
        return [_record(row) for row in self._session.scalars(query)]

    def verify(self, *, known: Mapping[int, str] | None = None) -> Verified:
        """Walk the chain from its start.

        Args:
            known: Hashes written down earlier, by number of entry: they must still be there.
        """
        known = dict(known or {})
        previous, seq = FIRST, 0
        for row in self._rows():
            expected = known.pop(row.seq, row.hash)
            is_next = row.seq == seq + 1 and row.previous == previous
            if not is_next or row.hash != _hash(row) or row.hash != expected:
                return Verified(entries=seq, last_hash=previous, broken_at=seq + 1)
            previous, seq = row.hash, row.seq
        # An entry that was once written down and is gone: the end of the chain was cut off.
        return Verified(entries=seq, last_hash=previous, broken_at=seq + 1 if known else None)

    def _rows(self) -> Iterator[AuditRow]:
        query, seq = select(AuditRow).order_by(AuditRow.seq).limit(_BATCH), 0
        while rows := self._session.scalars(query.where(AuditRow.seq > seq)).all():
            yield from rows
            seq = rows[-1].seq
            for row in rows:
                self._session.expunge(row)  # a log of years does not fit into memory


def _hash(row: AuditRow) -> str:
    """SHA-256 of the entry without its hash, as JSON with sorted keys."""
    told = {
        "seq": row.seq,
        "at": row.at.isoformat(),
        "actor": row.actor,
        "action": row.action,
        "subject": row.subject,
        "detail": row.detail,
        "previous": row.previous,
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _record(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        detail=row.detail,
        previous=row.previous,
        hash=row.hash,
    )

"""Remove the words of final encounters when their time is over.

What goes is the data key of the encounter: its readings and decisions stay in their tables,
unreadable for good. Counts, dates and the audit log remain. A backup made before still holds the
data key; backups have to be given a time of their own.
"""

import asyncio
import logging
from datetime import datetime, timedelta

from sqlalchemy import select

from service.audit.log import AuditLog
from service.background import to_the_end
from service.clock import Clock
from service.db.errors import StorageError
from service.db.storage import Storage
from service.db.tables import EncounterRow
from service.envelope import Seals, encounter_owner

logger = logging.getLogger(__name__)

_BATCH = 200
_EVERY_SECONDS = 3600


def forget_due(storage: Storage, *, keep_days: int, now: datetime) -> int:
    """Forget the encounters that have been final for ``keep_days``; returns how many.

    Raises:
        StorageError: The database is away; what was forgotten before stays so.
    """
    done = 0
    while found := _one_batch(storage, keep_days=keep_days, now=now):
        done += found
    return done


async def keep_forgetting(storage: Storage, *, keep_days: int, clock: Clock) -> None:
    """Look every hour, until cancelled. Trouble of the database is logged and looked past.

    A cancel waits for the batch at hand, not for all that is due.
    """
    while True:
        try:
            while done := await to_the_end(_one_batch, storage, keep_days=keep_days, now=clock()):
                logger.info("encounters forgotten number=%s", done)
        except StorageError as error:
            logger.warning("forgetting put off code=%s", error.code)
        await asyncio.sleep(_EVERY_SECONDS)


def _one_batch(storage: Storage, *, keep_days: int, now: datetime) -> int:
    final_since = now - timedelta(days=keep_days)
    is_due = (EncounterRow.finalized_at <= final_since) & EncounterRow.forgotten_at.is_(None)
    query = select(EncounterRow).where(is_due).order_by(EncounterRow.id).limit(_BATCH)
    with storage.database.writing() as session:
        seals, log = Seals(session, storage.keyring), AuditLog(session)
        rows = session.scalars(query).all()
        for row in rows:
            owner = encounter_owner(row.id)
            row.forgotten_at = now
            seals.forget(owner)
            log.add(at=now, actor="system", action="encounter.forgotten", subject=owner)
    return len(rows)

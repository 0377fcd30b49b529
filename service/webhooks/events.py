"""What happened, for programs that asked to be told; written in the transaction it happened in."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.db.tables import DeliveryRow, WebhookRow


class Event(StrEnum):
    """What a webhook can ask for."""

    ENCOUNTER_READ = "encounter.read"
    REVIEW_FINALIZED = "review.finalized"
    REVIEW_AMENDED = "review.amended"
    QUERY_SENT = "query.sent"
    QUERY_WITHDRAWN = "query.withdrawn"


Payload = Mapping[str, str | int | bool | None]


class Outbox:
    """Events on their way, within one database session; the caller commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def announce(self, event: Event, payload: Payload, now: datetime) -> int:
        """Put ``event`` on its way to each webhook that asked for it; how many there are.

        Args:
            event: What happened.
            payload: Ids, numbers and states; never words of a note, a comment or a query.
            now: When.
        """
        event_id = uuid4()
        hooks = self._session.scalars(select(WebhookRow).where(WebhookRow.is_active))
        asked = [hook for hook in hooks if event in hook.events]
        for hook in asked:
            self._session.add(
                DeliveryRow(
                    id=uuid4(),
                    webhook_id=hook.id,
                    event=event,
                    event_id=event_id,
                    payload=dict(payload),
                    made_at=now,
                    attempts=0,
                    next_at=now,
                )
            )
        return len(asked)

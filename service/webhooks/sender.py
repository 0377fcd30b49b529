"""Send what waits in the outbox, in the background, again and again until it is taken.

Nothing is sent anywhere unless an administrator named an address. An event is sent at least once;
receivers tell repetitions by ``event_id``.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from http import HTTPStatus

from sqlalchemy.orm import Session

from model.errors import NoteproofError
from service.background import to_the_end
from service.clock import Clock
from service.db.storage import Storage
from service.envelope import Seals
from service.outgoing import UNANSWERED, asked
from service.webhooks.repository import Delivery, Webhooks
from service.webhooks.signing import HEADER, signature

logger = logging.getLogger(__name__)

_AT_ONCE = 20
Post = Callable[[str, bytes, dict[str, str]], int | None]


def post(url: str, body: bytes, headers: dict[str, str]) -> int | None:
    """Send ``body`` to ``url``; the status it was answered with, None where nobody answered.

    Redirects are not followed: the address is the one an administrator chose.
    """
    try:
        with asked(url, body, headers) as response:
            return response.status
    except UNANSWERED:
        return None


class Sender:
    """Empties the outbox of one service."""

    def __init__(self, storage: Storage, clock: Clock, *, post: Post = post) -> None:
        self._storage = storage
        self._clock = clock
        self._post = post

    async def run(self, *, every_seconds: float) -> None:
        """Send until cancelled; a database that is away, or a key, is asked for again later.

        A cancel waits for the one event that is on its way, not for all that are due.
        """
        while True:
            try:
                while found := await to_the_end(self._due):
                    for delivery in found:
                        await to_the_end(self._send, delivery)
            except NoteproofError as error:
                logger.warning("outbox not read error=%s", error.code)
            await asyncio.sleep(every_seconds)

    def send_due(self) -> int:
        """Send everything that is due; how many events were taken."""
        taken = 0
        while found := self._due():
            for delivery in found:
                taken += self._send(delivery)
        return taken

    def _due(self) -> list[Delivery]:
        with self._storage.database.reading() as session:
            if not self._webhooks(session).is_any_due(self._clock()):
                return []
        with self._storage.database.writing() as session:
            return list(self._webhooks(session).due(self._clock(), most=_AT_ONCE))

    def _send(self, delivery: Delivery) -> bool:
        now = self._clock()
        body = json.dumps(
            {
                "event": delivery.event,
                "event_id": str(delivery.event_id),
                "at": delivery.made_at.isoformat(),
                "data": delivery.payload,
            }
        ).encode()
        headers = {
            "Content-Type": "application/json",
            HEADER: signature(delivery.secret, body, now),
        }
        status = self._post(delivery.url, body, headers)
        is_taken = status is not None and HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
        with self._storage.database.writing() as session:
            webhooks = self._webhooks(session)
            if is_taken and status is not None:
                webhooks.delivered(delivery.id, now, status)
            else:
                webhooks.refused(delivery.id, now, status)
        logger.info("event sent event=%s status=%s", delivery.event, status)
        return is_taken

    def _webhooks(self, session: Session) -> Webhooks:
        return Webhooks(session, Seals(session, self._storage.keyring))

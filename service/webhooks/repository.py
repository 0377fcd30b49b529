"""Webhooks and what waits for them, within one database session; the caller commits."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from service.db.tables import DeliveryRow, WebhookRow
from service.envelope import Cell, Seals
from service.webhooks.errors import UnknownWebhook, WebhookInvalid
from service.webhooks.events import Event

_SECRET_BYTES = 32
FIRST_WAIT = timedelta(seconds=10)
MOST_ATTEMPTS = 12
"""The last of them comes half a day after the first: 10 s, 20 s, 40 s and so on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where events are sent; its secret is shown once, when it is made."""

    id: UUID
    url: str
    events: tuple[str, ...]
    is_active: bool
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One event on its way to one webhook.

    Attributes:
        attempts: How often it was sent before.
    """

    id: UUID
    url: str
    secret: bytes
    event: str
    event_id: UUID
    payload: dict[str, Any]
    made_at: datetime
    attempts: int


class Webhooks:
    """What an administrator asked to be told, and what is still to be told."""

    def __init__(self, session: Session, seals: Seals) -> None:
        self._session = session
        self._seals = seals

    def add(
        self, url: str, events: Iterable[Event], *, by: str, now: datetime
    ) -> tuple[Webhook, str]:
        """A new webhook and its secret, which cannot be read again.

        Raises:
            WebhookInvalid: The address is none that events can be sent to.
        """
        try:
            parts = urlsplit(url)
            _ = parts.port  # raises where it is no number
        except ValueError:
            raise WebhookInvalid("cannot be read") from None
        if parts.scheme not in ("https", "http") or not parts.hostname or parts.username:
            raise WebhookInvalid("must be http(s)://HOST/..., without a name or a password")
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        row = WebhookRow(
            id=uuid4(),
            url=url,
            events=sorted({event.value for event in events}),
            is_active=True,
            made_by=by,
            made_at=now,
        )
        row.sealed = self._seals.seal(secret.encode(), _cell(row.id))
        self._session.add(row)
        self._session.flush()
        return _record(row), secret

    def every(self) -> Sequence[Webhook]:
        """All webhooks, oldest first."""
        query = select(WebhookRow).order_by(WebhookRow.made_at, WebhookRow.id)
        return [_record(row) for row in self._session.scalars(query)]

    def stop(self, webhook_id: UUID) -> None:
        """Send nothing there any more; what waited for it is given up when its turn comes.

        Raises:
            UnknownWebhook: There is none of that id.
        """
        row = self._session.get(WebhookRow, webhook_id)
        if row is None:
            raise UnknownWebhook
        row.is_active = False

    def is_any_due(self, now: datetime) -> bool:
        """Whether anything should be sent now; asked often, so it only reads."""
        query = select(DeliveryRow.id).where(*_waiting(now)).limit(1)
        return self._session.scalar(query) is not None

    def due(self, now: datetime, *, most: int) -> Sequence[Delivery]:
        """What should be sent now, oldest first; nobody else gets the same until it is put off."""
        query = (
            select(DeliveryRow, WebhookRow)
            .join(WebhookRow, WebhookRow.id == DeliveryRow.webhook_id)
            .where(*_waiting(now))
            .order_by(DeliveryRow.next_at, DeliveryRow.id)
            .limit(most)
            .with_for_update(of=DeliveryRow, skip_locked=True)
        )
        found = []
        for delivery, hook in self._session.execute(query):
            if not hook.is_active:
                delivery.failed_at = now
                continue
            found.append(self._delivery(delivery, hook))
            _put_off(delivery, now)
        return found

    def delivered(self, delivery_id: UUID, now: datetime, status: int) -> None:
        """The receiver took it."""
        row = self._session.get_one(DeliveryRow, delivery_id)
        row.delivered_at, row.last_status = now, status

    def refused(self, delivery_id: UUID, now: datetime, status: int | None) -> None:
        """The receiver did not take it; after the last attempt it is given up."""
        row = self._session.get_one(DeliveryRow, delivery_id)
        row.last_status = status
        if row.attempts >= MOST_ATTEMPTS:
            row.failed_at = now

    def _delivery(self, row: DeliveryRow, hook: WebhookRow) -> Delivery:
        return Delivery(
            id=row.id,
            url=hook.url,
            secret=self._seals.open(hook.sealed, _cell(hook.id)),
            event=row.event,
            event_id=row.event_id,
            payload=row.payload,
            made_at=row.made_at,
            attempts=row.attempts,
        )


def _waiting(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        DeliveryRow.delivered_at.is_(None),
        DeliveryRow.failed_at.is_(None),
        DeliveryRow.next_at <= now,
    )


def _put_off(row: DeliveryRow, now: datetime) -> None:
    """Counted before it is sent: a process that dies meanwhile sends it again, later."""
    row.next_at = now + FIRST_WAIT * 2**row.attempts
    row.attempts += 1


def _cell(webhook_id: UUID) -> Cell:
    return Cell(owner=f"webhooks/{webhook_id}", place=f"webhooks/{webhook_id}/sealed")


def _record(row: WebhookRow) -> Webhook:
    return Webhook(
        id=row.id,
        url=row.url,
        events=tuple(row.events),
        is_active=row.is_active,
        made_at=row.made_at,
    )

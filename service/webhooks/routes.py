"""``/api/v1/webhooks``: where events are sent. Only an administrator says."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, status
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.types import Strict

from service.people.access import needs
from service.people.records import Person, Role
from service.problems import responses
from service.reviews.deps import ReadDesk, WriteDesk
from service.webhooks.events import Event
from service.webhooks.repository import Webhooks
from service.wire.encounter import In

router = APIRouter(prefix="/webhooks", tags=["webhooks"])
Admin = Annotated[Person, needs(Role.ADMIN)]


class WebhookIn(In):
    """An address and the events it wants."""

    url: Annotated[str, StringConstraints(min_length=8, max_length=2000, pattern=r"^[!-~]+$")]
    events: list[Annotated[Event, Strict(False)]] = Field(min_length=1, max_length=10)


class WebhookOut(BaseModel):
    """A webhook as it is listed."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    url: str
    events: list[str]
    is_active: bool
    made_at: datetime


class NewWebhookOut(WebhookOut):
    """A webhook as it was made; ``secret`` signs its events and is not shown again."""

    secret: str


@router.post("", status_code=status.HTTP_201_CREATED, responses=responses(401, 403, 415, 422, 503))
def add_webhook(body: WebhookIn, desk: WriteDesk, admin: Admin) -> NewWebhookOut:
    """Have events sent to an address from now on."""
    made, secret = Webhooks(desk.session, desk.seals).add(
        body.url, body.events, by=admin.account_id, now=desk.now
    )
    desk.audit.add(
        at=desk.now,
        actor=admin.account_id,
        action="webhook.added",
        subject=f"webhooks/{made.id}",
        detail={"events": list(made.events)},
    )
    return NewWebhookOut(**dict(WebhookOut.model_validate(made)), secret=secret)


@router.get("", responses=responses(401, 403))
def list_webhooks(desk: ReadDesk, admin: Admin) -> list[WebhookOut]:
    """Every webhook, those stopped included."""
    found = Webhooks(desk.session, desk.seals).every()
    return [WebhookOut.model_validate(each) for each in found]


@router.delete(
    "/{webhook_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=responses(401, 403, 404, 503),
)
def stop_webhook(webhook_id: UUID, desk: WriteDesk, admin: Admin) -> None:
    """Send nothing there any more."""
    Webhooks(desk.session, desk.seals).stop(webhook_id)
    desk.audit.add(
        at=desk.now,
        actor=admin.account_id,
        action="webhook.stopped",
        subject=f"webhooks/{webhook_id}",
    )

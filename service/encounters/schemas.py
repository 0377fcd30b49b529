"""Encounters as lists and charts answer them."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from service.reviews.answers import ReviewOut
from service.wire import DraftOut


class SummaryOut(BaseModel):
    """Where one encounter stands; nothing of its note."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    status: str
    lane: str
    payer: str
    discipline: str | None
    note_kind: str | None
    date_of_service: date | None
    received_at: datetime
    changed_at: datetime
    due_on: date | None
    assigned_to: str | None
    assigned_name: str | None
    leased_by: str | None
    leased_until: datetime | None
    lines: int
    blocks: int
    warns: int
    reading: int
    version: int
    is_stale: bool
    finalized_at: datetime | None


class PageOut(BaseModel):
    """Encounters in the order they should be done; ``next`` asks for the page after this one."""

    encounters: list[SummaryOut]
    next: str | None


class ChartOut(DraftOut):
    """The draft as it was answered, and what became of it in review."""

    review: ReviewOut

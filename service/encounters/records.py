"""Encounters as a worklist shows them, and how one is asked for."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EncounterSummary:
    """One row of a worklist; nothing in it is from the words of a note.

    Attributes:
        status: A ``ReviewStatus``.
        due_on: The day it should be final, or the day it was parked until.
        assigned_to: Account id; ``assigned_name`` is how it is shown.
        leased_by: Name of whoever has it open; None where nobody has.
        lines: Standing lines of the claim.
        blocks: Findings that block it and were not set aside; ``warns`` likewise.
    """

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in the order of the worklist: due first, then received first."""

    due_on: date
    received_at: datetime
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistFilter:
    """Which encounters; None or empty asks for any.

    Attributes:
        assigned_to: Account id; ``NOBODY`` asks for those nobody is to do.
        due_by: Due on that day or before.
        received_by: Age: received at that moment or before.
        id_prefix: How the id begins.
        blind_to: Account id: what they code blind is left out until it is settled, as its row tells
            what the first reviewer made of it.
    """

    status: tuple[str, ...] = ()
    lane: str | None = None
    payer: str | None = None
    discipline: str | None = None
    note_kind: str | None = None
    assigned_to: str | None = None
    due_by: date | None = None
    received_by: datetime | None = None
    id_prefix: str | None = None
    blind_to: str | None = None


NOBODY = "nobody"

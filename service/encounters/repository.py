"""Where encounters stand, within one database session; the caller commits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from model.records import Severity
from model.records.review import EncounterReading
from service.db.tables import EncounterRow
from service.encounters.due import Due
from service.reviews.errors import UnknownEncounter
from service.reviews.judging import LiveFinding
from service.reviews.view import ReviewState


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the row of an encounter says before it is changed."""

    reading: int
    version: int
    received_at: datetime
    assigned_to: str | None


class EncounterRepository:
    """The rows that worklists are made of; each is rebuilt from readings and decisions."""

    def __init__(self, session: Session, *, due: Due) -> None:
        self._session = session
        self._due = due
        self._locked: dict[str, EncounterRow | None] = {}

    def lock(self, encounter_id: str) -> Standing | None:
        """Where the encounter stands; until the transaction ends nobody else changes it."""
        row = self._row(encounter_id)
        if row is None:
            return None
        return Standing(
            reading=row.reading,
            version=row.version,
            received_at=row.received_at,
            assigned_to=row.assigned_to,
        )

    def project(self, reading: EncounterReading, state: ReviewState, now: datetime) -> None:
        """Write down where the encounter stands.

        Args:
            reading: The reading under review.
            state: Its review on the first track.
            now: When it came to stand there.
        """
        row = self._row(state.encounter_id)
        if row is None:
            row = EncounterRow(id=state.encounter_id, received_at=now)
            self._session.add(row)
            self._locked[row.id] = row
        draft, encounter = reading.draft, reading.encounter
        graves = [found.finding.severity for found in state.all_findings if _counts(found)]
        claim = state.folded.standing_claim
        row.changed_at = now
        row.reading, row.version = state.newest_reading, state.version
        row.status, row.lane, row.payer = state.status.value, draft.lane.value, draft.payer
        row.discipline = draft.discipline.value if draft.discipline else None
        row.note_kind = draft.note_kind.value if draft.note_kind else None
        row.setting = encounter.setting.value if encounter.setting else None
        row.date_of_service = draft.date_of_service
        row.due_on = self._due.on(draft.date_of_service, row.received_at, state)
        row.lines = len(state.review.standing_lines)
        row.blocks = graves.count(Severity.BLOCKS)
        row.warns = graves.count(Severity.WARNS)
        row.is_stale = state.is_stale
        # Empty while it is being amended: what is not final is neither exported nor forgotten.
        row.finalized_at = claim.made_at if claim and state.review.is_final else None
        self._session.flush()

    def assign(self, encounter_id: str, account_id: str | None, now: datetime) -> None:
        """Say who is to review the encounter; None takes it from whoever was.

        Raises:
            UnknownEncounter: There is none of that id.
        """
        row = self._row(encounter_id)
        if row is None:
            raise UnknownEncounter
        row.assigned_to, row.changed_at = account_id, now
        self._session.flush()

    def _row(self, encounter_id: str) -> EncounterRow | None:
        """Locked once a transaction: nobody else changes it before that ends."""
        if encounter_id not in self._locked:
            query = select(EncounterRow).where(EncounterRow.id == encounter_id).with_for_update()
            self._locked[encounter_id] = self._session.scalar(query)
        return self._locked[encounter_id]


def _counts(found: LiveFinding) -> bool:
    return found.override is None

"""Readings and decisions within one database session; the caller commits."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from model.records.review import EncounterReading, ReviewDecision, Undo
from service.db.tables import DecisionRow, ReadingRow
from service.envelope import Seals, encounter_cell
from service.reviews.errors import UnknownEncounter
from service.reviews.fold import Readings
from service.reviews.records import Track
from service.reviews.stored import act_bytes, act_of, reading_bytes, reading_of


class ReviewRepository:
    """What reviews are folded from. Rows are only ever added."""

    def __init__(self, session: Session, seals: Seals) -> None:
        self.session = session
        self._seals = seals

    def readings(self, encounter_id: str) -> Readings:
        """Every reading of the encounter, by number.

        Raises:
            UnknownEncounter: None was ever made.
            SealForgotten: Its words were removed when their time was over.
        """
        query = select(ReadingRow).where(ReadingRow.encounter_id == encounter_id)
        found = {row.number: self._reading(row) for row in self.session.scalars(query)}
        if not found:
            raise UnknownEncounter
        return found

    def newest(self, encounter_id: str) -> EncounterReading | None:
        """The newest reading of the encounter; None where there is none."""
        query = (
            select(ReadingRow)
            .where(ReadingRow.encounter_id == encounter_id)
            .order_by(ReadingRow.number.desc())
            .limit(1)
        )
        row = self.session.scalar(query)
        return self._reading(row) if row else None

    def reading(self, encounter_id: str, number: int) -> EncounterReading:
        """One reading; raises as ``readings`` does."""
        row = self.session.get(ReadingRow, (encounter_id, number))
        if row is None:
            raise UnknownEncounter
        return self._reading(row)

    def add_reading(self, reading: EncounterReading, row: ReadingRow) -> None:
        """Keep ``reading``, described by ``row`` but for what is sealed."""
        cell = encounter_cell("readings", row.encounter_id, row.number)
        row.sealed = self._seals.seal(reading_bytes(reading), cell)
        self.session.add(row)

    def decisions(self, encounter_id: str, track: Track) -> tuple[ReviewDecision, ...]:
        """Every decision of one track, oldest first."""
        query = (
            select(DecisionRow)
            .where(DecisionRow.encounter_id == encounter_id, DecisionRow.track == track)
            .order_by(DecisionRow.number)
        )
        return tuple(self._decision(row) for row in self.session.scalars(query))

    def count(self, encounter_id: str, track: Track) -> int:
        """How many decisions a track has."""
        query = select(func.count()).where(
            DecisionRow.encounter_id == encounter_id, DecisionRow.track == track
        )
        return self.session.scalar(query) or 0

    def append(
        self, encounter_id: str, track: Track, decision: ReviewDecision, holding: Sequence[int]
    ) -> None:
        """Add ``decision`` after whatever was decided before.

        Args:
            encounter_id: Whose review it belongs to.
            track: Which of its reviews.
            decision: Its number is one more than the last.
            holding: Numbers of the decisions that held before, oldest first.

        Raises:
            IntegrityError: Somebody else decided in the same moment.
        """
        cell = encounter_cell("decisions", encounter_id, track, decision.number)
        undoes = holding[-1] if holding and isinstance(decision.act, Undo) else None
        self.session.add(
            DecisionRow(
                encounter_id=encounter_id,
                track=track,
                number=decision.number,
                reading=decision.reading,
                kind=decision.act.kind,
                made_by=decision.made_by,
                made_at=decision.made_at,
                undoes=undoes,
                sealed=self._seals.seal(act_bytes(decision.act), cell),
            )
        )
        self.session.flush()

    def _reading(self, row: ReadingRow) -> EncounterReading:
        cell = encounter_cell("readings", row.encounter_id, row.number)
        return reading_of(self._seals.open(row.sealed, cell))

    def _decision(self, row: DecisionRow) -> ReviewDecision:
        cell = encounter_cell("decisions", row.encounter_id, row.track, row.number)
        return ReviewDecision(
            number=row.number,
            reading=row.reading,
            made_by=row.made_by,
            made_at=row.made_at,
            act=act_of(self._seals.open(row.sealed, cell)),
        )

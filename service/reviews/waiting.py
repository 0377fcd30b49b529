"""Who may do what next of what is coded twice: code it blind, or settle the difference."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, exists, select

from service.db.tables import DecisionRow, EncounterRow, SecondReviewRow
from service.reviews.desk import Desk
from service.reviews.records import Track
from service.reviews.view import ReviewStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingTwice:
    """An encounter that is coded twice and waits for somebody; nothing of a decision is in it.

    Attributes:
        asked_at: When the second coding was asked for.
    """

    encounter_id: str
    discipline: str | None
    note_kind: str | None
    date_of_service: date | None
    asked_at: datetime


def to_code_second(desk: Desk, reviewer: str) -> Sequence[WaitingTwice]:
    """What ``reviewer`` is to code blind, as long as their claim is not final; oldest first."""
    found = desk.session.execute(_unsettled().where(SecondReviewRow.reviewer == reviewer)).all()
    final = _final(desk, (row.id for row, _ in found))
    return [_record(row, second) for row, second in found if row.id not in final]


def to_settle(desk: Desk, by: str) -> Sequence[WaitingTwice]:
    """What ``by`` may settle: both claims are final, and neither is theirs; oldest first."""
    theirs = exists().where(
        DecisionRow.encounter_id == EncounterRow.id,
        DecisionRow.track == Track.FIRST,
        DecisionRow.made_by == by,
    )
    query = _unsettled().where(
        SecondReviewRow.reviewer != by, EncounterRow.status == ReviewStatus.FINALIZED, ~theirs
    )
    found = desk.session.execute(query).all()
    final = _final(desk, (row.id for row, _ in found))
    return [_record(row, second) for row, second in found if row.id in final]


def _unsettled() -> Select[EncounterRow, SecondReviewRow]:
    return (
        select(EncounterRow, SecondReviewRow)
        .join(SecondReviewRow, SecondReviewRow.encounter_id == EncounterRow.id)
        .where(SecondReviewRow.settled_at.is_(None), EncounterRow.forgotten_at.is_(None))
        .order_by(SecondReviewRow.assigned_at, EncounterRow.id)
    )


def _final(desk: Desk, encounter_ids: Iterable[str]) -> frozenset[str]:
    """Those whose second claim is final; read off the kinds of decisions, which are not sealed."""
    kinds: dict[str, list[str]] = {}
    query = (
        select(DecisionRow.encounter_id, DecisionRow.kind)
        .where(_is_second(), DecisionRow.encounter_id.in_(list(encounter_ids)))
        .order_by(DecisionRow.encounter_id, DecisionRow.number)
    )
    for encounter_id, kind in desk.session.execute(query):
        holding = kinds.setdefault(encounter_id, [])
        if kind == "undo":
            holding.pop()
        else:
            holding.append(kind)
    return frozenset(each for each, holding in kinds.items() if _ends_final(holding))


def _ends_final(holding: Sequence[str]) -> bool:
    deciding = [kind for kind in holding if kind in ("finalize", "amend")]
    return bool(deciding) and deciding[-1] == "finalize"


def _is_second() -> ColumnElement[bool]:
    return DecisionRow.track == Track.SECOND


def _record(row: EncounterRow, second: SecondReviewRow) -> WaitingTwice:
    return WaitingTwice(
        encounter_id=row.id,
        discipline=row.discipline,
        note_kind=row.note_kind,
        date_of_service=row.date_of_service,
        asked_at=second.assigned_at,
    )

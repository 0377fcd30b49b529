"""The worklist: which encounters wait, in what order, page by page."""

import base64
import binascii
import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from model.errors import NoteproofError
from service.db.tables import AccountRow, EncounterRow, LeaseRow, SecondReviewRow
from service.encounters.records import NOBODY, EncounterSummary, Place, WorklistFilter
from service.reviews.records import Track
from service.reviews.view import ReviewStatus

MOST_LISTED = 200
_OPEN = set(ReviewStatus) - {ReviewStatus.FINALIZED}
_Found = Row[EncounterRow, str, str, datetime]


class CursorInvalid(NoteproofError):
    """A cursor of a list is not one we gave."""

    code = "request.cursor"

    def __init__(self) -> None:
        super().__init__("the cursor is none of ours; ask without one")


class Worklist:
    """Questions about many encounters, within one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(
        self, wanted: WorklistFilter, *, now: datetime, after: Place | None = None, most: int = 50
    ) -> Sequence[EncounterSummary]:
        """Up to ``most`` encounters in the order they should be done, those after ``after``."""
        query = self._filtered(wanted, now)
        if after is not None:
            query = query.where(_order() > _at(after))
        rows = self._session.execute(query.order_by(*_columns()).limit(min(most, MOST_LISTED)))
        return [_summary(row) for row in rows]

    def one(self, encounter_id: str, *, now: datetime) -> EncounterSummary | None:
        """The row of one encounter; None where there is none."""
        query = self._filtered(WorklistFilter(), now).where(EncounterRow.id == encounter_id)
        row = self._session.execute(query).one_or_none()
        return _summary(row) if row else None

    def neighbour(
        self,
        wanted: WorklistFilter,
        encounter_id: str,
        *,
        reviewer: str,
        now: datetime,
        is_next: bool = True,
    ) -> str | None:
        """The id of the encounter after (or before) the given one in the same list.

        Going on passes over what somebody other than ``reviewer`` has open.
        """
        here = self.one(encounter_id, now=now)
        query = self._filtered(wanted, now)
        if here is not None:
            place = _at(place_of(here))
            query = query.where(_order() > place if is_next else _order() < place)
        if is_next:
            query = query.where(or_(LeaseRow.holder.is_(None), LeaseRow.holder == reviewer))
        columns = _columns() if is_next else [column.desc() for column in _columns()]
        row = self._session.execute(query.order_by(*columns).limit(1)).one_or_none()
        return row[0].id if row else None

    def counts(self) -> dict[str, int]:
        """How many encounters have each status."""
        query = select(EncounterRow.status, func.count()).group_by(EncounterRow.status)
        return {row.status: row[1] for row in self._session.execute(query)}

    def _filtered(
        self, wanted: WorklistFilter, now: datetime
    ) -> Select[EncounterRow, str, str, datetime]:
        assignee, holder = aliased(AccountRow), aliased(AccountRow)
        return (
            select(EncounterRow, assignee.name, holder.name, LeaseRow.until)
            .outerjoin(assignee, assignee.id == EncounterRow.assigned_to)
            .outerjoin(LeaseRow, _is_open(now))
            .outerjoin(holder, holder.id == LeaseRow.holder)
            .where(*_conditions(wanted))
        )


def cursor_of(place: Place) -> str:
    """``place`` as a word other programs hand back."""
    written = json.dumps([place.due_on.isoformat(), place.received_at.isoformat(), place.id])
    return base64.urlsafe_b64encode(written.encode()).decode("ascii")


def place_at(cursor: str) -> Place:
    """The place a cursor stands for.

    Raises:
        CursorInvalid: It is none of ours.
    """
    try:
        due_on, received_at, encounter_id = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return Place(
            due_on=date.fromisoformat(due_on),
            received_at=_aware(datetime.fromisoformat(received_at)),
            id=str(encounter_id),
        )
    except (binascii.Error, ValueError, TypeError):
        raise CursorInvalid from None


def place_of(summary: EncounterSummary) -> Place:
    """Where ``summary`` stands in the order."""
    return Place(due_on=summary.due_on or date.max, received_at=summary.received_at, id=summary.id)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment


def _columns() -> list[Any]:
    return [EncounterRow.due_on, EncounterRow.received_at, EncounterRow.id]


def _order() -> Any:
    return tuple_(*_columns())


def _at(place: Place) -> Any:
    values = (place.due_on, place.received_at, place.id)
    columns = zip(values, _columns(), strict=True)
    return tuple_(*(literal(value, column.type) for value, column in columns))


def _is_open(now: datetime) -> ColumnElement[bool]:
    return and_(
        LeaseRow.encounter_id == EncounterRow.id,
        LeaseRow.track == Track.FIRST,
        LeaseRow.until > now,
    )


def _conditions(wanted: WorklistFilter) -> Iterator[ColumnElement[bool]]:
    exact = {
        EncounterRow.lane: wanted.lane,
        EncounterRow.payer: wanted.payer,
        EncounterRow.discipline: wanted.discipline,
        EncounterRow.note_kind: wanted.note_kind,
    }
    yield from (column == value for column, value in exact.items() if value is not None)
    yield from _with_status(wanted.status)
    if wanted.due_by is not None:
        yield EncounterRow.due_on <= wanted.due_by
    if wanted.received_by is not None:
        yield EncounterRow.received_at <= wanted.received_by
    if wanted.id_prefix:
        yield EncounterRow.id.startswith(wanted.id_prefix, autoescape=True)
    if wanted.blind_to is not None:
        yield ~coded_blind(wanted.blind_to)
    yield from _assigned(wanted.assigned_to)


def coded_blind(by: str) -> ColumnElement[bool]:
    """Whether ``by`` codes the encounter of a query blind, and must not see the first review."""
    return exists().where(
        SecondReviewRow.encounter_id == EncounterRow.id,
        SecondReviewRow.reviewer == by,
        SecondReviewRow.settled_at.is_(None),
    )


def _with_status(wanted: Collection[str]) -> Iterator[ColumnElement[bool]]:
    """Those not final have an index in the order of the list; said by status it is not used."""
    if wanted and ReviewStatus.FINALIZED not in wanted:
        yield EncounterRow.finalized_at.is_(None)
    if wanted and set(wanted) != _OPEN:
        yield EncounterRow.status.in_(wanted)


def _assigned(to: str | None) -> Iterator[ColumnElement[bool]]:
    if to == NOBODY:
        yield EncounterRow.assigned_to.is_(None)
    elif to is not None:
        yield EncounterRow.assigned_to == to


def _summary(found: _Found) -> EncounterSummary:
    row, assignee, holder, until = found
    return EncounterSummary(
        id=row.id,
        status=row.status,
        lane=row.lane,
        payer=row.payer,
        discipline=row.discipline,
        note_kind=row.note_kind,
        date_of_service=row.date_of_service,
        received_at=row.received_at,
        changed_at=row.changed_at,
        due_on=row.due_on,
        assigned_to=row.assigned_to,
        assigned_name=assignee,
        leased_by=holder,
        leased_until=until,
        lines=row.lines,
        blocks=row.blocks,
        warns=row.warns,
        reading=row.reading,
        version=row.version,
        is_stale=row.is_stale,
        finalized_at=row.finalized_at,
    )

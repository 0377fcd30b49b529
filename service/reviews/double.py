"""Blind double coding: a second reviewer who does not see what the first decided.

Both review the same reading on tracks of their own. When both claims are final, somebody else sees
them side by side and settles the difference on a third track.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from model.errors import ReviewForbidden
from service.db.tables import DecisionRow, EncounterRow, SecondReviewRow
from service.reviews.desk import Desk
from service.reviews.errors import DecisionRefused, UnknownEncounter
from service.reviews.records import Track


class SecondState(StrEnum):
    """How far a double coding is."""

    ASSIGNED = "assigned"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReview:
    """Who codes an encounter a second time."""

    encounter_id: str
    reviewer: str
    assigned_by: str
    assigned_at: datetime
    state: SecondState


def second_review(desk: Desk, encounter_id: str) -> SecondReview | None:
    """The double coding of the encounter; None where there is none."""
    row = desk.session.get(SecondReviewRow, encounter_id)
    return _record(row) if row else None


def second_reviews_of(desk: Desk, reviewer: str) -> Sequence[SecondReview]:
    """What ``reviewer`` is to code a second time, oldest first."""
    query = (
        select(SecondReviewRow)
        .where(SecondReviewRow.reviewer == reviewer)
        .order_by(SecondReviewRow.assigned_at, SecondReviewRow.encounter_id)
    )
    return [_record(row) for row in desk.session.scalars(query)]


def assign_second(desk: Desk, encounter_id: str, *, reviewer: str, by: str) -> SecondReview:
    """Have ``reviewer`` code the encounter blind.

    Raises:
        UnknownEncounter: There is none of that id.
        DecisionRefused: Somebody was asked already, or ``reviewer`` decided on it before.
    """
    if desk.encounters.lock(encounter_id) is None:
        raise UnknownEncounter
    if second_review(desk, encounter_id) is not None:
        raise DecisionRefused("encounter_id", "is coded twice already")
    first = desk.reviews.decisions(encounter_id, Track.FIRST)
    if reviewer in {decision.made_by for decision in first}:
        raise DecisionRefused("reviewer", "has decided on it before")
    row = SecondReviewRow(
        encounter_id=encounter_id,
        reviewer=reviewer,
        assigned_by=by,
        assigned_at=desk.now,
        state=SecondState.ASSIGNED,
    )
    desk.session.add(row)
    desk.session.flush()
    desk.audit.add(
        at=desk.now,
        actor=by,
        action="review.second_assigned",
        subject=f"encounters/{encounter_id}",
        detail={"reviewer": reviewer},
    )
    return _record(row)


def sample(desk: Desk, *, seed: str, reviewer: str, count: int) -> Sequence[str]:
    """Ids of up to ``count`` encounters ``reviewer`` could code a second time, drawn by ``seed``.

    The draw is the order of SHA-256 over seed and id: the same seed over the same encounters draws
    the same ones again, and nobody can steer it.
    """
    second = select(SecondReviewRow).where(SecondReviewRow.encounter_id == EncounterRow.id)
    decided = select(DecisionRow).where(
        DecisionRow.encounter_id == EncounterRow.id, DecisionRow.made_by == reviewer
    )
    query = select(EncounterRow.id).where(~second.exists(), ~decided.exists())
    query = query.where(EncounterRow.forgotten_at.is_(None))
    drawn = sorted(desk.session.scalars(query), key=lambda each: _draw(seed, each))
    return drawn[:count]


def draw_second(
    desk: Desk, reviewer: str, *, seed: str, count: int, by: str
) -> Sequence[SecondReview]:
    """Have ``reviewer`` code a drawn sample blind; the seed is written down with it."""
    drawn = sample(desk, seed=seed, reviewer=reviewer, count=count)
    found = [assign_second(desk, each, reviewer=reviewer, by=by) for each in drawn]
    note_draw(desk, seed=seed, drawn=len(found), by=by)
    return found


def note_draw(desk: Desk, *, seed: str | None, drawn: int, by: str) -> None:
    """Write down that encounters were given out; without a seed they were named."""
    desk.audit.add(
        at=desk.now,
        actor=by,
        action="review.sample_drawn",
        subject="second_reviews",
        detail={"seed": seed, "drawn": drawn},
    )


def require_track(desk: Desk, encounter_id: str, track: Track, by: str) -> None:
    """Keep a blind review blind, and each track with whom it belongs to.

    Raises:
        ReviewForbidden: ``by`` may not see or decide on this track.
    """
    second = second_review(desk, encounter_id)
    is_second = second is not None and second.reviewer == by
    allowed = {
        Track.FIRST: not is_second or (second is not None and second.state is SecondState.SETTLED),
        Track.SECOND: is_second,
        Track.ADJUDICATION: second is not None and not is_second and _may_settle(desk, second, by),
    }
    if not allowed[track]:
        raise ReviewForbidden(encounter_id, by)


def settle(desk: Desk, encounter_id: str) -> None:
    """The adjudicated claim is final: both reviewers may see it all from now on."""
    row = desk.session.get(SecondReviewRow, encounter_id)
    if row is not None:
        row.state, row.settled_at = SecondState.SETTLED, desk.now


def _may_settle(desk: Desk, second: SecondReview, by: str) -> bool:
    """Whoever coded it does not judge it."""
    decided = desk.reviews.decisions(second.encounter_id, Track.FIRST)
    return by not in {decision.made_by for decision in decided}


def _draw(seed: str, encounter_id: str) -> str:
    return hashlib.sha256(f"{seed}\0{encounter_id}".encode()).hexdigest()


def _record(row: SecondReviewRow) -> SecondReview:
    return SecondReview(
        encounter_id=row.encounter_id,
        reviewer=row.reviewer,
        assigned_by=row.assigned_by,
        assigned_at=row.assigned_at,
        state=SecondState(row.state),
    )

"""The claim of an encounter that was last made final."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from model.errors import NoteproofError
from model.policy import Policy
from model.records import Line
from model.records.review import EncounterReading
from service.db.tables import EncounterRow
from service.encounters.worklist import coded_blind
from service.reviews.desk import Desk
from service.reviews.double import SecondState, second_review
from service.reviews.judging import claim_lines
from service.reviews.records import Track
from service.reviews.state import FinalClaim
from service.reviews.workflow import chart


class ClaimNotFinal(NoteproofError):
    """Nobody made the claim of this encounter final yet."""

    code = "claim.not_final"

    def __init__(self) -> None:
        super().__init__("the claim of this encounter is not final yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledClaim:
    """A final claim with the encounter it is for.

    Attributes:
        lines: In claim order, modifiers in the payer's; lines that earn no unit are left out.
        is_being_amended: Whether somebody opened it again; it stands until the next one is final.
    """

    final: FinalClaim
    reading: EncounterReading
    lines: tuple[Line, ...]
    is_being_amended: bool


def billed_claim(desk: Desk, encounter_id: str) -> BilledClaim:
    """The claim that stands; where two reviewers differed, the one that settled it.

    Raises:
        UnknownEncounter: There is none of that id.
        ClaimNotFinal: Nobody made it final yet.
    """
    second = second_review(desk, encounter_id)
    is_settled = second is not None and second.state is SecondState.SETTLED
    state = chart(desk, encounter_id, track=Track.ADJUDICATION if is_settled else Track.FIRST).state
    final = state.folded.standing_claim
    if final is None:
        raise ClaimNotFinal
    reading = desk.reviews.reading(encounter_id, final.review.reading)
    policy = Policy.for_payer(reading.draft.payer, reading.draft.date_of_service)
    return BilledClaim(
        final=final,
        reading=reading,
        lines=tuple(line for line in claim_lines(final.review, policy) if line.units),
        is_being_amended=not state.review.is_final,
    )


def finalized_since(
    desk: Desk, since: datetime | None, *, after: str | None, most: int, blind_to: str | None = None
) -> Sequence[str]:
    """Ids of encounters made final at ``since`` or later, earliest first.

    Args:
        desk: Where.
        since: A moment; None for all.
        after: The id of the last one that was listed before.
        most: Most ids.
        blind_to: Account id; what they code blind is left out until it is settled.
    """
    order = (EncounterRow.finalized_at, EncounterRow.id)
    query = select(EncounterRow.id).where(EncounterRow.finalized_at.is_not(None))
    query = query.where(EncounterRow.forgotten_at.is_(None)).order_by(*order).limit(most)
    if blind_to is not None:
        query = query.where(~coded_blind(blind_to))
    if since is not None:
        query = query.where(EncounterRow.finalized_at >= since)
    last = desk.session.get(EncounterRow, after) if after else None
    if last is not None and last.finalized_at is not None:
        is_later = EncounterRow.finalized_at > last.finalized_at
        is_beside = (EncounterRow.finalized_at == last.finalized_at) & (EncounterRow.id > last.id)
        query = query.where(is_later | is_beside)
    return desk.session.scalars(query).all()

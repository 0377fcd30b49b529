"""``/api/v1/encounters/{id}/decisions`` and the lease on a chart."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Response, status
from pydantic import BaseModel

from service.people.access import needs
from service.people.records import Person, Role, Scope
from service.problems import responses
from service.reviews.answers import DecisionOut, ReviewOut, decision_out, review_out
from service.reviews.deps import ReadDesk, WriteDesk
from service.reviews.double import require_track
from service.reviews.records import Track
from service.reviews.schemas import DecisionIn
from service.reviews.tags import etag, expected
from service.reviews.workflow import chart, decide, open_chart, take_chart_over, would

router = APIRouter(prefix="/encounters/{encounter_id:path}", tags=["reviews"])
Reader = Annotated[Person, needs(Role.CODER, Role.AUDITOR, Role.PLUGIN, scope=Scope.READ)]
Reviewer = Annotated[Person, needs(Role.CODER, Role.AUDITOR)]


class LeaseOut(BaseModel):
    """Who has a chart open, and until when."""

    holder: str
    name: str
    until: datetime
    is_mine: bool


@router.get("/decisions", responses=responses(401, 403, 404, 410))
def list_decisions(
    encounter_id: str, desk: ReadDesk, reader: Reader, track: Track = Track.FIRST
) -> list[DecisionOut]:
    """Every decision, oldest first; those undone no longer hold."""
    require_track(desk, encounter_id, track, reader.id or "")
    found = chart(desk, encounter_id, track=track)
    holding = {decision.number for decision in found.state.folded.holding}
    return [decision_out(each, holds=each.number in holding) for each in found.history]


@router.post(
    "/decisions",
    status_code=status.HTTP_201_CREATED,
    responses=responses(401, 403, 404, 409, 410, 415, 422, 428, 503),
)
def add_decision(
    encounter_id: str,
    body: DecisionIn,
    desk: WriteDesk,
    reviewer: Reviewer,
    response: Response,
    tag: Annotated[str | None, Depends(expected)],
    track: Track = Track.FIRST,
) -> ReviewOut:
    """Add a decision made on the review that ``If-Match`` names; answers the review after it."""
    by, before = reviewer.account_id, chart(desk, encounter_id, track=track)
    act = body.act(before.state.green_keys)
    state = decide(desk, encounter_id, act, by=by, expected=tag, track=track)
    response.headers["ETag"] = etag(state)
    text = desk.reviews.reading(encounter_id, state.review.reading).encounter.text or ""
    return review_out(state, text, track=track)


@router.post("/recheck", responses=responses(401, 403, 404, 409, 410, 415, 422, 503))
def recheck(
    encounter_id: str,
    body: DecisionIn,
    desk: ReadDesk,
    reviewer: Reviewer,
    track: Track = Track.FIRST,
) -> ReviewOut:
    """The review as it would be after a decision; nothing is written."""
    before = chart(desk, encounter_id, track=track)
    act = body.act(before.state.green_keys)
    state = would(desk, encounter_id, act, by=reviewer.account_id, track=track)
    text = desk.reviews.reading(encounter_id, state.review.reading).encounter.text or ""
    return review_out(state, text, track=track)


@router.put("/lease", responses=responses(401, 403, 404, 410, 503))
def take_lease(
    encounter_id: str,
    desk: WriteDesk,
    reviewer: Reviewer,
    track: Track = Track.FIRST,
    take_over: bool = False,
) -> LeaseOut:
    """Open the chart, or keep it open: it is leased where it is free; says who has it.

    With ``take_over`` it is leased whoever has it: what they decide before they open it again is
    refused.
    """
    take = take_chart_over if take_over else open_chart
    found = take(desk, encounter_id, by=reviewer.account_id, track=track)
    lease = found.lease
    assert lease is not None  # noqa: S101  (it was taken, or somebody else's was found)
    return LeaseOut(
        holder=lease.holder,
        name=lease.name,
        until=lease.until,
        is_mine=lease.holder == reviewer.account_id,
    )


@router.delete("/lease", status_code=status.HTTP_204_NO_CONTENT, responses=responses(401, 403))
def release_lease(
    encounter_id: str, desk: WriteDesk, reviewer: Reviewer, track: Track = Track.FIRST
) -> None:
    """Let the chart go, where the caller had it."""
    desk.leases.release(encounter_id, track, reviewer.account_id)

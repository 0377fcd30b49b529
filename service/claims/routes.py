"""``/api/v1/claims``: final claims as JSON, one or page by page."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict

from service.claims.workflow import BilledClaim, billed_claim, finalized_since
from service.people.access import needs
from service.people.records import Person, Role, Scope
from service.problems import responses
from service.reviews.deps import ReadDesk
from service.reviews.double import require_track
from service.reviews.records import Track

router = APIRouter(
    prefix="/claims",
    tags=["claims"],
)
Reader = Annotated[Person, needs(Role.CODER, Role.AUDITOR, Role.PLUGIN, scope=Scope.READ)]


class ClaimLineOut(BaseModel):
    """A line to bill."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    units: int
    minutes: int | None
    modifiers: tuple[str, ...]
    performed_by: str | None
    diagnoses: tuple[str, ...]


class ClaimOut(BaseModel):
    """A claim as somebody made it final; ``claim`` is 1 for the original, then one more each."""

    encounter_id: str
    claim: int
    finalized_at: datetime
    finalized_by: str
    is_being_amended: bool
    date_of_service: date
    payer: str
    discipline: str | None
    note_kind: str | None
    diagnoses: list[str]
    lines: list[ClaimLineOut]
    kx_attested_by: str | None
    reading: int


class ClaimsOut(BaseModel):
    """Final claims, earliest first; ``next`` is what ``after`` takes for the page after this."""

    claims: list[ClaimOut]
    next: str | None


@router.get("", responses=responses(401, 403))
def list_claims(
    desk: ReadDesk,
    reader: Reader,
    since: AwareDatetime | None = None,
    after: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ClaimsOut:
    """Claims made final at ``since`` or later."""
    found = finalized_since(desk, since, after=after, most=limit + 1, blind_to=reader.id)
    page = found[:limit]
    return ClaimsOut(
        claims=[_out(billed_claim(desk, each)) for each in page],
        next=page[-1] if len(found) > limit else None,
    )


@router.get("/{encounter_id:path}", responses=responses(401, 403, 404, 410))
def one_claim(encounter_id: str, desk: ReadDesk, reader: Reader) -> ClaimOut:
    """The claim of one encounter that was last made final."""
    require_track(desk, encounter_id, Track.FIRST, reader.id or "")
    return _out(billed_claim(desk, encounter_id))


def _out(claim: BilledClaim) -> ClaimOut:
    draft, final = claim.reading.draft, claim.final
    said = final.review.attestation
    return ClaimOut(
        encounter_id=draft.id,
        claim=final.number,
        finalized_at=final.made_at,
        finalized_by=final.made_by,
        is_being_amended=claim.is_being_amended,
        date_of_service=draft.date_of_service,
        payer=draft.payer,
        discipline=draft.discipline,
        note_kind=draft.note_kind,
        diagnoses=list(final.review.claim_diagnoses()),
        lines=[ClaimLineOut.model_validate(line) for line in claim.lines],
        kx_attested_by=said.by if said else None,
        reading=claim.reading.number,
    )

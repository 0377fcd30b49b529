"""``/api/v1/encounters``: encounters in, drafts out, and where each of them stands."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, Query, Request, Response
from pydantic import Discriminator, Tag

from model.errors import EncounterInvalid
from service.deps import AppSettings, AppStorage, ModelWorker, Now
from service.encounters import idempotency
from service.encounters.records import WorklistFilter
from service.encounters.schemas import ChartOut, PageOut, SummaryOut
from service.encounters.workflow import Intake
from service.encounters.worklist import cursor_of, place_at, place_of
from service.people.access import needs
from service.people.records import Person, Role, Scope
from service.problems import responses
from service.reviews.answers import review_out
from service.reviews.deps import ReadDesk
from service.reviews.double import require_track
from service.reviews.records import Track
from service.reviews.tags import etag
from service.reviews.view import ReviewStatus
from service.reviews.workflow import chart
from service.wire import DraftOut, EncounterIn
from service.wire.draft import draft_out
from service.wire.fields import Day, OneDiscipline, OneNoteKind

router = APIRouter(prefix="/encounters", tags=["encounters"])
Sender = Annotated[Person, needs(Role.CODER, Role.PLUGIN, scope=Scope.DRAFT)]
Reader = Annotated[Person, needs(Role.CODER, Role.AUDITOR, Role.PLUGIN, scope=Scope.READ)]
Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=255)]


def _many_or_one(body: Any) -> str:
    return "many" if isinstance(body, list) else "one"


OneOrMany = Annotated[
    Annotated[EncounterIn, Tag("one")] | Annotated[list[EncounterIn], Tag("many")],
    Discriminator(_many_or_one),
    Body(),
]


async def _once(request: Request, sender: Sender, key: Key = None) -> idempotency.Request | None:
    if key is None:
        return None
    return idempotency.Request(
        caller=sender.id or sender.name,
        key=key,
        body_sha256=idempotency.digest(await request.body()),
    )


def _intake(worker: ModelWorker, storage: AppStorage, settings: AppSettings, now: Now) -> Intake:
    return Intake(worker, storage, settings, now)


@router.post("", responses=responses(401, 403, 409, 413, 415, 422, 429, 503))
async def draft_encounters(
    body: OneOrMany,
    response: Response,
    intake: Annotated[Intake, Depends(_intake)],
    once: Annotated[idempotency.Request | None, Depends(_once)],
) -> DraftOut | list[DraftOut]:
    """The claim each note supports, its proof, and what is missing; a list is answered in order."""
    given, most = body if isinstance(body, list) else [body], intake.settings.max_encounters
    if len(given) > most:
        raise EncounterInvalid("of the list", "list", f"has over {most} entries")
    answer = await intake.draft_all(given, once)
    if answer.is_replay:
        response.headers["Idempotent-Replayed"] = "true"
    return answer.drafts if isinstance(body, list) else answer.drafts[0]


def _filter(
    now: Now,
    status: Annotated[list[ReviewStatus] | None, Query()] = None,
    lane: Annotated[str | None, Query(pattern="^(green|review)$")] = None,
    payer: Annotated[str | None, Query(max_length=100)] = None,
    discipline: OneDiscipline | None = None,
    note_kind: OneNoteKind | None = None,
    assignee: Annotated[str | None, Query(max_length=36)] = None,
    due_by: Day | None = None,
    min_age_hours: Annotated[int | None, Query(ge=0, le=100_000)] = None,
) -> WorklistFilter:
    old = None if min_age_hours is None else now - timedelta(hours=min_age_hours)
    return WorklistFilter(
        status=tuple(status or ()),
        lane=lane,
        payer=payer,
        discipline=discipline,
        note_kind=note_kind,
        assigned_to=assignee,
        due_by=due_by,
        received_by=old,
    )


Filter = Annotated[WorklistFilter, Depends(_filter)]


@router.get("", responses=responses(400, 401, 403))
def list_encounters(
    desk: ReadDesk,
    reader: Reader,
    wanted: Filter,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> PageOut:
    """Encounters in the order they should be done: due first, then received first."""
    after = place_at(cursor) if cursor else None
    wanted = replace(wanted, blind_to=reader.id)
    found = desk.worklist.page(wanted, now=desk.now, after=after, most=limit + 1)
    page = found[:limit]
    return PageOut(
        encounters=[SummaryOut.model_validate(each) for each in page],
        next=cursor_of(place_of(page[-1])) if len(found) > limit else None,
    )


@router.get("/{encounter_id:path}", responses=responses(401, 403, 404, 410))
def one_encounter(
    encounter_id: str,
    desk: ReadDesk,
    reader: Reader,
    response: Response,
    track: Track = Track.FIRST,
) -> ChartOut:
    """The draft and its review; the ETag is what a decision on it sends back."""
    require_track(desk, encounter_id, track, reader.id or "")
    found = chart(desk, encounter_id, track=track)
    text = found.reading.encounter.text or ""
    response.headers["ETag"] = etag(found.state)
    return ChartOut(
        **dict(draft_out(found.reading.draft, text)),
        review=review_out(found.state, text, track=track),
    )

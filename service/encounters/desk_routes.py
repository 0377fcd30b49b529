"""Who does which encounter: assignment, the next one, saved filters, second reviews."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, status
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from service.encounters.routes import Filter
from service.encounters.saved_filters import SavedFilters
from service.people.access import needs
from service.people.accounts import Accounts
from service.people.records import Person, Role
from service.problems import responses
from service.reviews.comparing import compared
from service.reviews.deps import ReadDesk, WriteDesk
from service.reviews.desk import Desk
from service.reviews.double import assign_second, note_draw, sample, second_reviews_of
from service.reviews.errors import DecisionRefused
from service.reviews.two_claims import two_claims
from service.wire.encounter import In
from service.wire.fields import Id, Name

router = APIRouter(tags=["worklist"])
Reviewer = Annotated[Person, needs(Role.CODER, Role.AUDITOR)]
Lead = Annotated[Person, needs(Role.AUDITOR)]
FilterName = Annotated[str, StringConstraints(pattern=r"^[\w .-]{1,100}$")]
Account = Annotated[str, StringConstraints(min_length=1, max_length=36)]


class AssignIn(In):
    """Who is to review an encounter; null takes it from whoever was."""

    assignee: Account | None


class NextOut(BaseModel):
    """The id of an encounter; null where the list ends."""

    encounter_id: str | None


class FilterIn(In):
    """A worklist to keep: the query string it stands for."""

    query: Annotated[str, StringConstraints(max_length=2000, pattern=r"^[!-~]*$")]


class FilterOut(FilterIn):
    """A saved worklist."""

    model_config = ConfigDict(from_attributes=True)

    name: str


class SecondIn(In):
    """Encounters for a blind second review: named, or drawn by a seed that is written down."""

    reviewer: Account
    encounter_ids: list[Id] = Field(default_factory=list, max_length=200)
    seed: Name | None = None
    count: Annotated[int, Field(ge=1, le=200)] | None = None


class SecondOut(BaseModel):
    """A double coding; the second reviewer's work is on the track ``second``."""

    model_config = ConfigDict(from_attributes=True)

    encounter_id: str
    reviewer: str
    assigned_by: str
    assigned_at: datetime
    state: str


class DifferenceOut(BaseModel):
    """One thing two reviewers did not code alike."""

    model_config = ConfigDict(from_attributes=True)

    about: str
    code: str
    first: str | None
    second: str | None


@router.put("/encounters/{encounter_id:path}/assignee", status_code=status.HTTP_204_NO_CONTENT,
            responses=responses(401, 403, 404, 415, 422, 503))  # fmt: skip
def assign(encounter_id: str, body: AssignIn, desk: WriteDesk, person: Reviewer) -> None:
    """Say who is to review an encounter."""
    _require_account(desk, "assignee", body.assignee)
    desk.encounters.assign(encounter_id, body.assignee, desk.now)
    desk.audit.add(
        at=desk.now,
        actor=person.account_id,
        action="encounter.assigned",
        subject=f"encounters/{encounter_id}",
        detail={"assignee": body.assignee},
    )


@router.get("/encounters/{encounter_id:path}/next", responses=responses(401, 403))
def next_encounter(
    encounter_id: str, desk: ReadDesk, person: Reviewer, wanted: Filter, back: bool = False
) -> NextOut:
    """The encounter after this one in the same list, passing over what others have open."""
    wanted = replace(wanted, blind_to=person.account_id)
    found = desk.worklist.neighbour(
        wanted, encounter_id, reviewer=person.account_id, now=desk.now, is_next=not back
    )
    return NextOut(encounter_id=found)


@router.get("/worklist/filters", responses=responses(401, 403))
def list_filters(desk: ReadDesk, person: Reviewer) -> list[FilterOut]:
    """The worklists the caller saved."""
    found = SavedFilters(desk.session).of(person.account_id)
    return [FilterOut.model_validate(each) for each in found]


@router.put("/worklist/filters/{name}", status_code=status.HTTP_204_NO_CONTENT,
            responses=responses(401, 403, 415, 422, 503))  # fmt: skip
def save_filter(name: FilterName, body: FilterIn, desk: WriteDesk, person: Reviewer) -> None:
    """Keep a worklist under a name, in place of what had it."""
    SavedFilters(desk.session).save(person.account_id, name, body.query)


@router.delete("/worklist/filters/{name}", status_code=status.HTTP_204_NO_CONTENT,
               responses=responses(401, 403, 503))  # fmt: skip
def remove_filter(name: FilterName, desk: WriteDesk, person: Reviewer) -> None:
    """Let a saved worklist go."""
    SavedFilters(desk.session).remove(person.account_id, name)


@router.post("/second-reviews", status_code=status.HTTP_201_CREATED,
             responses=responses(401, 403, 404, 415, 422, 503))  # fmt: skip
def add_second_reviews(body: SecondIn, desk: WriteDesk, lead: Lead) -> list[SecondOut]:
    """Have somebody code encounters a second time, blind: those named, or a drawn sample."""
    _require_account(desk, "reviewer", body.reviewer)
    drawn = _drawn(body, desk)
    found = [assign_second(desk, i, reviewer=body.reviewer, by=lead.account_id) for i in drawn]
    note_draw(desk, seed=body.seed, drawn=len(found), by=lead.account_id)
    return [SecondOut.model_validate(each) for each in found]


@router.get("/second-reviews", responses=responses(401, 403))
def my_second_reviews(desk: ReadDesk, person: Reviewer) -> list[SecondOut]:
    """What the caller is to code a second time."""
    found = second_reviews_of(desk, person.account_id)
    return [SecondOut.model_validate(each) for each in found]


@router.get(
    "/encounters/{encounter_id:path}/differences", responses=responses(401, 403, 404, 410, 422)
)
def differences(encounter_id: str, desk: ReadDesk, person: Reviewer) -> list[DifferenceOut]:
    """What two reviewers did not code alike; for whoever may settle it."""
    found = compared(*two_claims(desk, encounter_id, by=person.account_id).reviews)
    return [DifferenceOut.model_validate(each) for each in found]


def _require_account(desk: Desk, field: str, account_id: str | None) -> None:
    if account_id is not None and Accounts(desk.session).get(account_id) is None:
        raise DecisionRefused(field, "is no account")


def _drawn(body: SecondIn, desk: Desk) -> list[str]:
    if bool(body.encounter_ids) == (body.seed is not None and body.count is not None):
        raise DecisionRefused("encounter_ids", "are named, or drawn by seed and count; not both")
    if body.seed is None or body.count is None:
        return list(dict.fromkeys(body.encounter_ids))
    return list(sample(desk, seed=body.seed, reviewer=body.reviewer, count=body.count))

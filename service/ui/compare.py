"""The page that settles two claims: they stand side by side, and somebody says whose stands."""

from dataclasses import replace
from urllib.parse import urlencode

from fastapi import APIRouter, Response, status
from fastapi.responses import HTMLResponse, RedirectResponse

from model.errors import NoteproofError, ReviewError
from service.people.records import Person
from service.reviews.comparing import compared
from service.reviews.errors import ReviewUnfinished
from service.reviews.records import Track
from service.reviews.settling import Settlement, settle_by
from service.reviews.two_claims import TwoClaims, two_claims
from service.reviews.workflow import open_chart, take_chart_over
from service.ui.addresses import DOUBLE, comparison_of
from service.ui.comparison import Chosen, comparison_view, field_of
from service.ui.comparison_views import ComparisonView
from service.ui.forms import Form
from service.ui.pages import SentForm
from service.ui.rendering import page
from service.ui.room import Here, Reader, Room
from service.ui.showing import lease_view

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_TRACK = Track.ADJUDICATION


@router.get("/compare/{encounter_id:path}")
def show_comparison(encounter_id: str, person: Reader, room: Here) -> HTMLResponse:
    """Both claims side by side, for whoever may settle them."""
    return _page(_view(room, person, encounter_id, {}), person)


@router.post("/compare/{encounter_id:path}/take-over")
def take_comparison(encounter_id: str, person: Reader, room: Here) -> RedirectResponse:
    """Settle what somebody else has open; they are told."""
    with room.writing() as desk:
        take_chart_over(desk, encounter_id, by=person.account_id, track=_TRACK)
    return RedirectResponse(comparison_of(encounter_id), status.HTTP_303_SEE_OTHER)


@router.post("/compare/{encounter_id:path}")
def settle(encounter_id: str, form: SentForm, person: Reader, room: Here) -> Response:
    """Make the claim final that the choices come to."""
    try:
        with room.writing() as desk:
            claims = two_claims(desk, encounter_id, by=person.account_id)
            settle_by(desk, encounter_id, _settlement(form, claims), by=person.account_id)
            desk.leases.release(encounter_id, _TRACK, person.account_id)
    except ReviewError as error:
        return _refused(error, encounter_id, form, person, room)
    query = urlencode({"settled": encounter_id})
    return RedirectResponse(f"{DOUBLE}?{query}", status.HTTP_303_SEE_OTHER)


def _view(room: Room, person: Person, encounter_id: str, chosen: Chosen) -> ComparisonView:
    with room.writing() as desk:
        claims = two_claims(desk, encounter_id, by=person.account_id)
        third = open_chart(desk, encounter_id, by=person.account_id, track=_TRACK)
        lease = lease_view(third.lease, person, room)
        return comparison_view(claims, third, lease=lease, chosen=chosen)


def _settlement(form: Form, claims: TwoClaims) -> Settlement:
    """What the form says; a difference it says nothing of, or nonsense, stays open."""
    sides = {
        each.key: Track(form.one(field_of(each)))
        for each in compared(*claims.reviews)
        if form.one(field_of(each)) in (Track.FIRST, Track.SECOND)
    }
    return Settlement(
        sides=sides,
        reason=form.words("reason"),
        of=form.one("of"),
        expected=form.one("tag"),
        passes=form.one("passes") == "yes",
    )


def _refused(
    error: NoteproofError, encounter_id: str, form: Form, person: Person, room: Room
) -> Response:
    """The page as it stands now, with all that was chosen and why it was not kept."""
    view = _view(room, person, encounter_id, dict(form.fields))
    words, can_pass = str(error), False
    points: tuple[str, ...] = ()
    if isinstance(error, ReviewUnfinished):
        words, points = "the claim this comes to has open points", error.open_points
        can_pass = form.one("passes") != "yes"
    shown = replace(
        view,
        refused=f"{words[:1].upper()}{words[1:]}.",
        open_points=points,
        can_pass=can_pass,
        reason=form.words("reason"),
    )
    return _page(shown, person, code=status.HTTP_409_CONFLICT)


def _page(view: ComparisonView, person: Person, *, code: int = status.HTTP_200_OK) -> HTMLResponse:
    return page("compare.html", person=person, status=code, section=DOUBLE, compare=view)

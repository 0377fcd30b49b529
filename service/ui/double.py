"""What is coded twice, for whoever may do it next: a blind second coding, or a settlement."""

from typing import Annotated

from fastapi import APIRouter, Request, Response, status
from fastapi.responses import HTMLResponse, RedirectResponse

from model.records import NoteKind
from service.people.access import needs
from service.people.accounts import Accounts
from service.people.records import Person, Role
from service.reviews.desk import Desk
from service.reviews.double import draw_second
from service.reviews.errors import DecisionRefused
from service.reviews.records import Track
from service.reviews.waiting import WaitingTwice, to_code_second, to_settle
from service.ui.addresses import DOUBLE, address_of, comparison_of
from service.ui.double_views import DoubleView, WaitingView
from service.ui.forms import Form
from service.ui.pages import SentForm
from service.ui.rendering import page
from service.ui.room import Here, Reader, Room
from service.ui.words import NOTE_KINDS

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

MOST_DRAWN = 200
Lead = Annotated[Person, needs(Role.AUDITOR)]


@router.get("/double")
def show_double(request: Request, person: Reader, room: Here) -> HTMLResponse:
    """What waits for this person, and for an auditor the form that asks somebody."""
    query = request.query_params
    return _page(room, person, settled=query.get("settled", ""), drawn=query.get("drawn", ""))


@router.post("/double/draw")
def draw(form: SentForm, person: Lead, room: Here) -> Response:
    """Have somebody code a drawn sample a second time."""
    try:
        with room.writing() as desk:
            found = _drawn(desk, form, by=person.account_id)
    except DecisionRefused as error:
        return _page(room, person, refused=f"Nobody was asked: {error}.")
    return RedirectResponse(f"{DOUBLE}?drawn={found}", status.HTTP_303_SEE_OTHER)


def _drawn(desk: Desk, form: Form, *, by: str) -> int:
    """How many charts were given out."""
    reviewer, seed, count = form.one("reviewer"), form.one("seed"), form.number("count")
    if reviewer not in dict(_reviewers(desk)):
        raise DecisionRefused("reviewer", "is nobody who codes")
    if not seed:
        raise DecisionRefused("seed", "is needed, so that the draw can be redone")
    if count is None or not 1 <= count <= MOST_DRAWN:
        raise DecisionRefused("count", f"must be from 1 to {MOST_DRAWN}")
    return len(draw_second(desk, reviewer, seed=seed, count=count, by=by))


def _reviewers(desk: Desk) -> list[tuple[str, str]]:
    """Ids and names of those who code."""
    return [
        (account.id, account.name)
        for account in Accounts(desk.session).every()
        if account.is_active and account.roles & {Role.CODER, Role.AUDITOR}
    ]


def _page(
    room: Room, person: Person, *, settled: str = "", drawn: str = "", refused: str = ""
) -> HTMLResponse:
    with room.reading() as desk:
        second = to_code_second(desk, person.account_id)
        settle = to_settle(desk, person.account_id)
        reviewers = _reviewers(desk) if Role.AUDITOR in person.roles else []
    view = DoubleView(
        to_code=tuple(
            _waiting(each, address_of(each.encounter_id, Track.SECOND)) for each in second
        ),
        to_settle=tuple(_waiting(each, comparison_of(each.encounter_id)) for each in settle),
        reviewers=tuple(reviewers),
        settled=settled,
        drawn=drawn if drawn.isdigit() else "",
        refused=refused,
        most=MOST_DRAWN,
    )
    code = status.HTTP_422_UNPROCESSABLE_CONTENT if refused else status.HTTP_200_OK
    return page("double.html", person=person, status=code, section=DOUBLE, double=view)


def _waiting(each: WaitingTwice, address: str) -> WaitingView:
    kind = NOTE_KINDS[NoteKind(each.note_kind)] if each.note_kind else "note"
    day = each.date_of_service
    return WaitingView(
        id=each.encounter_id,
        address=address,
        kind=f"{each.discipline or ''} {kind}".strip(),
        date_of_service=f"{day:%Y-%m-%d}" if day else "unknown",
        asked=f"{each.asked_at:%Y-%m-%d}",
    )

"""What is asked for with GET: the worklist, a chart, a panel of its drawer, the keys."""

from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Depends, Request, Response, status
from fastapi.responses import HTMLResponse, RedirectResponse

from service.encounters.saved_filters import SavedFilters
from service.encounters.worklist import cursor_of, place_at, place_of
from service.people.records import Person, Role
from service.reviews.waiting import to_code_second, to_settle
from service.ui.addresses import of_charts
from service.ui.forms import Form, form_of
from service.ui.panels import found_codes, panel_context
from service.ui.rendering import page
from service.ui.room import LIST_COOKIE, Anybody, Coder, Here, Reader, Room, may_decide
from service.ui.showing import context_of, done_view, looked_at, opened
from service.ui.worklist import chosen, coded_twice, wanted_by, worklist_view

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

PAGE_ROWS = 50
SentForm = Annotated[Form, Depends(form_of)]


@router.get("/")
def show_home(person: Anybody) -> RedirectResponse:
    """The worklist is where work begins; who only administers begins with people."""
    reviews = person.roles & {Role.CODER, Role.AUDITOR}
    return RedirectResponse("/worklist" if reviews else "/people", status.HTTP_303_SEE_OTHER)


@router.get("/keys")
def show_keys(person: Anybody) -> HTMLResponse:
    """The keys, as a page of their own."""
    return page("keys.html", person=person)


@router.get("/worklist")
def show_worklist(request: Request, person: Reader, room: Here) -> HTMLResponse:
    """The charts that wait, in the order they should be reviewed."""
    query = dict(request.query_params)
    filters = chosen(query)
    after = place_at(query["after"]) if query.get("after") else None
    with room.reading() as desk:
        wanted = wanted_by(filters, person.account_id)
        rows = desk.worklist.page(wanted, now=room.now, after=after, most=PAGE_ROWS + 1)
        twice = len(to_code_second(desk, person.account_id))
        unsettled = len(to_settle(desk, person.account_id))
        saved = [
            (each.name, each.query) for each in SavedFilters(desk.session).of(person.account_id)
        ]
    here, more = rows[:PAGE_ROWS], len(rows) > PAGE_ROWS
    view = worklist_view(
        here,
        filters,
        saved=saved,
        now=room.now,
        next_cursor=cursor_of(place_of(here[-1])) if more else "",
        twice=coded_twice(twice, unsettled),
    )
    answer = page("worklist.html", person=person, section="/worklist", list=view)
    answer.set_cookie(LIST_COOKIE, urlencode(filters), httponly=True, samesite="strict")
    return answer


@router.post("/worklist/keep")
def keep_filter(form: SentForm, person: Reader, room: Here) -> RedirectResponse:
    """Keep the filter under a name."""
    filters = chosen(dict(parse_qsl(form.one("query"))))
    with room.writing() as desk:
        SavedFilters(desk.session).save(
            person.account_id, form.one("name")[:60], urlencode(filters)
        )
    return RedirectResponse(f"/worklist?{urlencode(filters)}", status.HTTP_303_SEE_OTHER)


@router.post("/worklist/forget")
def forget_filter(form: SentForm, person: Reader, room: Here) -> RedirectResponse:
    """Forget a filter that was kept."""
    with room.writing() as desk:
        SavedFilters(desk.session).remove(person.account_id, form.one("name"))
    return RedirectResponse("/worklist", status.HTTP_303_SEE_OTHER)


@router.post("/worklist/take")
def take_chart(form: SentForm, person: Coder, room: Here) -> RedirectResponse:
    """Be the one who is to review a chart."""
    encounter_id = form.one("chart")
    with room.writing() as desk:
        desk.encounters.assign(encounter_id, person.account_id, room.now)
        desk.audit.add(
            at=room.now,
            actor=person.account_id,
            action="encounter.assigned",
            subject=f"encounters/{encounter_id}",
            detail={"to": person.account_id},
        )
    return RedirectResponse(f"/worklist?{urlencode(room.filters)}", status.HTTP_303_SEE_OTHER)


@of_charts(router.get)
def show_chart(encounter_id: str, request: Request, person: Reader, room: Here) -> Response:
    """One chart: a whole page, or the part of it that was asked for."""
    query = dict(request.query_params)
    if room.fragment == "live":
        return _live(encounter_id, query.get("q", ""), person, room)
    is_early = "x-prefetch" in request.headers or bool(room.fragment == "panel")
    can_open = may_decide(person, room.track) and not is_early
    shown = (opened if can_open else looked_at)(room, person, encounter_id)
    context = context_of(shown.view, person)
    if query.get("panel"):
        context |= panel_context(query["panel"], shown, query)
    if query.get("done"):
        context["done"] = done_view(room, query["done"], query.get("at", ""))
    if room.fragment == "panel":
        return page(context["panel"] or "_nothing.html", person=person, **context)
    template = "_chart.html" if room.fragment == "main" else "chart.html"
    return page(template, person=person, **context)


def _live(encounter_id: str, wanted: str, person: Person, room: Room) -> HTMLResponse:
    shown = looked_at(room, person, encounter_id)
    found = found_codes(shown, wanted.strip()[:80]) if wanted.strip() else None
    context = context_of(shown.view, person)
    return page("_found_codes.html", person=person, **context, found=found)

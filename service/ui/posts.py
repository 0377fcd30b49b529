"""What is sent with POST from a chart: every decision, and the questions asked while making one.

With script a form is answered by the parts of the page that changed, without by going back to the
chart. Both end in the same functions.
"""

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from service.people.records import Person
from service.reviews.view import ReviewState
from service.reviews.workflow import decide
from service.ui.acts import act_of
from service.ui.addresses import of_charts
from service.ui.answers import Answer, back_to, left_for
from service.ui.checks import lint_view, recheck_view, standing_of
from service.ui.forms import Form
from service.ui.pages import SentForm
from service.ui.refusals import REFUSALS, refused
from service.ui.rendering import page
from service.ui.room import Decider, Here, Room
from service.ui.showing import context_of, let_go, looked_at, next_after, opened, taken_over

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

LEAVES = frozenset({"finalize", "park"})
"""Acts after which the next chart is opened."""


@of_charts(router.post, "/open")
def take(encounter_id: str, form: SentForm, person: Decider, room: Here) -> Response:
    """Keep a chart that is on the screen already, and let go of the one before."""
    if form.one("from"):
        let_go(room, person, form.one("from"))
    shown = opened(room, person, encounter_id)
    return Answer(room, person, shown).with_done(form.one("done"), form.one("at")).response()


@of_charts(router.post, "/take-over")
def take_from_another(encounter_id: str, person: Decider, room: Here) -> Response:
    """Take a chart over from whoever has it open; they are told."""
    shown = taken_over(room, person, encounter_id)
    return Answer(room, person, shown).response(said="The chart is yours.")


@of_charts(router.post, "/recheck")
def recheck(encounter_id: str, form: SentForm, person: Decider, room: Here) -> Response:
    """What rules and units say of a line as it would be; nothing is written."""
    shown = looked_at(room, person, encounter_id)
    checked = recheck_view(room, person, shown, form)
    context = context_of(shown.view, person) | {"recheck": checked}
    if room.fragment:
        return page("_recheck.html", person=person, **context)
    line = next((each for each in shown.view.lines if each.key == form.one("key")), None)
    panel = {"panel": "_panel_edit.html", "line": line} if line else {}
    return page("chart.html", person=person, **context | panel)


@of_charts(router.post, "/lint")
def check_query(encounter_id: str, form: SentForm, person: Decider, room: Here) -> Response:
    """Which words of a query lead."""
    shown = looked_at(room, person, encounter_id)
    found = lint_view(form.words("text"), shown)
    context = context_of(shown.view, person) | {"lint": found}
    if room.fragment:
        return page("_lint.html", person=person, **context)
    panel = {"panel": "_panel_query.html", "finding": None, "question": form.words("text")}
    return page("chart.html", person=person, **context | panel)


@of_charts(router.post, "/{verb}")
def act(encounter_id: str, verb: str, form: SentForm, person: Decider, room: Here) -> Response:
    """Decide, and show what became of it."""
    following = next_after(room, person, encounter_id) if verb in LEAVES else None
    try:
        state = _decided(encounter_id, verb, form, person, room)
    except REFUSALS as error:
        shown = looked_at(room, person, encounter_id)
        return refused(error, Answer(room, person, shown), verb, form)
    if verb in LEAVES:
        let_go(room, person, encounter_id)
        is_final = verb == "finalize"
        return left_for(room, following, encounter_id, state.tag, is_final=is_final)
    if form.one("back"):
        return back_to(room, encounter_id)
    shown = looked_at(room, person, encounter_id)
    return Answer(room, person, shown).response(key=form.one("key"))


def _decided(encounter_id: str, verb: str, form: Form, person: Person, room: Room) -> ReviewState:
    by, expected = person.account_id, form.one("tag") or None
    decision = act_of(verb, form, standing_of(room, person, encounter_id))
    with room.writing() as desk:
        return decide(desk, encounter_id, decision, by=by, expected=expected, track=room.track)

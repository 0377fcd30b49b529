"""What is said while somebody types: of a line as it would be, of a query as it would be sent."""

from model.errors import NoteproofError
from model.queries import lint
from model.records import Severity
from service.people.records import Person
from service.printing.certificate import in_words
from service.reviews.view import ReviewState
from service.reviews.workflow import Chart, chart, would
from service.ui.acts import Standing, changed
from service.ui.evidence import Mark, cut
from service.ui.findings import finding_views
from service.ui.forms import Form
from service.ui.panel_views import LintView, RecheckView
from service.ui.room import Room
from service.ui.showing import Shown
from service.wire.certificate import certificate_out


def standing_of(room: Room, person: Person, encounter_id: str) -> Standing:
    """What a form about the chart is read against."""

    def find() -> Chart:
        with room.reading() as desk:
            return chart(desk, encounter_id, track=room.track)

    return Standing(find=find, name=person.name, today=room.now.date())


def recheck_view(room: Room, person: Person, shown: Shown, form: Form) -> RecheckView:
    """What rules and units would say of the line a form describes."""
    try:
        act = changed(form, standing_of(room, person, shown.found.summary.id))
        with room.reading() as desk:
            by, encounter_id = person.account_id, shown.found.summary.id
            state = would(desk, encounter_id, act, by=by, track=room.track)
    except NoteproofError as error:
        return RecheckView(refused=str(error))
    return _checked(state, act.key, shown.found.reading.encounter.text or "")


def lint_view(text: str, shown: Shown) -> LintView:
    """The words of a query that lead, and why."""
    faults = lint(text, shown.found.reading.encounter.text)
    marks = [Mark(span=fault.span, says="finding", owner="") for fault in faults]
    said = dict.fromkeys(f"“{fault.span.of(text)}” {fault.why}" for fault in faults)
    return LintView(pieces=cut(text, marks), faults=tuple(said))


def _checked(state: ReviewState, key: str, text: str) -> RecheckView:
    """Findings on the line, and those on the whole claim that are more than information."""
    own = [found for line in state.lines if line.state.key == key for found in line.findings]
    whole = [found for found in state.findings if found.finding.severity is not Severity.INFORMS]
    certificate = state.certificate
    earned, close = in_words(certificate_out(certificate)) if certificate else ("", "")
    return RecheckView(earned=earned, close=close, findings=finding_views([*own, *whole], text))

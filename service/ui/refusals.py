"""Why a decision was not kept, and the ways on from there."""

from fastapi import Response, status

from model.errors import NoteproofError, ReviewStale
from service.reviews.errors import (
    ChartTakenOver,
    DecisionRefused,
    LeaseHeld,
    QueryLeads,
    ReviewFinal,
    ReviewUnfinished,
)
from service.ui.answers import Answer
from service.ui.chart import decided
from service.ui.checks import lint_view
from service.ui.forms import Form
from service.ui.panel_views import ChoiceView
from service.ui.room import names_at
from service.ui.showing import told

REFUSALS = (
    ChartTakenOver,
    DecisionRefused,
    LeaseHeld,
    ReviewFinal,
    ReviewStale,
    ReviewUnfinished,
)
"""What a person can do something about, and is shown beside the chart."""

_CONFLICT, _UNFIT = status.HTTP_409_CONFLICT, status.HTTP_422_UNPROCESSABLE_CONTENT
_NOT_SENT_AGAIN = frozenset({"csrf", "tag"})


def refused(error: NoteproofError, answer: Answer, verb: str, form: Form) -> Response:
    """The chart as it stands, with what is in the way of the form."""
    match error:
        case ReviewUnfinished():
            answer.showing(panel="_panel_finalize.html")
            return answer.response(code=_CONFLICT, said="Not all is decided.")
        case QueryLeads():
            text = form.words("text")
            found = lint_view(text, answer.shown)
            answer.showing(panel="_panel_query.html", finding=None, question=text, lint=found)
            return answer.response(code=_UNFIT, said="The query leads; nothing was sent.")
        case ReviewStale():
            answer.showing(choice=_stale(answer, verb, form))
            return answer.response(code=_CONFLICT, said="Not saved: the chart changed.")
        case ChartTakenOver():
            told(answer.room, answer.person, answer.shown.found.summary.id)
            answer.showing(choice=_taken_over(error, answer, verb, form))
            said = f"Not saved: {error.name} took the chart over."
            return answer.response(code=_CONFLICT, said=said)
        case LeaseHeld():
            said = f"Not saved: {error.holder} has the chart open."
            return answer.response(code=_CONFLICT, said=said)
        case _:
            answer.showing(choice=_not_kept(error))
            return answer.response(code=_UNFIT, said=f"Not saved. {error}")


def _stale(answer: Answer, verb: str, form: Form) -> ChoiceView:
    """Somebody decided in between: keep what they did, or do ours on top of it."""
    since = _since(answer, form.one("tag"))
    fields = [(name, value) for name, value in form.fields if name not in _NOT_SENT_AGAIN]
    return ChoiceView(
        heading="This chart changed while you were deciding. Your decision was not saved.",
        words=f"Since you saw it: {'; '.join(since)}." if since else "It was read again.",
        keep="Keep it as it is now",
        again=f"{answer.shown.view.address}/{verb}",
        insist="Do mine all the same",
        fields=tuple(fields),
    )


def _taken_over(error: ChartTakenOver, answer: Answer, verb: str, form: Form) -> ChoiceView:
    """Leave the chart to who took it, or take it back; once they are gone, ours again."""
    view, since = answer.shown.view, _since(answer, form.one("tag"))
    words = (
        f"Since you saw it: {'; '.join(since)}." if since else "Nothing was decided on it since."
    )
    is_held = view.lease is not None and not view.lease.is_mine
    fields = [(name, value) for name, value in form.fields if name not in _NOT_SENT_AGAIN]
    return ChoiceView(
        heading=f"{error.name} took this chart over from you at {error.at:%H:%M} UTC."
        " Your decision was not saved.",
        words=words,
        keep=f"Leave it to {error.name}" if is_held else "Keep it as it is now",
        again=f"{view.address}/{'take-over' if is_held else verb}",
        insist="Take it back; they will be told" if is_held else "Do mine all the same",
        fields=() if is_held else tuple(fields),
    )


def _since(answer: Answer, tag: str) -> list[str]:
    """What was decided after the state of a tag, in words."""
    _, _, version = tag.partition(".")
    if not version.isdigit():
        return []
    with answer.room.reading() as desk:
        names = names_at(desk)
    found = answer.shown.found
    return [
        f"{names.get(each.made_by, 'somebody')} {decided(each, found.state.review)} "
        f"at {each.made_at:%H:%M} UTC"
        for each in found.history
        if each.number > int(version)
    ]


def _not_kept(error: NoteproofError) -> ChoiceView:
    words = str(error)
    return ChoiceView(
        heading="Not saved.",
        words=f"{words[:1].upper()}{words[1:]}.",
        keep="Back to the chart",
    )

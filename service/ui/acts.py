"""A form of the review screen as the act it stands for. Nothing is decided here, only read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from model.codes import find
from model.records import Span
from model.records.review import (
    Accept,
    Act,
    AddDiagnosis,
    AddLine,
    Adopt,
    Amend,
    AskTherapist,
    AttestKx,
    Change,
    Comment,
    Finalize,
    FlagToQa,
    Override,
    OverrideReason,
    Park,
    RecordAnswer,
    Reject,
    Reorder,
    Resume,
    Undo,
)
from service.reviews.errors import DecisionRefused
from service.reviews.judging import LiveFinding
from service.reviews.view import ReviewState
from service.reviews.workflow import Chart
from service.ui.evidence import received_offset
from service.ui.findings import finding_key
from service.ui.forms import Form


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a form is read against. The chart is looked up for the few acts that need it.

    Attributes:
        find: Looks the chart up.
        name: Who sends the form.
        today: The day it is sent on; an attestation carries it.
    """

    find: Callable[[], Chart]
    name: str
    today: date

    @cached_property
    def chart(self) -> Chart:
        """The chart as it stands."""
        return self.find()

    @property
    def state(self) -> ReviewState:
        """Its review."""
        return self.chart.state

    @property
    def text(self) -> str:
        """Its note."""
        return self.chart.reading.encounter.text or ""


def act_of(verb: str, form: Form, standing: Standing) -> Act:
    """The act ``verb`` with the fields of ``form``.

    Raises:
        DecisionRefused: There is no such act, or a field it needs is missing or malformed.
    """
    if verb not in _ACTS:
        raise DecisionRefused("kind", "is no decision of ours")
    return _ACTS[verb](form, standing)


def is_act(verb: str) -> bool:
    """Whether ``verb`` stands for an act."""
    return verb in _ACTS


def changed(form: Form, standing: Standing) -> Change:
    """The change an edited line asks for; what was left as it is stays out of it."""
    pointers = form.every("pointer") if form.has("pointers") else None
    return Change(
        key=_needed(form, "key"),
        code=form.one("code").upper() or None,
        units=_number(form, "units"),
        minutes=_number(form, "minutes"),
        modifiers=_codes(form, "modifiers") if form.has("modifiers") else None,
        performed_by=form.one("performed_by") or None,
        diagnoses=pointers,
    )


def _added(form: Form, standing: Standing) -> Act:
    """A line where the code is a procedure, else a diagnosis."""
    code, words = _needed(form, "code").upper(), _words(form, standing)
    if find(code) is None:
        return AddDiagnosis(code=code, evidence=words)
    units, minutes = _number(form, "units"), _number(form, "minutes")
    return AddLine(code=code, units=units, minutes=minutes, evidence=words)


def _words(form: Form, standing: Standing) -> Span:
    """The words that were selected, else the only place where those written stand."""
    written = form.words("words")
    start, end = form.number("start"), form.number("end")
    if start is not None and end is not None and start < end:
        first, last = received_offset(standing.text, start), received_offset(standing.text, end)
        if _plain(standing.text[first:last]) == _plain(written):
            return Span(first, last)
    exact = written.replace("\n", "\r\n") if "\r\n" in standing.text else written
    places = standing.text.count(exact) if exact else 0
    if places != 1:
        raise DecisionRefused("words", "must stand in the note exactly once, or be selected there")
    first = standing.text.index(exact)
    return Span(first, first + len(exact))


def _override(form: Form, standing: Standing) -> Act:
    found = _finding(form, standing)
    if found is None:
        raise DecisionRefused("finding", "stands on the chart no longer")
    return Override(
        rule_id=found.finding.rule_id,
        key=found.key,
        message=found.finding.flag.message,
        reason=_reason(form),
        note=form.words("note"),
    )


def _asked(form: Form, standing: Standing) -> Act:
    found = _finding(form, standing)
    return AskTherapist(
        text=_needed(form, "text"),
        rule_id=found.finding.rule_id if found else None,
        key=found.key if found else None,
    )


def _attested(form: Form, standing: Standing) -> Act:
    if form.one("agrees") != "yes" or not form.every("key"):
        raise DecisionRefused("agrees", "an attestation is made by a person, for lines they name")
    return AttestKx(by=standing.name, on=standing.today, keys=form.every("key"))


def _finalized(form: Form, standing: Standing) -> Act:
    reason = _reason(form) if form.one("reason") else None
    return Finalize(reason=reason, note=form.words("note"))


def _finding(form: Form, standing: Standing) -> LiveFinding | None:
    key = form.one("finding")
    return next((each for each in standing.state.all_findings if finding_key(each) == key), None)


def _reason(form: Form) -> OverrideReason:
    try:
        return OverrideReason(form.one("reason"))
    except ValueError:
        raise DecisionRefused("reason", "must be one of those offered") from None


def _needed(form: Form, name: str) -> str:
    written = form.words(name)
    if not written:
        raise DecisionRefused(name, "is needed")
    return written


def _number(form: Form, name: str) -> int | None:
    number = form.number(name)
    if number is None and form.one(name):
        raise DecisionRefused(name, "must be a whole number")
    return number


def _codes(form: Form, name: str) -> tuple[str, ...]:
    return tuple(form.one(name).upper().replace(",", " ").split())


def _plain(words: str) -> str:
    return " ".join(words.split())


def _adopted(form: Form, standing: Standing) -> Act:
    return Adopt(reading=_number(form, "reading") or 0)


_ACTS: Mapping[str, Callable[[Form, Standing], Act]] = {
    "accept": lambda form, standing: Accept(keys=(_needed(form, "key"),)),
    "accept-green": lambda form, standing: Accept(keys=standing.state.green_keys),
    "add": _added,
    "adopt": _adopted,
    "alternative": lambda form, standing: Change(
        key=_needed(form, "key"), code=_needed(form, "code")
    ),
    "amend": lambda form, standing: Amend(text=_needed(form, "text")),
    "answer": lambda form, standing: RecordAnswer(
        key=_needed(form, "key"), text=_needed(form, "text")
    ),
    "attest": _attested,
    "change": changed,
    "comment": lambda form, standing: Comment(text=_needed(form, "text")),
    "finalize": _finalized,
    "first-diagnosis": lambda form, standing: Reorder(keys=(_needed(form, "key"),)),
    "flag": lambda form, standing: FlagToQa(text=_needed(form, "text")),
    "override": _override,
    "park": lambda form, standing: Park(text=_needed(form, "text")),
    "query": _asked,
    "reject": lambda form, standing: Reject(
        key=_needed(form, "key"), reason=_reason(form), note=form.words("note")
    ),
    "resume": lambda form, standing: Resume(),
    "undo": lambda form, standing: Undo(),
    "units": lambda form, standing: Change(key=_needed(form, "key"), units=_number(form, "units")),
}

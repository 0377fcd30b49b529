"""What is asked of a decision before it joins the history.

The fold refuses what does not fit a review; here stands what needs the note, the rules or the code
tables. It is asked once, when the decision is made: a later version of a rule undoes nothing.
"""

import re
from dataclasses import replace
from functools import singledispatch

from model.codes import diagnosis, find
from model.codes.procedures import Therapy
from model.errors import UnknownCode
from model.queries import lint
from model.records import Span
from model.records.review import (
    Act,
    AddDiagnosis,
    AddLine,
    AskTherapist,
    AttestKx,
    Change,
    EncounterReading,
    Finalize,
    Override,
)
from service.reviews.errors import DecisionRefused, QueryLeads, ReviewUnfinished
from service.reviews.state import LineState
from service.reviews.view import ReviewState

_DEVICE = re.compile(r"[A-FH-RT-Z][0-9]{4}")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_GIVERS = ("therapist", "assistant")


def admitted(act: Act, state: ReviewState, reading: EncounterReading) -> Act:
    """``act`` as it joins the history, with what is filled in from the review as it stands.

    Raises:
        DecisionRefused: Something it names is not there.
        ReviewUnfinished: The claim is to be final and something is open.
    """
    return _admitted(act, state, reading)


@singledispatch
def _admitted(act: Act, state: ReviewState, reading: EncounterReading) -> Act:
    return act


@_admitted.register
def _change(act: Change, state: ReviewState, reading: EncounterReading) -> Act:
    if act.code is not None:
        keys = {line.state.key for line in state.lines}
        _known_procedure(act.code) if act.key in keys else _known_diagnosis(act.code)
    _plausible(act.units, act.minutes, act.modifiers or (), act.performed_by or "therapist")
    return act


@_admitted.register
def _add_line(act: AddLine, state: ReviewState, reading: EncounterReading) -> Act:
    _known_procedure(act.code)
    _plausible(act.units, act.minutes, act.modifiers, act.performed_by)
    _said(act.evidence, reading)
    return act


@_admitted.register
def _add_diagnosis(act: AddDiagnosis, state: ReviewState, reading: EncounterReading) -> Act:
    _known_diagnosis(act.code)
    _said(act.evidence, reading)
    return act


@_admitted.register
def _attest(act: AttestKx, state: ReviewState, reading: EncounterReading) -> Act:
    """Where no line is named, every therapy line is meant."""
    keys = act.keys or tuple(line.key for line in state.review.standing_lines if _is_therapy(line))
    return replace(act, keys=keys)


@_admitted.register
def _override(act: Override, state: ReviewState, reading: EncounterReading) -> Act:
    """The finding must be there; where its words were not sent, those of the first one count."""
    messages = [
        found.finding.flag.message
        for found in state.all_findings
        if (found.finding.rule_id, found.key) == (act.rule_id, act.key) and not found.override
    ]
    if not messages or act.message not in {"", *messages}:
        raise DecisionRefused("rule", "has no such finding that still counts")
    return replace(act, message=act.message or messages[0])


@_admitted.register
def _ask(act: AskTherapist, state: ReviewState, reading: EncounterReading) -> Act:
    faults = lint(act.text, reading.encounter.text)
    if faults:
        raise QueryLeads(faults)
    return act


@_admitted.register
def _finalize(act: Finalize, state: ReviewState, reading: EncounterReading) -> Act:
    in_the_way = [
        point.words for point in state.open_points if act.reason is None or not point.is_passable
    ]
    if in_the_way:
        raise ReviewUnfinished(in_the_way)
    return act


def _known_procedure(code: str) -> None:
    if find(code) is None and not _DEVICE.fullmatch(code):
        raise DecisionRefused("code", "is no procedure code we hold")


def _known_diagnosis(code: str) -> None:
    try:
        diagnosis(code)
    except UnknownCode:
        raise DecisionRefused("code", "is no diagnosis code we hold") from None


def _plausible(
    units: int | None, minutes: int | None, modifiers: tuple[str, ...], performed_by: str
) -> None:
    for name, count in (("units", units), ("minutes", minutes)):
        if count is not None and not 0 <= count <= 1440:
            raise DecisionRefused(name, "must be from 0 to 1440")
    if not all(_MODIFIER.fullmatch(modifier) for modifier in modifiers):
        raise DecisionRefused("modifiers", "must be two capitals or digits each")
    if performed_by not in _GIVERS:
        raise DecisionRefused("performed_by", f"must be one of {', '.join(_GIVERS)}")


def _said(span: Span, reading: EncounterReading) -> None:
    """No line without evidence: the words must be there and say something."""
    text = reading.encounter.text or ""
    if span.end > len(text) or not span.of(text).strip():
        raise DecisionRefused("evidence", "must be words of the note")


def _is_therapy(line: LineState) -> bool:
    procedure = find(line.code)
    return procedure is not None and procedure.therapy is not Therapy.NEVER

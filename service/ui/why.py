"""Why a code, and why not its neighbours: what was read, and what else it could have been."""

from collections.abc import Iterator
from dataclasses import dataclass

from model.codes import find
from model.codes.procedures import Procedure, procedures
from model.records.claim import ClaimDraft
from model.records.review import EncounterReading
from service.reviews.view import ReviewLine
from service.ui.entries import caption
from service.ui.findings import quoted
from service.ui.panel_views import WhyView
from service.ui.views import Choice

MOST_NEIGHBOURS = 9


@dataclass(frozen=True, slots=True)
class _Neighbour:
    found: Procedure
    was_weighed: bool


def why_view(line: ReviewLine, reading: EncounterReading) -> WhyView:
    """What stands behind ``line``, and the codes most like it."""
    state, text = line.state, reading.encounter.text or ""
    return WhyView(
        quotes=tuple(quoted(found.span, found.says, text) for found in state.evidence),
        facts=tuple(_facts(line)),
        neighbours=tuple(_neighbours(state.code, reading.draft)),
    )


def _facts(line: ReviewLine) -> Iterator[tuple[str, str]]:
    state, found = line.state, find(line.state.code)
    if found is not None:
        yield "counted", "by time" if found.timed else "once, whatever the time"
    if state.minutes is not None:
        yield "minutes", f"{state.minutes}, given by the {state.performed_by}"
    if state.proposal is not None:
        share = int(state.proposal.confidence * 100)
        yield "confidence", f"of 100 such lines about {share} are accepted unchanged"
    else:
        yield "added", "by hand, no reader proposed it"


def _neighbours(code: str, draft: ClaimDraft) -> Iterator[Choice]:
    """Codes of the same family in force on the day; those the reader weighed come first."""
    possible = draft.facts.possible if draft.facts else frozenset()
    near = [
        _Neighbour(each, each.code in possible)
        for each in procedures(draft.date_of_service)
        if _is_near(each, code)
        and (draft.discipline is None or draft.discipline in each.disciplines)
    ]
    near.sort(key=lambda each: (not each.was_weighed, *_distance(each.found, code)))
    for number, each in enumerate(near[:MOST_NEIGHBOURS], start=1):
        yield Choice(
            number=number,
            value=each.found.code,
            label=caption(each.found.code),
            detail=_lost(each, draft),
        )


def _is_near(other: Procedure, code: str) -> bool:
    found = find(code)
    return found is not None and other.code != code and other.family is found.family


def _distance(other: Procedure, code: str) -> tuple[bool, int, str]:
    """Codes counted alike are nearer, then those whose numbers are."""
    found = find(code)
    alike = found is not None and (found.timed, found.pooled) == (other.timed, other.pooled)
    apart = abs(int(other.code) - int(code)) if (other.code + code).isdigit() else 100_000
    return not alike, apart, other.code


def _lost(each: _Neighbour, draft: ClaimDraft) -> str:
    if any(line.code == each.found.code for line in draft.lines):
        return "stands on a line of its own"
    left = [found.reason for found in draft.abstentions if found.code == each.found.code]
    if left:
        return f"not suggested: {left[0]}"
    if draft.facts is None:
        return ""
    return "weighed, and less likely" if each.was_weighed else "nothing in the note reads like it"

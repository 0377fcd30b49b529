"""Which words of the note prove which part of the claim as it stands."""

from collections.abc import Iterator

from model.records.claim import ClaimDraft
from model.records.review import Verdict
from service.reviews.view import ReviewState
from service.ui.evidence import Mark
from service.ui.findings import finding_key


def letter(place: int) -> str:
    """How lines point at the diagnosis at ``place``, from 1."""
    return chr(ord("A") + (place - 1) % 26)


def marks_of(state: ReviewState, draft: ClaimDraft) -> tuple[Mark, ...]:
    """Every mark of the note; words of a rejected line prove nothing any more."""
    return (*_lines(state), *_diagnoses(state), *_stated(draft), *_findings(state))


def _lines(state: ReviewState) -> Iterator[Mark]:
    for number, line in enumerate(state.lines, start=1):
        if line.state.verdict is Verdict.REJECTED:
            continue
        for found in line.state.evidence:
            owner = f"line-{line.state.key}"
            yield Mark(span=found.span, says=found.says, owner=owner, label=str(number))


def _diagnoses(state: ReviewState) -> Iterator[Mark]:
    for each in state.diagnoses:
        if each.rank is None:
            continue
        for found in each.state.evidence:
            owner, label = f"dx-{each.state.key}", letter(each.rank)
            yield Mark(span=found.span, says=found.says, owner=owner, label=label)


def _stated(draft: ClaimDraft) -> Iterator[Mark]:
    for place, line in enumerate(draft.stated):
        if line.span is not None:
            yield Mark(span=line.span, says="stated", owner=f"stated-{place}")


def _findings(state: ReviewState) -> Iterator[Mark]:
    for found in state.all_findings:
        for span in found.finding.flag.evidence:
            yield Mark(span=span, says="finding", owner=f"finding-{finding_key(found)}")

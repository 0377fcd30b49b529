"""Lines and diagnoses of a review as the screen shows them."""

from collections.abc import Iterator

from model.codes import diagnosis, find
from model.errors import UnknownCode
from model.records.claim import SuggestedDiagnosis, SuggestedLine
from model.records.review import Verdict
from model.suggest.lanes import GREEN_CONFIDENCE
from service.reviews.state import DiagnosisState, LineState
from service.reviews.view import ReviewDiagnosis, ReviewLine, ReviewState
from service.ui.findings import finding_views, quoted
from service.ui.marks import letter
from service.ui.views import DiagnosisView, FindingView, LineView
from service.ui.words import REASONS, VERDICTS


def line_views(state: ReviewState, text: str) -> tuple[LineView, ...]:
    """Every line, in claim order; rejected ones keep their place."""
    letters = {
        each.state.code: letter(each.rank) for each in state.diagnoses if each.rank is not None
    }
    return tuple(
        _line(line, number, letters, text) for number, line in enumerate(state.lines, start=1)
    )


def diagnosis_views(state: ReviewState, text: str) -> tuple[DiagnosisView, ...]:
    """Every diagnosis, first-listed first."""
    return tuple(_diagnosis(each, text) for each in state.diagnoses)


def claim_findings(state: ReviewState, text: str) -> tuple[FindingView, ...]:
    """Findings on the claim as a whole."""
    return finding_views(state.findings, text)


def caption(code: str) -> str:
    """Our words for a procedure code."""
    found = find(code)
    return found.caption if found else ""


def title(code: str) -> str:
    """What a diagnosis code stands for; empty where no table has it."""
    try:
        return diagnosis(code).title
    except UnknownCode:
        return ""


def _line(line: ReviewLine, number: int, letters: dict[str, str], text: str) -> LineView:
    state = line.state
    return LineView(
        key=state.key,
        number=number,
        code=state.code,
        caption=caption(state.code),
        units=state.units,
        minutes=state.minutes,
        modifiers=line.modifiers,
        performed_by=state.performed_by,
        pointers=tuple(letters[code] for code in line.diagnoses if code in letters),
        tone=line.tone.value,
        verdict=_verdict(state),
        decided=_decided(state),
        changes=tuple(_changes(state)),
        sureness=_sureness(state.proposal),
        abstention="" if state.units is not None else "units unknown: no minutes stated for it",
        is_added=state.proposal is None,
        evidence=tuple(quoted(found.span, found.says, text) for found in state.evidence),
        findings=finding_views(line.findings, text),
    )


def _diagnosis(each: ReviewDiagnosis, text: str) -> DiagnosisView:
    state = each.state
    asks = state.proposal.asks_for if state.proposal else None
    return DiagnosisView(
        key=state.key,
        letter=letter(each.rank) if each.rank else "",
        code=state.code,
        title=title(state.code),
        tone=each.tone.value,
        verdict=_verdict(state),
        decided=_decided(state),
        sureness=_sureness(state.proposal),
        asks_for=asks or "",
        evidence=tuple(quoted(found.span, found.says, text) for found in state.evidence),
        findings=finding_views(each.findings, text),
    )


def _verdict(state: LineState | DiagnosisState) -> str:
    return "" if state.verdict is Verdict.PROPOSED else state.verdict.value


def _decided(state: LineState | DiagnosisState) -> str:
    words = VERDICTS[state.verdict]
    if state.reason is None:
        return words
    return f"{words}: {state.note or REASONS[state.reason]}"


def _sureness(proposal: SuggestedLine | SuggestedDiagnosis | None) -> str:
    """The confidence where it should make a coder look twice, nothing elsewhere."""
    if proposal is None or proposal.confidence >= GREEN_CONFIDENCE:
        return ""
    return f"{int(proposal.confidence * 100)}% sure"


def _changes(line: LineState) -> Iterator[str]:
    """What differs from the proposal."""
    before = line.proposal
    if before is None:
        return
    if line.code != before.code:
        yield f"proposed {before.code}"
    if line.units != before.units:
        yield f"proposed {_count(before.units)} units"
    if line.minutes != before.minutes:
        yield f"proposed {_count(before.minutes)} minutes"
    if set(line.modifiers) != set(before.modifiers):
        yield f"proposed {' '.join(before.modifiers) or 'no modifiers'}"


def _count(value: int | None) -> str:
    return "unknown" if value is None else str(value)

"""A review as it is shown: each line with its findings, what is open, what can be undone."""

from dataclasses import dataclass
from enum import StrEnum

from model.records import Severity
from model.records.claim import ClaimDraft
from model.records.review import EncounterReading, ReviewDecision, Verdict
from model.records.units import Certificate
from model.suggest.lanes import GREEN_CONFIDENCE
from service.reviews.judging import Judged, LiveFinding, in_order, judge
from service.reviews.open_points import OpenPoint, open_points
from service.reviews.state import DiagnosisState, Folded, LineState, Review


class Tone(StrEnum):
    """How much care a line or a diagnosis asks for."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class ReviewStatus(StrEnum):
    """Where a chart is on its way through review."""

    WAITING = "waiting"
    IN_REVIEW = "in_review"
    PARKED = "parked"
    QUERIED = "queried"
    FLAGGED = "flagged"
    FINALIZED = "finalized"
    AMENDING = "amending"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """A line with everything a reviewer needs beside it.

    Attributes:
        modifiers: In the payer's order.
        diagnoses: Codes it points at, first-listed first, without rejected ones.
    """

    state: LineState
    modifiers: tuple[str, ...]
    diagnoses: tuple[str, ...]
    tone: Tone
    findings: tuple[LiveFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDiagnosis:
    """A diagnosis with its findings; ``rank`` counts those that stand, None where rejected."""

    state: DiagnosisState
    rank: int | None
    tone: Tone
    findings: tuple[LiveFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewState:
    """The review of one encounter at one version.

    Attributes:
        newest_reading: Number of the newest reading; the review is stale where it is on another.
        findings: Findings on the claim as a whole; the others stand under their line or diagnosis.
        certificate: Of the claim as it stands; None where no timed line has minutes.
        undoable: The decision an undo would take back.
    """

    encounter_id: str
    newest_reading: int
    folded: Folded
    status: ReviewStatus
    lines: tuple[ReviewLine, ...]
    diagnoses: tuple[ReviewDiagnosis, ...]
    findings: tuple[LiveFinding, ...]
    certificate: Certificate | None
    open_points: tuple[OpenPoint, ...]

    @property
    def review(self) -> Review:
        """What the decisions made of the reading."""
        return self.folded.review

    @property
    def version(self) -> int:
        """How many decisions there are."""
        return self.folded.version

    @property
    def is_stale(self) -> bool:
        """Whether the note was read again since."""
        return self.review.reading < self.newest_reading

    @property
    def undoable(self) -> ReviewDecision | None:
        """The decision an undo would take back."""
        return self.folded.holding[-1] if self.folded.holding else None

    @property
    def tag(self) -> str:
        """Changes whenever what a reviewer sees does: the reading under review and the version."""
        return f"{self.review.reading}.{self.version}"

    @property
    def entries(self) -> tuple[ReviewLine | ReviewDiagnosis, ...]:
        """Every line, then every diagnosis."""
        return (*self.lines, *self.diagnoses)

    @property
    def all_findings(self) -> tuple[LiveFinding, ...]:
        """Every finding, wherever it stands."""
        return (*self.findings, *(found for each in self.entries for found in each.findings))

    @property
    def green_keys(self) -> tuple[str, ...]:
        """Undecided lines and diagnoses that ask for no care."""
        return tuple(
            each.state.key
            for each in self.entries
            if each.tone is Tone.GREEN and each.state.verdict is Verdict.PROPOSED
        )


def shown(reading: EncounterReading, folded: Folded, *, newest: int) -> ReviewState:
    """The state of a review.

    Args:
        reading: The reading the review is on.
        folded: Its decisions, folded.
        newest: Number of the newest reading.

    Raises:
        MinutesBeyondDay: The minutes of its lines add up to more than a day.
        PolicyGap: A number of the unit rule has no source for the date of service.
    """
    review, judged = folded.review, judge(reading, folded.review)
    return ReviewState(
        encounter_id=reading.encounter.id,
        newest_reading=newest,
        folded=folded,
        status=status_of(folded),
        lines=tuple(_line(line, review, judged, reading.draft) for line in review.lines),
        diagnoses=tuple(_diagnosis(each, review, judged) for each in review.diagnoses),
        findings=tuple(found for found in judged.findings if found.key is None),
        certificate=judged.certificate,
        open_points=open_points(review, judged, newest=newest),
    )


def status_of(folded: Folded) -> ReviewStatus:
    """Where the chart is; what waits for somebody else goes before what waits for us."""
    review = folded.review
    found = {
        ReviewStatus.FINALIZED: review.is_final,
        ReviewStatus.FLAGGED: review.flag is not None,
        ReviewStatus.QUERIED: any(query.answer is None for query in review.queries),
        ReviewStatus.PARKED: review.parked is not None,
        ReviewStatus.AMENDING: bool(folded.finals),
        ReviewStatus.IN_REVIEW: bool(folded.holding),
    }
    return next((status for status, holds in found.items() if holds), ReviewStatus.WAITING)


def _line(line: LineState, review: Review, judged: Judged, draft: ClaimDraft) -> ReviewLine:
    findings = tuple(found for found in judged.findings if found.key == line.key)
    # A line that earns no unit is the note's word, and seldom a line to bill.
    unsure = line.units == 0 or any(a.code == line.code for a in draft.abstentions)
    return ReviewLine(
        state=line,
        modifiers=in_order(line.modifiers, judged.policy),
        diagnoses=review.codes_of(line),
        tone=Tone.RED if line.units is None else _tone(line, findings, is_unsure=unsure),
        findings=findings,
    )


def _diagnosis(each: DiagnosisState, review: Review, judged: Judged) -> ReviewDiagnosis:
    findings = tuple(found for found in judged.findings if found.key == each.key)
    standing = [other.key for other in review.standing_diagnoses]
    unsure = each.proposal is not None and each.proposal.asks_for is not None
    return ReviewDiagnosis(
        state=each,
        rank=standing.index(each.key) + 1 if each.key in standing else None,
        tone=_tone(each, findings, is_unsure=unsure),
        findings=findings,
    )


def _tone(
    entry: LineState | DiagnosisState, findings: tuple[LiveFinding, ...], *, is_unsure: bool
) -> Tone:
    graves = {found.finding.severity for found in findings if found.override is None}
    if Severity.BLOCKS in graves:
        return Tone.RED
    proposal = entry.proposal
    doubtful = proposal is not None and proposal.confidence < GREEN_CONFIDENCE
    return Tone.AMBER if doubtful or is_unsure or Severity.WARNS in graves else Tone.GREEN

"""What a review holds after its decisions: the claim as it stands, and who said what about it."""

from dataclasses import dataclass
from datetime import date, datetime

from model.records import Attestation, Line
from model.records.claim import Evidence, SuggestedDiagnosis, SuggestedLine
from model.records.review import Override, OverrideReason, ReviewDecision, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class LineState:
    """One line as it stands.

    Attributes:
        key: Names the line in decisions: its place in the draft, or ``a`` and the number of the
            decision that added it.
        proposal: What the draft proposed; None for an added line.
        points_at: Keys of the diagnoses it points at, first-listed first.
    """

    key: str
    verdict: Verdict
    proposal: SuggestedLine | None
    code: str
    units: int | None
    minutes: int | None
    modifiers: tuple[str, ...]
    performed_by: str
    points_at: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    reason: OverrideReason | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisState:
    """One diagnosis as it stands.

    Attributes:
        key: ``d`` and its rank in the draft, or ``e`` and the number of the decision that added it.
    """

    key: str
    verdict: Verdict
    proposal: SuggestedDiagnosis | None
    code: str
    evidence: tuple[Evidence, ...]
    reason: OverrideReason | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryState:
    """A query to the therapist; ``answer`` is None while it is open."""

    key: str
    text: str
    rule_id: str | None
    about: str | None
    asked_by: str
    asked_at: datetime
    answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Words of a reviewer."""

    text: str
    made_by: str
    made_at: datetime
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Everything decisions can change, and nothing else: undoing gives an equal one back.

    Attributes:
        reading: Number of the reading under review.
        lines: In claim order; rejected ones keep their place.
        diagnoses: First-listed first; rejected ones keep their place.
    """

    reading: int
    lines: tuple[LineState, ...] = ()
    diagnoses: tuple[DiagnosisState, ...] = ()
    attestation: Attestation | None = None
    overrides: tuple[Override, ...] = ()
    queries: tuple[QueryState, ...] = ()
    comments: tuple[Remark, ...] = ()
    flag: Remark | None = None
    parked: Remark | None = None
    is_final: bool = False

    @property
    def undecided(self) -> tuple[LineState | DiagnosisState, ...]:
        """Lines and diagnoses nobody has said anything about."""
        return tuple(each for each in self.entries if each.verdict is Verdict.PROPOSED)

    @property
    def entries(self) -> tuple[LineState | DiagnosisState, ...]:
        """Every line, then every diagnosis."""
        return (*self.lines, *self.diagnoses)

    @property
    def standing_lines(self) -> tuple[LineState, ...]:
        """The lines that are not rejected: those the rules judge."""
        return tuple(line for line in self.lines if line.verdict is not Verdict.REJECTED)

    @property
    def standing_diagnoses(self) -> tuple[DiagnosisState, ...]:
        """The diagnoses that are not rejected, first-listed first."""
        return tuple(each for each in self.diagnoses if each.verdict is not Verdict.REJECTED)

    def codes_of(self, line: LineState) -> tuple[str, ...]:
        """The diagnosis codes ``line`` points at, without rejected ones."""
        codes = {each.key: each.code for each in self.standing_diagnoses}
        return tuple(dict.fromkeys(codes[key] for key in line.points_at if key in codes))

    def claim_lines(self) -> tuple[Line, ...]:
        """The standing lines as rules and exports read them."""
        return tuple(
            Line(
                code=line.code,
                units=line.units,
                minutes=line.minutes,
                modifiers=line.modifiers,
                performed_by=line.performed_by,
                diagnoses=self.codes_of(line),
                evidence=tuple(evidence.span for evidence in line.evidence),
            )
            for line in self.standing_lines
        )

    def claim_diagnoses(self) -> tuple[str, ...]:
        """The codes of the standing diagnoses, first-listed first, each once."""
        return tuple(dict.fromkeys(each.code for each in self.standing_diagnoses))


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalClaim:
    """A claim as it was made final; a later one replaces it, nothing changes it.

    Attributes:
        number: 1 for the original claim, 2 for its first amendment, and so on.
        review: The review at that moment.
    """

    number: int
    made_by: str
    made_at: datetime
    review: Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A review, and what of its history still matters.

    Attributes:
        holding: Decisions that hold, oldest first; the last is what an undo takes back.
        finals: Every claim that was made final, oldest first; the last one stands.
        version: How many decisions there are, those undone included.
    """

    review: Review
    holding: tuple[ReviewDecision, ...]
    finals: tuple[FinalClaim, ...]
    version: int

    @property
    def standing_claim(self) -> FinalClaim | None:
        """The claim that was last made final, also while it is being amended."""
        return self.finals[-1] if self.finals else None

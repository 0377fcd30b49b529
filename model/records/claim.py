"""What would be billed if a reviewer approved now, with the proof of every part."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from model.records.encounter import Discipline, NoteKind
from model.records.evaluation import Evaluation
from model.records.facts import Facts
from model.records.finding import Finding
from model.records.missing import AtRisk
from model.records.note import StatedLine
from model.records.span import Span
from model.records.units import Certificate


class Lane(StrEnum):
    """How much of a reviewer's attention a draft needs."""

    GREEN = "green"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the note and what they say about the claim.

    Attributes:
        says: ``service``, ``minutes``, ``giver`` or ``diagnosis``.
    """

    span: Span
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedLine:
    """One proposed procedure line and the words of the note that support it.

    Attributes:
        units: Whole billing units; None when the minutes of a timed service are not known.
        evidence: Strongest first. Never empty: a line that cannot be pointed at is not made.
        confidence: Calibrated probability in [0, 1] that a reviewer accepts the line unchanged.
        rivals: Neighbouring codes that were considered, with why they lose.
    """

    code: str
    units: int | None
    minutes: int | None = None
    modifiers: tuple[str, ...] = ()
    performed_by: str = "therapist"
    diagnoses: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...]
    confidence: float

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"suggestion of {self.code} has no evidence")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence must lie in [0, 1], got {self.confidence}")
        if self.units is not None and self.units < 0:
            raise ValueError(f"units cannot be negative, got {self.units}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedDiagnosis:
    """One proposed diagnosis, ranked, with the words that support it.

    Attributes:
        asks_for: The axis of specificity the note leaves open, such as ``laterality``.
    """

    code: str
    rank: int
    confidence: float
    evidence: tuple[Evidence, ...]
    asks_for: str | None = None

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"diagnosis {self.code} has no evidence")


@dataclass(frozen=True, slots=True)
class Abstention:
    """A considered refusal to suggest, with its reason."""

    about: str
    reason: str
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What the draft was made with.

    Attributes:
        stale: Tables read past their last release, each with its last day.
        as_of: The day whose policy judged the claim; None where it was the date of service.
    """

    model: str
    rules: str
    policies: str
    stale: tuple[tuple[str, date], ...] = ()
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDraft:
    """The supported claim, the stated claim, and what is missing.

    Attributes:
        at_risk: Parts of the claim that documentation could make defensible, and by what.
        evaluation: Why an evaluation is the code it is; None where none was given.
        sure: Probability that every line is right as it stands.
        inferred: Encounter fields read from the note because the EHR did not send them.
        facts: What was read from the note, so that another claim can be judged against it; None
            where no note was read.
    """

    id: str
    note_kind: NoteKind | None
    discipline: Discipline | None
    date_of_service: date
    payer: str
    lines: tuple[SuggestedLine, ...] = ()
    stated: tuple[StatedLine, ...] = ()
    stated_diagnoses: tuple[str, ...] = ()
    diagnoses: tuple[SuggestedDiagnosis, ...] = ()
    abstentions: tuple[Abstention, ...] = ()
    findings: tuple[Finding, ...] = ()
    at_risk: tuple[AtRisk, ...] = ()
    evaluation: Evaluation | None = None
    certificate: Certificate | None = None
    total_timed_minutes: int | None = None
    total_treatment_minutes: int | None = None
    lane: Lane = Lane.REVIEW
    sure: float = 0.0
    versions: Versions
    inferred: tuple[str, ...] = field(default=())
    facts: Facts | None = None

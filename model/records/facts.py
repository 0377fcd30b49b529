"""What a note states, normalized, each fact with the words that state it."""

from dataclasses import dataclass, field
from enum import StrEnum

from model.records.note import Duration, Signature, StatedDiagnosis, StatedLine
from model.records.span import Span


class Assertion(StrEnum):
    """Whether a fact is of today and of this patient."""

    PERFORMED = "performed"
    PLANNED = "planned"
    HOME = "home"
    HISTORICAL = "historical"
    NEGATED = "negated"
    OTHER = "other"


class Giver(StrEnum):
    """Who gave a service."""

    THERAPIST = "therapist"
    ASSISTANT = "assistant"
    STUDENT = "student"
    AIDE = "aide"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """An intervention of the note and the code family it belongs to.

    Attributes:
        code: The procedure code that stands for the service's family.
        evidence: Words that describe it, strongest first; never empty.
        minutes: One-on-one minutes linked to it, None when none can be.
        minutes_evidence: Where those minutes stand.
        confidence: Calibrated probability that a coder keeps it.
    """

    code: str
    assertion: Assertion
    giver: Giver
    evidence: tuple[Span, ...]
    minutes: int | None = None
    minutes_evidence: tuple[Span, ...] = ()
    confidence: float

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"service {self.code} has no evidence")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence must lie in [0, 1], got {self.confidence}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A diagnosis the note states, before any code is chosen for it.

    Attributes:
        stems: Candidate ICD-10-CM codes or stems with their scores, best first.
    """

    span: Span
    stems: tuple[tuple[str, float], ...]
    assertion: str = "affirmed"


class Presence(StrEnum):
    """What is known of a documentation element."""

    PRESENT = "present"
    ABSENT = "absent"
    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inconsistency:
    """Two places of the note that cannot both be right."""

    about: str
    message: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything read from one note.

    Attributes:
        services: Services of every assertion; only performed ones can become lines.
        elements: Spans of each documentation element found, by its name in GUIDELINES.md.
        timed_total: Stated total of timed minutes, where the note gives one.
        treatment_total: Stated total treatment time, where the note gives one.
        possible: Codes the reader gave any chance of having been given today; what is not among
            them the note surely does not describe.
        unclaimed: Durations that belong to no service and are not known to be nobody's.
    """

    services: tuple[Service, ...] = ()
    conditions: tuple[Condition, ...] = ()
    elements: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    stated_lines: tuple[StatedLine, ...] = ()
    stated_diagnoses: tuple[StatedDiagnosis, ...] = ()
    signatures: tuple[Signature, ...] = ()
    timed_total: Duration | None = None
    treatment_total: Duration | None = None
    possible: frozenset[str] = frozenset()
    unclaimed: tuple[Duration, ...] = ()
    inconsistencies: tuple[Inconsistency, ...] = ()

    def performed(self) -> tuple[Service, ...]:
        """The services done today, for this patient."""
        return tuple(s for s in self.services if s.assertion is Assertion.PERFORMED)

"""What parsing makes of a note: sections, segments and marks, all as spans."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from model.records.span import Span


class SectionKind(StrEnum):
    """What a heading says its text is about."""

    NONE = "none"
    SUBJECTIVE = "subjective"
    OBJECTIVE = "objective"
    TREATMENT = "treatment"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    GOALS = "goals"
    DIAGNOSIS = "diagnosis"
    HISTORY = "history"
    PRIOR_LEVEL = "prior_level"
    HOME_PROGRAM = "home_program"
    EDUCATION = "education"
    BILLING = "billing"
    SIGNATURE = "signature"
    HEADER = "header"
    RECOMMENDATION = "recommendation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A line, bullet, table row, or sentence of prose: the unit that reading labels.

    Attributes:
        heading: The words of the heading it stands under, lower case; empty when none.
        lead: Span of the line that introduces it (a label such as "TherEx:"), when there is one.
        row: Index of the line it comes from.
    """

    span: Span
    section: SectionKind
    heading: str
    row: int


class DurationKind(StrEnum):
    """What a duration measures."""

    PLAIN = "plain"
    TIMED_TOTAL = "timed_total"
    TREATMENT_TOTAL = "treatment_total"
    CLOCK = "clock"
    COUNTED = "counted"
    BARE = "bare"
    NOT_TREATMENT = "not_treatment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """Minutes the note states somewhere.

    Attributes:
        minutes: Whole minutes; half hours are 30.
        start_minute: Minute of the day a clock range begins, for clock ranges.
    """

    span: Span
    minutes: int
    kind: DurationKind
    start_minute: int | None = None

    def __post_init__(self) -> None:
        if self.minutes < 0:
            raise ValueError(f"a duration cannot be negative, got {self.minutes}")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedLine:
    """A line the note itself bills; what it does not say is None.

    Attributes:
        span: Where the note says so; None for a claim that came without its note.
    """

    code: str
    units: int | None = None
    minutes: int | None = None
    modifiers: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDiagnosis:
    """An ICD-10-CM code written in the note."""

    code: str
    span: Span


class SignerRole(StrEnum):
    """What a signature's letters make of its owner."""

    THERAPIST = "therapist"
    ASSISTANT = "assistant"
    STUDENT = "student"
    AIDE = "aide"
    PHYSICIAN = "physician"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A name with credentials at the foot (or head) of a note.

    Attributes:
        is_signature: Whether it stands as a signature rather than a mention.
        is_cosignature: Whether words around it make it a supervisor's.
    """

    span: Span
    credential: str
    role: SignerRole
    discipline: str | None
    is_signature: bool
    is_cosignature: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedNote:
    """A note taken apart; every part points at code points of ``text``.

    Attributes:
        text: As received, save that newlines of hard wrapping are spaces; offsets are the same.
    """

    text: str
    segments: tuple[Segment, ...]
    durations: tuple[Duration, ...] = ()
    stated_lines: tuple[StatedLine, ...] = ()
    stated_diagnoses: tuple[StatedDiagnosis, ...] = ()
    signatures: tuple[Signature, ...] = ()
    dates: tuple[tuple[Span, date], ...] = ()

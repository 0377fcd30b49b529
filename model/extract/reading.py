"""What a reader says about a parsed note: scores, before anything is decided."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from model.extract.lexicon import families
from model.records import Encounter, ParsedNote, Span

Floats = npt.NDArray[np.float32]

FAMILIES = families()
ASSERTIONS = ("historical", "home", "negated", "other", "planned")
GIVERS = ("aide", "assistant", "student")
ELEMENTS = (
    "skilled", "response", "goal", "measure", "plof", "freq", "plan", "progress", "sign",
    "cosign", "consent", "caregiver", "group", "cotreat", "modality", "necessity", "history",
    "deficit", "education", "maintenance", "potential", "cert", "subjective",
)  # fmt: skip
SEGMENT_LABELS = (
    *(f"do:{family}" for family in FAMILIES),
    *(f"fam:{family}" for family in FAMILIES),
    *(f"as:{assertion}" for assertion in ASSERTIONS),
    *(f"by:{giver}" for giver in GIVERS),
    *(f"el:{element}" for element in ELEMENTS),
    "el:measurable",
    "dx:affirmed",
    "dx:uncertain",
    "dx:history",
    "dx:other",
)
DURATION_LABELS = (*FAMILIES, "timed", "total", "none")
TAGS = ("out", "affirmed", "uncertain", "history", "other")
COLUMN = {label: index for index, label in enumerate(SEGMENT_LABELS)}


@dataclass(frozen=True, slots=True)
class Mention:
    """Words a reader takes for a diagnosis, and how the note holds it."""

    span: Span
    state: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Scores of one note.

    Attributes:
        segments: Probabilities ``(segments, len(SEGMENT_LABELS))``, each by itself.
        durations: Probabilities ``(durations, len(DURATION_LABELS))``, rows add up to 1.
        mentions: Diagnosis mentions, in text order.
    """

    segments: Floats
    durations: Floats
    mentions: tuple[Mention, ...] = ()

    def done(self, family: str) -> Floats:
        """Probability of each segment that ``family`` was given today."""
        return self.segments[:, COLUMN[f"do:{family}"]]

    def of(self, label: str) -> Floats:
        """Probability of each segment for ``label``."""
        return self.segments[:, COLUMN[label]]


NOTHING_READ = Reading(
    segments=np.zeros((0, len(SEGMENT_LABELS)), np.float32),
    durations=np.zeros((0, len(DURATION_LABELS)), np.float32),
)
"""The reading of a note without a word."""


class Reader(Protocol):
    """Anything that scores a parsed note."""

    @property
    def version(self) -> str:
        """Names the artifact, for the draft's versions."""

    def read(self, note: ParsedNote, encounter: Encounter) -> Reading:
        """The scores of ``note``."""

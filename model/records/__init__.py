"""The nouns of the domain: frozen, typed, standard library only."""

from model.records.case import Case, Line
from model.records.encounter import (
    Attestation,
    Clinician,
    Discipline,
    Encounter,
    Episode,
    NoteKind,
    PlanOfCare,
    Setting,
)
from model.records.facts import Assertion, Condition, Facts, Giver, Inconsistency, Service
from model.records.finding import Citation, Finding, Flag, Severity
from model.records.note import (
    Duration,
    DurationKind,
    ParsedNote,
    SectionKind,
    Segment,
    Signature,
    SignerRole,
    StatedDiagnosis,
    StatedLine,
)
from model.records.span import Span

__all__ = [
    "Assertion",
    "Attestation",
    "Case",
    "Citation",
    "Clinician",
    "Condition",
    "Discipline",
    "Duration",
    "DurationKind",
    "Encounter",
    "Episode",
    "Facts",
    "Finding",
    "Flag",
    "Giver",
    "Inconsistency",
    "Line",
    "NoteKind",
    "ParsedNote",
    "PlanOfCare",
    "SectionKind",
    "Segment",
    "Service",
    "Setting",
    "Severity",
    "Signature",
    "SignerRole",
    "Span",
    "StatedDiagnosis",
    "StatedLine",
]

"""Lines and diagnoses out: what the note supports, and what it bills itself."""

from pydantic import BaseModel, Field

from model.records import StatedLine
from model.records.claim import SuggestedDiagnosis, SuggestedLine
from service.wire.evidence import EvidenceOut, evidence_out, words_out


class LineOut(BaseModel):
    """A line the note supports; ``units`` is null where minutes cannot be assigned."""

    code: str
    units: int | None
    minutes: int | None
    modifiers: list[str]
    performed_by: str
    confidence: float = Field(ge=0, le=1)
    diagnoses: list[str]
    evidence: list[EvidenceOut]


class StatedOut(BaseModel):
    """A line the note itself bills, or the claim that was given."""

    code: str
    units: int | None
    modifiers: list[str]
    minutes: int | None
    evidence: list[EvidenceOut]


class DiagnosisOut(BaseModel):
    """A diagnosis the note supports, ranked; ``asks_for`` is the axis left open."""

    code: str
    rank: int = Field(ge=1)
    confidence: float = Field(ge=0, le=1)
    evidence: list[EvidenceOut]
    asks_for: str | None = None


def line_out(line: SuggestedLine, text: str) -> LineOut:
    """A supported line as a wire model."""
    return LineOut(
        code=line.code,
        units=line.units,
        minutes=line.minutes,
        modifiers=list(line.modifiers),
        performed_by=line.performed_by,
        confidence=line.confidence,
        diagnoses=list(line.diagnoses),
        evidence=evidence_out(line.evidence, text),
    )


def stated_out(line: StatedLine, text: str) -> StatedOut:
    """A stated line as a wire model."""
    return StatedOut(
        code=line.code,
        units=line.units,
        modifiers=list(line.modifiers),
        minutes=line.minutes,
        evidence=[words_out(line.span, text, says="stated")] if text and line.span else [],
    )


def diagnosis_out(found: SuggestedDiagnosis, text: str) -> DiagnosisOut:
    """A supported diagnosis as a wire model."""
    return DiagnosisOut(
        code=found.code,
        rank=found.rank,
        confidence=found.confidence,
        evidence=evidence_out(found.evidence, text),
        asks_for=found.asks_for,
    )

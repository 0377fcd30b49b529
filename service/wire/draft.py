"""The claim draft out, as CONTRACT.md has it. Fields may be added; none is renamed or dropped."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field

from model.records import Discipline, Finding, NoteKind, Severity, Span, StatedLine
from model.records.claim import ClaimDraft, Evidence, Lane, SuggestedDiagnosis, SuggestedLine
from model.records.evaluation import Component, Evaluation
from model.records.missing import AtRisk
from model.records.units import Basis, Certificate, UnitRule


class EvidenceOut(BaseModel):
    """Words of the note: ``start <= i < end`` in Unicode code points of the text as received."""

    start: int = Field(ge=0)
    end: int = Field(ge=1)
    text: str
    says: str


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


class AbstentionOut(BaseModel):
    """A considered refusal to suggest, with its reason."""

    about: str
    code: str | None
    reason: str


class CitationOut(BaseModel):
    """A work listed in sources.yaml, and the place in it."""

    work: str
    locator: str


class FindingOut(BaseModel):
    """What a rule says; ``line`` is an index into ``stated``, or ``lines`` where none is stated."""

    rule: str
    severity: Severity
    message: str
    citation: CitationOut
    evidence: list[EvidenceOut]
    line: int | None
    missing: list[str]
    query: str | None
    diagnosis: str | None = None


class AtRiskOut(BaseModel):
    """A part of the claim at risk, and the smallest sets of elements that would clear its findings.

    ``line`` and ``diagnosis`` are those of the findings; both null is the claim as a whole.
    """

    line: int | None
    diagnosis: str | None
    rules: list[str]
    sets: list[list[str]]


class ComponentOut(BaseModel):
    """One component of an evaluation; ``found`` is null where the note gives nothing."""

    name: str
    found: str | None
    evidence: list[EvidenceOut]
    supports: str | None
    needed: str | None
    is_short: bool


class EvaluationOut(BaseModel):
    """Why an evaluation is the code it is."""

    stated: str | None
    supported: str | None
    components: list[ComponentOut]


class LedgerOut(BaseModel):
    """What the minutes of one code, or of one chain under its base, earned."""

    code: str
    basis: Basis
    therapist: int
    assistant: int
    minutes: int
    whole_units: int
    remainder: int
    extra_units: Literal[0, 1]
    units: int


class TieOut(BaseModel):
    """Codes of equal remainder, more of them than units left."""

    codes: list[str]
    remainder: int
    chosen: list[str]
    units: int


class AlternativeOut(BaseModel):
    """A leftover unit given elsewhere, and why that loses."""

    code: str
    remainder: int
    instead_of: str
    instead_remainder: int
    why: str


class UnitLineOut(BaseModel):
    """Units of one code, all with or all without the assistant modifier."""

    code: str
    units: int
    minutes: int
    assistant_modifier: bool
    performed_by: str


class UnitPolicyOut(BaseModel):
    """The numbers the units were counted under, as of the date of service."""

    rule: UnitRule
    minutes_per_unit: int
    last_unit_minutes: int
    de_minimis_percent: int
    therapist_midpoint_applies: bool


class CertificateOut(BaseModel):
    """Why the day's minutes are so many units; ``units`` are those of timed codes."""

    rule: UnitRule
    timed_minutes: int
    untimed_minutes: int
    units: int
    ledger: list[LedgerOut]
    ties: list[TieOut]
    short_of_next: int | None
    pooled_minutes: int | None = None
    policy: UnitPolicyOut | None = None
    lines: list[UnitLineOut] = []
    alternatives: list[AlternativeOut] = []


class StaleOut(BaseModel):
    """A table read past its last release."""

    table: str
    last_date: date


class VersionsOut(BaseModel):
    """What the draft was made with."""

    model: str
    rules: str
    policies: str
    stale: list[StaleOut] = []
    as_of: date | None = Field(
        default=None, description="Day whose policy judged the claim, if not the date of service."
    )


class DraftOut(BaseModel):
    """The supported claim, the stated claim, and what is missing."""

    id: str
    note_kind: NoteKind | None
    discipline: Discipline | None
    date_of_service: date | None
    lines: list[LineOut]
    diagnoses: list[DiagnosisOut]
    abstentions: list[AbstentionOut]
    findings: list[FindingOut]
    certificate: CertificateOut | None
    total_timed_minutes: int | None
    total_treatment_minutes: int | None
    lane: Lane
    versions: VersionsOut
    payer: str | None = None
    stated: list[StatedOut] = []
    stated_diagnoses: list[str] = []
    at_risk: list[AtRiskOut] = []
    evaluation: EvaluationOut | None = None
    inferred: list[str] = Field(
        default=[], description="Encounter fields read from the note, as none were sent."
    )


def draft_json(draft: ClaimDraft, text: str | None) -> dict[str, Any]:
    """``draft`` as the object of CONTRACT.md, ready for ``json.dumps``.

    Args:
        draft: What the journey made of an encounter.
        text: The note its spans point into; None where only a claim was checked.
    """
    return draft_out(draft, text or "").model_dump(mode="json")


def draft_out(draft: ClaimDraft, text: str) -> DraftOut:
    """``draft`` as a wire model."""
    stale = [StaleOut(table=table, last_date=day) for table, day in draft.versions.stale]
    return DraftOut(
        id=draft.id,
        note_kind=draft.note_kind,
        discipline=draft.discipline,
        date_of_service=draft.date_of_service,
        lines=[_line(line, text) for line in draft.lines],
        diagnoses=[_diagnosis(found, text) for found in draft.diagnoses],
        abstentions=[
            AbstentionOut(about=found.about, code=found.code, reason=found.reason)
            for found in draft.abstentions
        ],
        findings=[finding_out(finding, text) for finding in draft.findings],
        certificate=certificate_out(draft.certificate) if draft.certificate else None,
        total_timed_minutes=draft.total_timed_minutes,
        total_treatment_minutes=draft.total_treatment_minutes,
        lane=draft.lane,
        versions=VersionsOut(
            model=draft.versions.model,
            rules=draft.versions.rules,
            policies=draft.versions.policies,
            stale=stale,
            as_of=draft.versions.as_of,
        ),
        payer=draft.payer,
        stated=[_stated(line, text) for line in draft.stated],
        stated_diagnoses=list(draft.stated_diagnoses),
        at_risk=[_at_risk(part) for part in draft.at_risk],
        evaluation=_evaluation(draft.evaluation, text) if draft.evaluation else None,
        inferred=list(draft.inferred),
    )


def certificate_out(certificate: Certificate) -> CertificateOut:
    """A certificate as a wire model."""
    return CertificateOut.model_validate(certificate.to_json())


def _line(line: SuggestedLine, text: str) -> LineOut:
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


def _stated(line: StatedLine, text: str) -> StatedOut:
    return StatedOut(
        code=line.code,
        units=line.units,
        modifiers=list(line.modifiers),
        minutes=line.minutes,
        evidence=[_words(line.span, text, says="stated")] if text and line.span else [],
    )


def _diagnosis(found: SuggestedDiagnosis, text: str) -> DiagnosisOut:
    return DiagnosisOut(
        code=found.code,
        rank=found.rank,
        confidence=found.confidence,
        evidence=evidence_out(found.evidence, text),
        asks_for=found.asks_for,
    )


def finding_out(finding: Finding, text: str) -> FindingOut:
    """A finding as a wire model."""
    flag = finding.flag
    return FindingOut(
        rule=finding.rule_id,
        severity=finding.severity,
        message=flag.message,
        citation=CitationOut(work=finding.citation.work, locator=finding.citation.locator),
        evidence=[_words(span, text, says="finding") for span in flag.evidence] if text else [],
        line=flag.line,
        missing=list(flag.missing),
        query=flag.query,
        diagnosis=flag.diagnosis,
    )


def _at_risk(part: AtRisk) -> AtRiskOut:
    return AtRiskOut(
        line=part.line,
        diagnosis=part.diagnosis,
        rules=list(part.rules),
        sets=[list(elements) for elements in part.sets],
    )


def _evaluation(found: Evaluation, text: str) -> EvaluationOut:
    rows = [_component(row, text) for row in found.components]
    return EvaluationOut(stated=found.stated, supported=found.supported, components=rows)


def _component(row: Component, text: str) -> ComponentOut:
    return ComponentOut(
        name=row.name,
        found=row.found,
        evidence=[_words(span, text, says="component") for span in row.evidence],
        supports=row.supports,
        needed=row.needed,
        is_short=row.is_short,
    )


def evidence_out(found: Iterable[Evidence], text: str) -> list[EvidenceOut]:
    """Evidence as wire models, with the words it points at."""
    return [_words(evidence.span, text, says=evidence.says) for evidence in found]


def _words(span: Span, text: str, *, says: str) -> EvidenceOut:
    return EvidenceOut(start=span.start, end=span.end, text=span.of(text), says=says)

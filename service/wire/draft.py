"""The claim draft out, as CONTRACT.md has it. Fields may be added; none is renamed or dropped."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from model.records import Discipline, NoteKind
from model.records.claim import ClaimDraft, Lane
from service.wire.certificate import CertificateOut, certificate_out
from service.wire.evaluation import EvaluationOut, evaluation_out
from service.wire.findings import AtRiskOut, FindingOut, at_risk_out, finding_out
from service.wire.lines import (
    DiagnosisOut,
    LineOut,
    StatedOut,
    diagnosis_out,
    line_out,
    stated_out,
)


class AbstentionOut(BaseModel):
    """A considered refusal to suggest, with its reason."""

    about: str
    code: str | None
    reason: str


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
        lines=[line_out(line, text) for line in draft.lines],
        diagnoses=[diagnosis_out(found, text) for found in draft.diagnoses],
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
        stated=[stated_out(line, text) for line in draft.stated],
        stated_diagnoses=list(draft.stated_diagnoses),
        at_risk=[at_risk_out(part) for part in draft.at_risk],
        evaluation=evaluation_out(draft.evaluation, text) if draft.evaluation else None,
        inferred=list(draft.inferred),
    )

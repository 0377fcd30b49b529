"""Reviews as other programs get them. Fields may be added; none is renamed or dropped."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from model.records.review import OverrideReason, ReviewDecision, Verdict
from service.reviews.judging import LiveFinding
from service.reviews.open_points import OpenPoint
from service.reviews.records import Track
from service.reviews.state import QueryState, Remark
from service.reviews.stored import act_json
from service.reviews.view import ReviewDiagnosis, ReviewLine, ReviewState, ReviewStatus, Tone
from service.wire.certificate import CertificateOut, certificate_out
from service.wire.evidence import EvidenceOut, evidence_out
from service.wire.findings import FindingOut, finding_out


class ReviewFindingOut(FindingOut):
    """A finding on the claim as it stands; ``key`` is the line or diagnosis it is about."""

    key: str | None
    overridden: OverrideReason | None


class ReviewLineOut(BaseModel):
    """A line as it stands; ``status`` says what became of the proposal."""

    key: str
    status: Verdict
    tone: Tone
    code: str
    units: int | None
    minutes: int | None
    modifiers: list[str]
    performed_by: str
    diagnoses: list[str]
    confidence: float | None
    evidence: list[EvidenceOut]
    reason: OverrideReason | None
    note: str
    findings: list[ReviewFindingOut]


class ReviewDiagnosisOut(BaseModel):
    """A diagnosis as it stands; ``rank`` is null where it is rejected."""

    key: str
    status: Verdict
    tone: Tone
    code: str
    rank: int | None
    confidence: float | None
    evidence: list[EvidenceOut]
    reason: OverrideReason | None
    note: str
    findings: list[ReviewFindingOut]


class OpenPointOut(BaseModel):
    """What stands between the review and its final claim."""

    key: str | None
    words: str
    is_passable: bool


class RemarkOut(BaseModel):
    """Words of a reviewer; ``until`` for a parked chart."""

    text: str
    made_by: str
    made_at: datetime
    until: date | None


class QueryOut(BaseModel):
    """A query to the therapist; ``answer`` is null while it is open."""

    key: str
    text: str
    rule: str | None
    about: str | None
    asked_by: str
    asked_at: datetime
    answer: str | None


class AttestationOut(BaseModel):
    """Whose attestation of KX the claim has."""

    by: str
    on: date


class ReviewOut(BaseModel):
    """The review of one encounter on one track, at one version."""

    track: Track
    version: int
    tag: str
    status: ReviewStatus
    reading: int
    newest_reading: int
    is_stale: bool
    is_final: bool
    claim: int | None
    lines: list[ReviewLineOut]
    diagnoses: list[ReviewDiagnosisOut]
    findings: list[ReviewFindingOut]
    certificate: CertificateOut | None
    attestation: AttestationOut | None
    queries: list[QueryOut]
    comments: list[RemarkOut]
    flag: RemarkOut | None
    parked: RemarkOut | None
    open_points: list[OpenPointOut]
    undoable: int | None


class DecisionOut(BaseModel):
    """One decision of the history; ``holds`` is false once it was undone."""

    number: int
    reading: int
    made_by: str
    made_at: datetime
    kind: str
    holds: bool
    act: dict[str, Any]


def review_out(state: ReviewState, text: str, *, track: Track) -> ReviewOut:
    """``state`` as a wire model; ``text`` is the note its spans point into."""
    review, claim = state.review, state.folded.standing_claim
    said = review.attestation
    return ReviewOut(
        track=track,
        version=state.version,
        tag=state.tag,
        status=state.status,
        reading=review.reading,
        newest_reading=state.newest_reading,
        is_stale=state.is_stale,
        is_final=review.is_final,
        claim=claim.number if claim else None,
        lines=[_line(line, text) for line in state.lines],
        diagnoses=[_diagnosis(each, text) for each in state.diagnoses],
        findings=_findings(state.findings, text),
        certificate=certificate_out(state.certificate) if state.certificate else None,
        attestation=AttestationOut(by=said.by, on=said.on) if said else None,
        queries=[_query(query) for query in review.queries],
        comments=[_remark(each) for each in review.comments],
        flag=_remark(review.flag) if review.flag else None,
        parked=_remark(review.parked) if review.parked else None,
        open_points=[_open(point) for point in state.open_points],
        undoable=state.undoable.number if state.undoable else None,
    )


def decision_out(decision: ReviewDecision, *, holds: bool) -> DecisionOut:
    """A decision as a wire model."""
    act = act_json(decision.act)
    return DecisionOut(
        number=decision.number,
        reading=decision.reading,
        made_by=decision.made_by,
        made_at=decision.made_at,
        kind=act.pop("kind"),
        holds=holds,
        act=act,
    )


def _line(line: ReviewLine, text: str) -> ReviewLineOut:
    state = line.state
    return ReviewLineOut(
        key=state.key,
        status=state.verdict,
        tone=line.tone,
        code=state.code,
        units=state.units,
        minutes=state.minutes,
        modifiers=list(line.modifiers),
        performed_by=state.performed_by,
        diagnoses=list(line.diagnoses),
        confidence=state.proposal.confidence if state.proposal else None,
        evidence=evidence_out(state.evidence, text),
        reason=state.reason,
        note=state.note,
        findings=_findings(line.findings, text),
    )


def _diagnosis(each: ReviewDiagnosis, text: str) -> ReviewDiagnosisOut:
    state = each.state
    return ReviewDiagnosisOut(
        key=state.key,
        status=state.verdict,
        tone=each.tone,
        code=state.code,
        rank=each.rank,
        confidence=state.proposal.confidence if state.proposal else None,
        evidence=evidence_out(state.evidence, text),
        reason=state.reason,
        note=state.note,
        findings=_findings(each.findings, text),
    )


def _findings(found: Iterable[LiveFinding], text: str) -> list[ReviewFindingOut]:
    return [
        ReviewFindingOut(
            **dict(finding_out(each.finding, text)),
            key=each.key,
            overridden=each.override.reason if each.override else None,
        )
        for each in found
    ]


def _open(point: OpenPoint) -> OpenPointOut:
    return OpenPointOut(key=point.key, words=point.words, is_passable=point.is_passable)


def _remark(said: Remark) -> RemarkOut:
    return RemarkOut(text=said.text, made_by=said.made_by, made_at=said.made_at, until=said.until)


def _query(query: QueryState) -> QueryOut:
    return QueryOut(
        key=query.key,
        text=query.text,
        rule=query.rule_id,
        about=query.about,
        asked_by=query.asked_by,
        asked_at=query.asked_at,
        answer=query.answer,
    )

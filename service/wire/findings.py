"""Findings out: what rules say, by whose authority, and what would clear it."""

from pydantic import BaseModel

from model.records import Finding, Severity
from model.records.missing import AtRisk
from service.wire.evidence import EvidenceOut, words_out


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


def finding_out(finding: Finding, text: str) -> FindingOut:
    """A finding as a wire model."""
    flag = finding.flag
    return FindingOut(
        rule=finding.rule_id,
        severity=finding.severity,
        message=flag.message,
        citation=CitationOut(work=finding.citation.work, locator=finding.citation.locator),
        evidence=[words_out(span, text, says="finding") for span in flag.evidence] if text else [],
        line=flag.line,
        missing=list(flag.missing),
        query=flag.query,
        diagnosis=flag.diagnosis,
    )


def at_risk_out(part: AtRisk) -> AtRiskOut:
    """A part of the claim at risk as a wire model."""
    return AtRiskOut(
        line=part.line,
        diagnosis=part.diagnosis,
        rules=list(part.rules),
        sets=[list(elements) for elements in part.sets],
    )

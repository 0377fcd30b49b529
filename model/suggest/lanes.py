"""Which drafts a reviewer may pass quickly."""

from collections.abc import Sequence

from model.records.claim import Lane, SuggestedDiagnosis, SuggestedLine
from model.records.finding import Finding, Severity

GREEN_CONFIDENCE = 0.95
"""Least confidence of every line and of the first diagnosis. No error bound is claimed yet."""


def lane_of(
    lines: Sequence[SuggestedLine],
    diagnoses: Sequence[SuggestedDiagnosis],
    findings: Sequence[Finding],
) -> Lane:
    """Green only when everything is sure, counted and unblocked."""
    sure = (
        bool(lines)
        and bool(diagnoses)
        and all(line.units is not None and line.confidence >= GREEN_CONFIDENCE for line in lines)
        and diagnoses[0].confidence >= GREEN_CONFIDENCE
        and not any(finding.severity is Severity.BLOCKS for finding in findings)
    )
    return Lane.GREEN if sure else Lane.REVIEW

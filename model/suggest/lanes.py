"""Which drafts a reviewer may pass quickly."""

from collections.abc import Sequence
from math import exp, prod

from model.records.claim import Lane, SuggestedDiagnosis, SuggestedLine
from model.records.finding import Finding, Severity

GREEN_CONFIDENCE = 0.95
"""Least confidence of a line or diagnosis that the screen shows without a word about it."""
GREEN_AT = 0.85
"""Least certainty of a green draft; docs/evaluation.md states the error bound it holds."""
_LIKELY = 0.5


def certainty(lines: Sequence[SuggestedLine], margin: float) -> float:
    """Probability that every line is right, taking lines and minutes for independent.

    ``margin`` is the log score by which the chosen reading of the minutes beats the next best.
    """
    return prod(line.confidence for line in lines) / (1 + exp(-margin)) if lines else 0.0


def lane_of(
    lines: Sequence[SuggestedLine],
    diagnoses: Sequence[SuggestedDiagnosis],
    findings: Sequence[Finding],
    sure: float,
) -> Lane:
    """Green only when everything is counted, unblocked, and together ``sure`` enough."""
    is_complete = (
        bool(lines)
        and bool(diagnoses)
        and diagnoses[0].confidence >= _LIKELY
        and all(line.units is not None for line in lines)
        and not any(finding.severity is Severity.BLOCKS for finding in findings)
    )
    return Lane.GREEN if is_complete and sure >= GREEN_AT else Lane.REVIEW

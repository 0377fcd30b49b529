"""Therapeutic exercise names what was exercised, or to what end."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("97110",)


@rule(
    "97110-purpose",
    title="Therapeutic exercise names what was exercised, or to what end",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of therapeutic exercise"),
    elements=["exercise, area or purpose"],
    basis="recalled",
    row="DR-091",
)
def therapeutic_exercise(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag therapeutic exercise of which neither exercise, body part, load nor purpose is told.

    Source:
        Local coverage determination L33631; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="exercise, area or purpose",
        query="Which exercises were done, for which body part and to what end: please describe,"
        " other, or unable to determine?",
    )

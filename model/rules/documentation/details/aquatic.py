"""Aquatic therapy tells why it takes the water."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("97113",)


@rule(
    "97113-why-water",
    title="Aquatic therapy tells why it takes the water",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of aquatic therapy"),
    elements=["reason for the water"],
    basis="recalled",
    row="DR-093",
)
def aquatic(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag aquatic therapy of which no reason for the water is told.

    Source:
        Local coverage determination L33631; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="reason for the water",
        query="Why was the water used, and what is planned on land: please describe, other, or "
        "unable to determine?",
    )

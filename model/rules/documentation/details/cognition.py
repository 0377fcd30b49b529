"""Cognitive treatment names deficit, task or strategy."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("97129",)


@rule(
    "97129-deficit",
    title="Cognitive treatment names deficit, task or strategy",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of cognitive treatment"),
    elements=["cognitive deficit, task or strategy"],
    basis="recalled",
    row="DR-104",
)
def cognition(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag cognitive treatment of which neither deficit, task nor strategy is told.

    Source:
        Local coverage determination L33631; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="cognitive deficit, task or strategy",
        query="Which cognitive skill was treated, with what task and strategy: please describe,"
        " other, or unable to determine?",
    )

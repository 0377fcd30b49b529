"""A swallow evaluation tells what was tried and seen."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("92610", "92611", "92612")


@rule(
    "92610-findings",
    title="A swallow evaluation tells what was tried and seen",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of dysphagia services"),
    elements=["oral or pharyngeal findings"],
    basis="recalled",
    row="DR-108",
)
def swallow_evaluation(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a swallow evaluation of which no finding is told.

    Source:
        Local coverage determination L34891; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="oral or pharyngeal findings",
        query="Which consistencies were tried and what was seen: please describe, not tried, or"
        " unable to determine?",
    )

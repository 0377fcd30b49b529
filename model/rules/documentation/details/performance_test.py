"""A performance test names the test and its result."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("97750", "97755")


@rule(
    "97750-report",
    title="A performance test names the test and its result",
    severity=Severity.INFORMS,
    citation=Citation("cpt", "97750 and 97755, in our words"),
    elements=["test and result"],
    basis="recalled",
    row="DR-100",
)
def performance_test(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a performance test or technology assessment of which neither test nor result is told.

    Source:
        CPT, 97750 and 97755 (a written report goes with them); recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="test and result",
        query="Which test was given, with which result, and where is its report: please give, "
        "other, or unable to determine?",
    )

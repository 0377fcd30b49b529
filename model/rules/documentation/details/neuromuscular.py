"""Neuromuscular re-education names the deficit it works on."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("97112",)


@rule(
    "97112-deficit",
    title="Neuromuscular re-education names the deficit it works on",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of neuromuscular re-education"),
    elements=["neuromuscular deficit"],
    basis="recalled",
    row="DR-092",
)
def neuromuscular(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag neuromuscular re-education of which neither deficit nor technique is told.

    Source:
        Local coverage determination L33631; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="neuromuscular deficit",
        query="What was the purpose of this service, and by what technique was it given: please "
        "describe, other, or unable to determine?",
    )

"""Gait training tells assistance, device, distance or deviation."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("97116",)


@rule(
    "97116-gait",
    title="Gait training tells assistance, device, distance or deviation",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of gait training"),
    elements=["assistance, device, distance or deviation"],
    basis="recalled",
    row="DR-094",
)
def gait(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag gait training of which neither assistance, device, distance nor deviation is told.

    Source:
        Local coverage determination L33631; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="assistance, device, distance or deviation",
        query="Which device, assistance, distance and deviation were seen in gait: please "
        "describe, other, or unable to determine?",
    )

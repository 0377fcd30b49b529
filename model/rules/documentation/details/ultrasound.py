"""Ultrasound gives its settings or its area."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("97035",)


@rule(
    "97035-detail",
    title="Ultrasound gives its settings or its area",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of ultrasound"),
    elements=["ultrasound settings"],
    basis="recalled",
    row="DR-090",
)
def ultrasound(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag ultrasound of which neither settings nor area is told.

    Source:
        Local coverage determination L33631; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="ultrasound settings",
        query="On which area and with which settings was the ultrasound given: please give, or "
        "unable to determine?",
    )

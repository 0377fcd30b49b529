"""Wheelchair management tells what was assessed, fitted or trained."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("97542",)


@rule(
    "97542-detail",
    title="Wheelchair management tells what was assessed, fitted or trained",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of wheelchair management"),
    elements=["seating or propulsion"],
    basis="recalled",
    row="DR-099",
)
def wheelchair(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag wheelchair management of which neither seating, fit nor propulsion is told.

    Source:
        Local coverage determination L33631; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="seating or propulsion",
        query="What was assessed, fitted or trained with the wheelchair, and why: please "
        "describe, other, or unable to determine?",
    )

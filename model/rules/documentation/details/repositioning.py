"""Canalith repositioning names canal or maneuver."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("95992",)


@rule(
    "95992-maneuver",
    title="Canalith repositioning names canal or maneuver",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of canalith repositioning"),
    elements=["canal or maneuver"],
    basis="recalled",
    row="DR-117",
)
def repositioning(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag canalith repositioning of which neither canal, maneuver nor positional test is told.

    Source:
        Local coverage of vestibular treatment; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="canal or maneuver",
        query="Which canal was treated by which maneuver, and what did the positional test "
        "show: please give, or unable to determine?",
    )

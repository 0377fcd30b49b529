"""Orthotic and prosthetic training names the device."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("97760", "97761", "97763")


@rule(
    "97760-detail",
    title="Orthotic and prosthetic training names the device",
    severity=Severity.INFORMS,
    citation=Citation("cpt", "97760, 97761 and 97763, in our words"),
    elements=["device and what was done with it"],
    basis="recalled",
    row="DR-102",
)
def orthosis(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag orthotic or prosthetic training of which no device is told.

    Source:
        CPT, 97760-97763; local coverage determination L33631; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="device and what was done with it",
        query="Which orthosis or prosthesis was fitted, adjusted or trained, and is this its "
        "first encounter: please describe, other, or unable to determine?",
    )

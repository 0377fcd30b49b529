"""Vasopneumatic compression stands beside a measure of the swelling."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("97016",)


@rule(
    "97016-edema",
    title="Vasopneumatic compression stands beside a measure of the swelling",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of vasopneumatic devices"),
    elements=["edema measure"],
    basis="recalled",
    row="DR-088",
)
def compression_pump(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag vasopneumatic compression on a note without a measure of swelling.

    Source:
        Local coverage determination L33631; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="edema measure",
        query="Which measures were taken before and after the pump: please give, not measured, or "
        "unable to determine?",
    )

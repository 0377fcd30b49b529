"""Manual therapy names technique and region."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("97140",)


@rule(
    "97140-detail",
    title="Manual therapy names technique and region",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of manual therapy"),
    elements=["technique or region"],
    basis="recalled",
    row="DR-096",
)
def manual(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag manual therapy of which neither technique nor region is told.

    Source:
        Local coverage determination L33631; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="technique or region",
        query="Which manual technique was used, and on which region: please describe, other, or"
        " unable to determine?",
    )

"""Debridement tells wound size, tissue removed or instrument."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("97597",)


@rule(
    "97597-wound",
    title="Debridement tells wound size, tissue removed or instrument",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of wound care"),
    elements=["wound size, tissue or instrument"],
    basis="recalled",
    row="DR-115",
)
def debridement(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag selective debridement of which neither size, tissue nor instrument is told.

    Source:
        Local coverage determinations on wound care; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="wound size, tissue or instrument",
        query="What were the size and depth of the wound, the tissue removed, the instrument "
        "and the area debrided: please give, or unable to determine?",
    )

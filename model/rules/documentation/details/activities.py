"""Therapeutic activities name the functional task."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("97530",)


@rule(
    "97530-functional",
    title="Therapeutic activities name the functional task",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of therapeutic activities"),
    elements=["functional activity"],
    basis="recalled",
    row="DR-097",
)
def activities(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag therapeutic activities of which no functional task is told.

    Source:
        Local coverage determination L33631; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="functional activity",
        query="Which functional activity was practiced, toward which daily task: please "
        "describe, other, or unable to determine?",
    )

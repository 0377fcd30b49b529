"""Swallowing treatment tells consistency, strategy or sign."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("92526",)


@rule(
    "92526-detail",
    title="Swallowing treatment tells consistency, strategy or sign",
    severity=Severity.INFORMS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part E"),
    elements=["consistency, strategy or sign"],
    row="DR-107",
)
def swallowing(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag swallowing treatment of which neither consistency, strategy nor sign is told.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3 (example of a treatment note).
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="consistency, strategy or sign",
        query="Which consistencies and strategies were used, and which signs were seen: please "
        "describe, other, or unable to determine?",
    )

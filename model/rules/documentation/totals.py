"""The note's minutes agree with its totals."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.registry import rule


@rule(
    "totals-contradict",
    title="The note's minutes agree with its totals",
    severity=Severity.INFORMS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part E"),
    row=["DR-050", "DR-051"],
)
def totals(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag each pair of places whose minutes cannot both be right.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part E.
    """
    for found in case.facts.inconsistencies if case.facts else ():
        yield Flag(
            message=found.message,
            evidence=found.evidence,
            missing=("minutes that agree",),
            query="Which of these minutes are right: the services', the total, other (please"
            " give), or unable to determine?",
        )

"""Two disciplines that treat together share the minutes; neither bills what the other bills."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import has
from model.rules.lines import judged
from model.rules.registry import rule
from model.rules.wording import found


@rule(
    "co-treatment-overlap",
    title="Disciplines that treat together do not bill the same minutes",
    severity=Severity.WARNS,
    citation=Citation("cms_claims_manual", "chapter 5, section 20.2, part C"),
    elements=["cotreat"],
    row="DR-082",
)
def cotreatment(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a co-treatment in which the note says both disciplines bill the same interval.

    A note that splits the minutes is clean; one that does not say is not judged.

    Source:
        CMS Pub. 100-02, chapter 15, section 230; Pub. 100-04, chapter 5, section 20.2.
    """
    if case.text is None or has(case, "minutes of each discipline"):
        return
    if not has(case, "cotreat") and not found(case.text, __file__, "joint"):
        return
    shared = found(case.text, __file__, "same_minutes")
    if judged(case) and shared and not found(case.text, __file__, "split_minutes"):
        yield Flag(
            message="co-treatment: the same minutes are billed by two disciplines",
            evidence=shared,
            missing=("minutes of each discipline",),
            query="Which minutes of the joint session were led by each discipline: as recorded,"
            " other (please give), or unable to determine?",
        )

"""Two disciplines that treat at once say why."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import has
from model.rules.lines import judged
from model.rules.registry import rule
from model.rules.wording import is_worded


@rule(
    "co-treatment-rationale-missing",
    title="Two disciplines that treat at once say why",
    severity=Severity.INFORMS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 230"),
    elements=["reason for co-treatment"],
    basis="recalled",
    row="DR-082",
)
def cotreatment_reason(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about a co-treatment for which no reason and no part of each discipline is told.

    Source:
        CMS Pub. 100-02, chapter 15, section 230; payers' pages on co-treatment, recalled.
    """
    if not has(case, "cotreat") or has(case, "reason for co-treatment") or not judged(case):
        return
    if case.text is not None and not is_worded(case, __file__, "reason"):
        yield Flag(
            message="co-treatment; its reason not found",
            missing=("reason for co-treatment",),
            query="Why did two disciplines treat at once, and what did each work on: please"
            " describe, they did not, other, or unable to determine?",
        )

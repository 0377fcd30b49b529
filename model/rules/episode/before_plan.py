"""Treatment follows the plan it stands under."""

from collections.abc import Iterator

from model.codes.procedures import Family
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import joined, judged, only
from model.rules.registry import rule

_BEFORE_TREATMENT = {Family.EVALUATION, Family.REEVALUATION, Family.TEST}


@rule(
    "treatment-before-plan",
    title="Treatment follows the plan it stands under",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.1.2"),
    row="DR-001",
)
def before_plan(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag treatment on a day before the plan of care begins; evaluations come first by nature.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.1.2.
    """
    plan = case.episode.plan_of_care
    if plan is None or plan.start is None or case.date_of_service >= plan.start:
        return
    lines = [known for known in judged(case) if known.procedure.family not in _BEFORE_TREATMENT]
    if lines:
        yield Flag(
            message=f"{joined(known.code for known in lines)} on {case.date_of_service};"
            f" plan of care from {plan.start}",
            line=only(lines),
            query="Which plan of care covers this date: please give its start, none, other, or"
            " unable to determine?",
        )

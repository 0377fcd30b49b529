"""A plan is certified within the days for it, or the delay is explained."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, PlanOfCare, Severity
from model.rules.lines import judged
from model.rules.plan_of_care.certification import is_excepted
from model.rules.registry import rule


@rule(
    "delayed-certification",
    title="A plan is certified within the days for it, or the delay is explained",
    severity=Severity.INFORMS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.1.3, part D"),
    reads=[
        "plan_of_care.initial_certification_days",
        "plan_of_care.signature_exception",
        "plan_of_care.signature_exception_sent_days",
        "payer.kx_threshold",
    ],
    elements=["reason of the delay"],
    row="DR-014",
)
def delayed(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about a plan certified after its days: the record needs the reason of the delay.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.1.3, part D.
    """
    plan = case.episode.plan_of_care
    took = _days_to_certify(plan)
    if plan is None or took is None or not judged(case) or _is_explained(case):
        return
    allowed = policy["plan_of_care.initial_certification_days"]
    if took > allowed and policy.applies_kx and not is_excepted(case, policy):
        yield Flag(
            message=f"plan of {plan.start} certified on {plan.certified_on}, day {took};"
            f" days for it: {allowed}",
            missing=("reason of the delay",),
            query="Why was the plan certified on that day, and what was done to obtain it sooner:"
            " please describe, not known, other, or unable to determine?",
        )


def _days_to_certify(plan: PlanOfCare | None) -> int | None:
    if plan is None or plan.start is None or plan.certified_on is None:
        return None
    return (plan.certified_on - plan.start).days


def _is_explained(case: Case) -> bool:
    return case.facts is not None and bool(case.facts.elements.get("reason of the delay"))

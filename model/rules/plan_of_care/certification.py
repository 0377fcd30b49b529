"""A plan is certified in time, or excepted."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import has
from model.rules.lines import judged
from model.rules.registry import rule


@rule(
    "plan-not-certified",
    title="A plan is certified in time, or excepted",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.1.3, part B"),
    reads=[
        "plan_of_care.initial_certification_days",
        "plan_of_care.signature_exception",
        "plan_of_care.signature_exception_sent_days",
    ],
    elements=["cert"],
    row=["DR-009", "DR-010", "DR-011"],
)
def certification(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a visit past the days to certify a plan that is neither certified nor excepted.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.1.3; 42 CFR 424.24(c).
    """
    plan = case.episode.plan_of_care
    if plan is None or plan.start is None or plan.certified_on is not None:
        return
    if has(case, "cert") or not judged(case):
        return
    days = (case.date_of_service - plan.start).days
    if days > policy["plan_of_care.initial_certification_days"] and not is_excepted(case, policy):
        yield Flag(
            message=f"day {days} of the plan of {plan.start}: certification not found",
            missing=("certification covering this date",),
            query="Was the plan of care certified: yes (by whom and when), no, sent and awaited"
            " (when), other, or unable to determine?",
        )


def is_excepted(case: Case, policy: Policy) -> bool:
    """Whether a signed order and a plan sent in time may stand for the signature."""
    plan = case.episode.plan_of_care
    if plan is None or plan.start is None or plan.sent_on is None:
        return False
    if case.episode.order_on_file is False or not policy.flag("plan_of_care.signature_exception"):
        return False
    took = (plan.sent_on - plan.start).days
    return took <= policy["plan_of_care.signature_exception_sent_days"]

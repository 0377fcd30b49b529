"""A plan that rests on an order and its sending needs both in the record."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import has
from model.rules.lines import judged
from model.rules.plan_of_care.certification import is_excepted
from model.rules.registry import rule


@rule(
    "certified-by-exception",
    title="A plan that rests on an order and its sending needs both in the record",
    severity=Severity.INFORMS,
    citation=Citation("cms_pfs_2025", "section II.H; 42 CFR 424.24(c)"),
    reads=[
        "plan_of_care.initial_certification_days",
        "plan_of_care.signature_exception",
        "plan_of_care.signature_exception_sent_days",
        "payer.kx_threshold",
    ],
    elements=["cert"],
    row=["DR-010", "DR-016"],
)
def excepted(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform that no signature was needed because a signed order is on file and the plan was sent.

    Source:
        42 CFR 424.24(c); CY 2025 Physician Fee Schedule final rule, section II.H.
    """
    plan = case.episode.plan_of_care
    if plan is None or plan.start is None or plan.certified_on is not None or has(case, "cert"):
        return
    days = (case.date_of_service - plan.start).days
    if not case.episode.order_on_file or not judged(case) or not policy.applies_kx:
        return
    if days > policy["plan_of_care.initial_certification_days"] and is_excepted(case, policy):
        yield Flag(
            message=f"initial certification rests on the order on file and the plan sent on"
            f" {plan.sent_on}; keep proof of both",
        )

"""The visit lies within the certified period."""

from collections.abc import Iterator
from datetime import date, timedelta

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import has
from model.rules.lines import judged
from model.rules.registry import rule

_MAY_RENEW = (NoteKind.EVALUATION, NoteKind.RECERTIFICATION, None)


@rule(
    "recert-overdue",
    title="The visit lies within the certified period",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.1.3, parts B and C"),
    reads=["plan_of_care.certification_days"],
    elements=["cert"],
    row=["DR-012", "DR-013"],
)
def recertification(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a visit after the plan's end, or after the longest a certification holds.

    An evaluation or a recertification renews the plan; a note whose kind nobody says may be one.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.1.3, parts B and C.
    """
    if case.note_kind in _MAY_RENEW or has(case, "cert") or not judged(case):
        return
    last = _last_day(case, policy)
    if last is not None and case.date_of_service > last:
        yield Flag(
            message=f"certified period ended {last};"
            f" recertification for {case.date_of_service} not found",
            missing=("certification covering this date",),
            query="Which certification covers this date: please give its period and date, none,"
            " other, or unable to determine?",
        )


def _last_day(case: Case, policy: Policy) -> date | None:
    plan = case.episode.plan_of_care
    if plan is None or plan.start is None:
        return plan.end if plan else None
    longest = plan.start + timedelta(days=policy["plan_of_care.certification_days"])
    return longest if plan.end is None else min(plan.end, longest)

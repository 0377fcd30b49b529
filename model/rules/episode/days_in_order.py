"""The days of an episode can all be true."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Episode, Flag, PlanOfCare, Severity
from model.rules.registry import rule


@rule(
    "episode-days-conflict",
    title="The days of an episode can all be true",
    severity=Severity.INFORMS,
    citation=Citation("cms_benefit_manual", "chapter 15, sections 220.1.3 and 220.3, part D"),
    row=["DR-041", "DR-012"],
)
def days_in_order(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about days that cannot stand in that order: the record or its export is wrong.

    Source:
        CMS Pub. 100-02, chapter 15, sections 220.1.3 and 220.3, part D.
    """
    for message in (*_of_plan(case.episode.plan_of_care), *_of_counts(case.episode)):
        yield Flag(message=message)


def _of_plan(plan: PlanOfCare | None) -> Iterator[str]:
    if plan is None or plan.start is None:
        return
    if plan.end is not None and plan.end < plan.start:
        yield f"plan of care from {plan.start} ends on {plan.end}"


def _of_counts(episode: Episode) -> Iterator[str]:
    day, last = episode.treatment_day, episode.last_progress_report_day
    if day is not None and last is not None and last > day:
        yield f"last progress report on treatment day {last}; this is treatment day {day}"

"""A progress report covers the treatment days it may."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.lines import judged
from model.rules.registry import rule


@rule(
    "progress-report-overdue",
    title="A progress report covers the treatment days it may",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part D"),
    reads=["plan_of_care.progress_report_treatment_days"],
    row="DR-041",
)
def progress_report(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a treatment day beyond those one progress report covers.

    Every other kind of note may be, or hold, the report; so may one whose kind nobody says.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part D.
    """
    day, last = case.episode.treatment_day, case.episode.last_progress_report_day
    if case.note_kind is not NoteKind.DAILY or day is None or last is None:
        return
    if judged(case) and day - last > policy["plan_of_care.progress_report_treatment_days"]:
        yield Flag(
            message=f"treatment day {day}; last progress report: treatment day {last}",
            missing=("progress report",),
            query="Was a progress report written since the last one: yes (on which date), no,"
            " other, or unable to determine?",
        )

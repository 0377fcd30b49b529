"""A progress report says which days it covers."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import lacks
from model.rules.registry import rule
from model.rules.wording import found, is_worded

_ELEMENT = "first and last day of the period"
_DATES_OF_A_PERIOD = 2


@rule(
    "progress-report-period",
    title="A progress report says which days it covers",
    severity=Severity.INFORMS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part D"),
    basis="recalled",
    row="DR-045",
)
def report_period(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about a progress report with neither two dates nor words for its period.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part D.
    """
    if case.text is None or case.note_kind is not NoteKind.PROGRESS or not lacks(case, _ELEMENT):
        return
    dates = {span.of(case.text) for span in found(case.text, __file__, "date")}
    if len(dates) < _DATES_OF_A_PERIOD and not is_worded(case, __file__, "period"):
        yield Flag(
            message="period of the report not found",
            missing=(_ELEMENT,),
            query="Which period does this report cover: please give its first and last day, or"
            " unable to determine?",
        )

"""Documented minutes that earn more than the claim states are said as plainly as the opposite."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import only
from model.rules.registry import rule
from model.rules.timed.minutes_ledger import READS, ledger
from model.units import MinutesBeyondDay


@rule(
    "minutes-earn-more-units",
    title="Timed units are no fewer than the day's minutes earn",
    severity=Severity.INFORMS,
    citation=Citation("cms_claims_manual", "chapter 5, section 20.2, part C"),
    reads=READS,
    row="DR-053",
)
def units_not_billed(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about a claim that states fewer timed units than the minutes of its codes earn.

    A claim whose units are too many for another code is left to that finding.

    Source:
        CMS Pub. 100-04, chapter 5, section 20.2, part C.
    """
    try:
        day = ledger(case, policy)
    except MinutesBeyondDay:
        return
    if day is None or any(units > day.earned(code) for code, units in day.billed.items()):
        return
    codes = sorted(code for code, units in day.billed.items() if units < day.earned(code))
    if codes:
        yield Flag(
            message="fewer timed units billed than earned: "
            + "; ".join(day.row(code) for code in codes),
            line=only(known for known in day.lines if known.code in codes),
        )

"""The day's timed minutes decide how many timed units the day can carry."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import only
from model.rules.registry import rule
from model.rules.timed.minutes_ledger import READS, Ledger, ledger
from model.units import MinutesBeyondDay

QUERY = (
    "How many one-to-one minutes did each timed service take on this date: as recorded, other"
    " (please give), or unable to determine?"
)


@rule(
    "minutes-do-not-support-units",
    title="Timed units are no more than the day's minutes earn",
    severity=Severity.BLOCKS,
    citation=Citation("cms_claims_manual", "chapter 5, section 20.2, part C"),
    reads=READS,
    row="DR-053",
)
def total_units(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag timed units beyond what their minutes earn, for the day or for one code.

    Where codes tie for the last unit, the clinician may give it to any of them.

    Source:
        CMS Pub. 100-04, chapter 5, section 20.2, part C; CPT, introduction, time (midpoint).
    """
    try:
        day = ledger(case, policy)
    except MinutesBeyondDay as beyond:
        yield Flag(message=str(beyond), query=QUERY)
        return
    if day is None:
        return
    codes = sorted(code for code, units in day.billed.items() if units > day.most(code))
    if not codes and _is_within_the_pool(day):
        return
    rows = "; ".join(day.row(code) for code in codes or sorted(day.billed))
    yield Flag(
        message=f"timed units billed: {sum(day.billed.values())}; earned:"
        f" {sum(map(day.earned, day.billed))} ({rows})",
        line=only(known for known in day.lines if known.code in codes),
        query=QUERY,
    )


def _is_within_the_pool(day: Ledger) -> bool:
    """Whether units shared out among tied codes stay within what the day earns together."""
    return sum(day.billed.values()) <= day.certificate.units

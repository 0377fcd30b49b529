"""The day's timed minutes decide how many timed units the day can carry."""

from collections.abc import Iterator
from typing import NamedTuple

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import only, stated
from model.rules.registry import rule
from model.rules.timed.minutes_ledger import READS, Ledger, ceiling, ledger
from model.units import MinutesBeyondDay
from model.units.pooled import units_earned
from model.units.timing import unit_policy

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

    Where codes tie for the last unit, the clinician may give it to any of them. A note's own total
    of minutes bounds what its codes earn together, whatever stands beside each.

    Source:
        CMS Pub. 100-04, chapter 5, section 20.2, part C; CPT, introduction, time (midpoint).
    """
    try:
        day = ledger(case, policy)
    except MinutesBeyondDay as beyond:
        yield Flag(message=str(beyond), query=QUERY)
        return
    codes = [] if day is None else _beyond(day)
    if day is not None and (codes or not _is_within_the_pool(day)):
        rows = "; ".join(day.row(code) for code in codes or sorted(day.billed))
        yield Flag(
            message=f"timed units billed: {sum(day.billed.values())}; earned:"
            f" {sum(map(day.earned, day.billed))} ({rows})",
            line=only(known for known in day.lines if known.code in codes),
            query=QUERY,
        )
    elif more := _beyond_the_total(case, policy):
        yield Flag(
            message=f"timed units billed: {more.billed}; earned by the {more.minutes} minutes of"
            f" the note's total: {more.earned}",
            query=QUERY,
        )


def _beyond(day: Ledger) -> list[str]:
    """Codes billed more than their minutes, and a tie, could earn."""
    return sorted(code for code, units in day.billed.items() if units > day.most(code))


def _is_within_the_pool(day: Ledger) -> bool:
    """Whether units shared out among tied codes stay within what the day earns together."""
    return sum(day.billed.values()) <= day.certificate.units


class _Total(NamedTuple):
    """Pooled units billed, the note's total of minutes, and what it earns."""

    billed: int
    minutes: int
    earned: int


def _beyond_the_total(case: Case, policy: Policy) -> _Total | None:
    """The pool beside the note's own total of minutes, where that earns less."""
    minutes = ceiling(case)
    pooled = [known for known in stated(case) if known.procedure.pooled]
    if minutes is None or not pooled:
        return None
    numbers = unit_policy(policy, rule=case.unit_rule)
    billed = sum(known.line.units or 0 for known in pooled)
    earned = units_earned(minutes, numbers)
    return _Total(billed, minutes, earned) if numbers.pooled and billed > earned else None

"""The day's timed minutes earn the units; whole units go first, the rest by largest remainder."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.records.units import Alternative, LedgerRow, Tie, UnitPolicy


@dataclass(frozen=True, slots=True)
class Allotment:
    """Who gets the leftover units, who else might have, and whether it was close."""

    winners: frozenset[str] = frozenset()
    alternatives: tuple[Alternative, ...] = ()
    ties: tuple[Tie, ...] = ()


def units_earned(minutes: int, policy: UnitPolicy) -> int:
    """Units that pooled minutes earn: with 15 and 8, none up to 7, 1 for 8-22, 2 for 23-37.

    Source:
        CMS Pub. 100-04, chapter 5, section 20.2, part C.
    """
    whole, rest = divmod(minutes, policy.minutes_per_unit)
    return whole + (rest >= policy.last_unit_minutes)


def minutes_for(units: int, policy: UnitPolicy) -> int:
    """Fewest pooled minutes that earn ``units``, at least one."""
    return (units - 1) * policy.minutes_per_unit + policy.last_unit_minutes


def allot(rows: Sequence[LedgerRow], policy: UnitPolicy) -> Allotment:
    """Give each leftover unit of the pooled ``rows`` to the largest remainder not yet served.

    Equal remainders are the clinician's choice: we take more total minutes, then code order,
    and say that it was a tie.

    Source:
        CMS Pub. 100-04, chapter 5, section 20.2, part C, worked examples.
    """
    earned = units_earned(sum(row.minutes for row in rows), policy)
    left = earned - sum(row.whole_units for row in rows)
    if not left:
        return Allotment()
    waiting = sorted(
        (row for row in rows if row.remainder),
        key=lambda row: (-row.remainder, -row.minutes, row.code),
    )
    winners, losers = waiting[:left], waiting[left:]
    return Allotment(
        winners=frozenset(row.code for row in winners),
        alternatives=tuple(_alternative(row, winners[-1]) for row in losers),
        ties=_ties(winners, losers),
    )


def _alternative(loser: LedgerRow, last: LedgerRow) -> Alternative:
    return Alternative(
        code=loser.code,
        remainder=loser.remainder,
        instead_of=last.code,
        instead_remainder=last.remainder,
    )


def _ties(winners: Sequence[LedgerRow], losers: Sequence[LedgerRow]) -> tuple[Tie, ...]:
    """The codes that share the smallest winning remainder with a code left out."""
    last = winners[-1].remainder
    chosen = [row.code for row in winners if row.remainder == last]
    left_out = [row.code for row in losers if row.remainder == last]
    if not left_out:
        return ()
    return (
        Tie(codes=tuple(sorted(chosen + left_out)), remainder=last, chosen=tuple(sorted(chosen))),
    )

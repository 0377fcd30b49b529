"""A day's minutes of one patient in one discipline, counted and certified."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from model.records.units import (
    Basis,
    Certificate,
    LedgerRow,
    TimedMinutes,
    Timing,
    UnitPolicy,
)
from model.units import midpoint, pooled
from model.units.assistants import unit_lines
from model.units.chains import Timings, gathered
from model.units.errors import MinutesBeyondDay

DAY_MINUTES = 24 * 60


def units(minutes: Iterable[TimedMinutes], timings: Timings, *, policy: UnitPolicy) -> Certificate:
    """Count the units of one patient, one discipline and one day.

    Args:
        minutes: In any order; several entries of one code are added up.
        timings: A timing for each code given, and for the base of each chain.
        policy: The payer's rule and numbers on the date of service.

    Returns:
        The certificate; ``lines`` in it holds the units by code and assistant modifier.

    Raises:
        MinutesBeyondDay: The minutes add up to more than a day.
        UnknownCode: A code, or the base of its chain, has no timing.
        ValueError: A pooled code's unit is not the size that ``policy`` pools by.
    """
    day = [_row(*entry, policy) for entry in gathered(minutes, timings)]
    _refuse_long_day(sum(row.minutes for row in day))
    allotment = pooled.allot([row for row in day if row.basis is Basis.POOLED], policy)
    ledger = tuple(
        replace(row, extra_units=1) if row.code in allotment.winners else row for row in day
    )
    timed = [row for row in ledger if row.basis is not Basis.UNTIMED]
    return Certificate(
        policy=policy,
        timed_minutes=sum(row.minutes for row in timed),
        untimed_minutes=sum(row.minutes for row in ledger if row.basis is Basis.UNTIMED),
        pooled_minutes=sum(row.minutes for row in ledger if row.basis is Basis.POOLED),
        units=sum(row.units for row in timed),
        ledger=ledger,
        lines=tuple(line for row in ledger for line in unit_lines(row, timings[row.code], policy)),
        alternatives=allotment.alternatives,
        ties=allotment.ties,
        short_of_next=_short_of_next(timed, timings, policy),
    )


def _refuse_long_day(minutes: int) -> None:
    if minutes > DAY_MINUTES:
        raise MinutesBeyondDay(minutes, DAY_MINUTES)


def _basis(timing: Timing, policy: UnitPolicy) -> Basis:
    if not timing.is_timed:
        return Basis.UNTIMED
    return Basis.POOLED if policy.pooled and timing.pooled else Basis.MIDPOINT


def _row(timing: Timing, therapist: int, assistant: int, policy: UnitPolicy) -> LedgerRow:
    """The row of one code or chain, before the leftover units of the pool are given out."""
    basis, total = _basis(timing, policy), therapist + assistant
    if basis is Basis.POOLED and timing.base_minutes != policy.minutes_per_unit:
        raise ValueError(f"{timing.code}: a pooled unit has {policy.minutes_per_unit} minutes")
    if basis is Basis.UNTIMED:
        whole, remainder = int(total > 0), 0
    else:
        whole, remainder = midpoint.whole_units(total, timing)
    alone = basis is Basis.MIDPOINT and midpoint.earns_another(total, whole, timing)
    return LedgerRow(
        code=timing.code,
        basis=basis,
        therapist=therapist,
        assistant=assistant,
        whole_units=whole,
        remainder=remainder,
        extra_units=int(alone),
    )


def _short_of_next(timed: Sequence[LedgerRow], timings: Timings, policy: UnitPolicy) -> int | None:
    """Minutes to the nearest next unit: of the pool, or of a code counted alone."""
    pool = [row for row in timed if row.basis is Basis.POOLED]
    gaps = [
        midpoint.minutes_for(row.units + 1, timings[row.code]) - row.minutes
        for row in timed
        if row.basis is Basis.MIDPOINT
    ]
    if pool:
        earned = sum(row.units for row in pool)
        needed = pooled.minutes_for(earned + 1, policy)
        gaps.append(needed - sum(row.minutes for row in pool))
    return min(gaps, default=None)

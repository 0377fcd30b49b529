"""Checks a certificate against the minutes; it shares no code with the engine that issued it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from model.records.units import Basis, Certificate, LedgerRow, TimedMinutes, Timing, UnitPolicy

Timings = Mapping[str, Timing]


def verify(shown: Certificate, minutes: Iterable[TimedMinutes], timings: Timings) -> list[str]:
    """Name what is wrong in a certificate; nothing, if the minutes earn just what it shows."""
    given: dict[str, tuple[int, int]] = {}
    for entry in minutes:
        base = timings[entry.code].base_code or entry.code
        own, assistant = given.get(base, (0, 0))
        given[base] = (own + entry.therapist + entry.concurrent, assistant + entry.assistant)
    stated = [(row.code, (row.therapist, row.assistant)) for row in shown.ledger]
    if stated != sorted(given.items()):
        return ["the ledger's codes and minutes are not those given"]
    return [fault for fault, holds in _checks(shown, timings) if not holds]


def _checks(shown: Certificate, timings: Timings) -> Iterator[tuple[str, bool]]:
    policy, ledger = shown.policy, shown.ledger
    pool, alone, untimed = ([row for row in ledger if row.basis == basis] for basis in Basis)
    sums = [sum(row.minutes for row in rows) for rows in (pool, pool + alone, untimed)]
    next_at = sum(row.units for row in pool) * policy.minutes_per_unit + policy.last_unit_minutes
    gaps = [_alone_at(row.units, timings[row.code]) - row.minutes for row in alone]
    gaps += [next_at - sums[0]] if pool else []
    lines = [(e.code, e.assistant_modifier, e.units, e.minutes) for e in shown.lines]
    for row in ledger:
        yield f"ledger row {row.code}", _is_sound(row, timings[row.code], policy)
    yield "minutes", sums == [shown.pooled_minutes, shown.timed_minutes, shown.untimed_minutes]
    yield "units", shown.units == sum(row.units for row in pool + alone)
    yield "pooled units", next_at - policy.minutes_per_unit <= sums[0] < next_at
    yield "short of next", shown.short_of_next == min(gaps, default=None)
    yield "lines", lines == [e for row in ledger for e in _lines(row, timings[row.code], policy)]
    yield from _leftovers(shown, sorted(pool, key=lambda r: (-r.remainder, -r.minutes, r.code)))


def _leftovers(shown: Certificate, pool: Sequence[LedgerRow]) -> Iterator[tuple[str, bool]]:
    """Whether the best remainders won, the others are alternatives, and equals are a tie."""
    won = [row for row in pool if row.extra_units]
    last = won[-1:]
    lost = [row for row in pool if row.remainder and not row.extra_units]
    yield "leftover units", won == [row for row in pool[: len(won)] if row.remainder]
    against = [(row.code, row.remainder, w.code, w.remainder) for row in lost for w in last]
    stated = [(a.code, a.remainder, a.instead_of, a.instead_remainder) for a in shown.alternatives]
    yield "alternatives", stated == against
    level = sorted(
        (r.code, r.extra_units) for r in pool for w in last if r.remainder == w.remainder
    )
    codes, chosen = tuple(c for c, _ in level), tuple(c for c, extra in level if extra)
    ties = [(codes, w.remainder, chosen) for w in last if codes != chosen]
    yield "ties", [(tie.codes, tie.remainder, tie.chosen) for tie in shown.ties] == ties


def _is_sound(row: LedgerRow, timing: Timing, policy: UnitPolicy) -> bool:
    if not timing.is_timed:
        said = (row.basis, row.whole_units, row.remainder, row.extra_units)
        return said == (Basis.UNTIMED, min(row.minutes, 1), 0, 0)
    _, size, fewest = _unit(timing, row.whole_units)
    whole = _alone_at(row.whole_units, timing) - fewest
    if whole + row.remainder != row.minutes or row.remainder >= size:
        return False
    if policy.pooled and timing.pooled:
        return row.basis == Basis.POOLED and size == policy.minutes_per_unit
    return row.basis == Basis.MIDPOINT and row.extra_units == (row.remainder >= fewest)


def _unit(timing: Timing, before: int) -> tuple[str, int, int]:
    """Code, minutes and fewest minutes of the unit that has so many ``before`` it."""
    if timing.add_on_code is None or before < (timing.daily_limit or 0):
        return timing.code, timing.base_minutes, timing.fewest_base
    return timing.add_on_code, timing.add_on_minutes or 0, timing.fewest_add_on or 0


def _alone_at(units: int, timing: Timing) -> int:
    """Minutes at which a code counted alone earns the unit after ``units``."""
    return sum(_unit(timing, n)[1] for n in range(units)) + _unit(timing, units)[2]


def _lines(row: LedgerRow, timing: Timing, policy: UnitPolicy) -> list[tuple[str, bool, int, int]]:
    """The minutes dealt out again, unit by unit, and added up by code and modifier."""
    own, other, dealt = row.therapist, row.assistant, list[tuple[str, bool, int, int]]()
    service = (row.code, row.minutes + 1, row.minutes + 1)
    for before in range(row.units):
        code, size, fewest = _unit(timing, before) if timing.is_timed else service
        rest = other if before + 1 == row.units else min(other, size - own)
        mine, theirs = (size, 0) if own >= size else (0, size) if other >= size else (own, rest)
        earned = policy.therapist_midpoint_applies and mine >= fewest
        modified = not earned and 100 * theirs > policy.de_minimis_percent * (mine + theirs)
        dealt.append((code, modified, 1, mine + theirs))
        own, other = own - mine, other - theirs
    for minutes, kind in ((own, False), (other, True)):
        for code, modified, *_ in ([e for e in dealt if e[1] == kind] or dealt)[-1:]:
            dealt.append((code, modified, 0, minutes))
    lines = [(code, kind) for code in dict.fromkeys(e[0] for e in dealt) for kind in (False, True)]
    of = {line: [e for e in dealt if e[:2] == line] for line in lines}
    return [(*k, sum(e[2] for e in v), sum(e[3] for e in v)) for k, v in of.items() if v]

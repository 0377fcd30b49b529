"""Days of minutes, timings and policies for tests about units."""

from collections.abc import Iterable

from model.records.units import TimedMinutes, Timing, UnitPolicy, UnitRule

CMS = UnitPolicy(
    rule=UnitRule.CMS_8_MINUTE,
    minutes_per_unit=15,
    last_unit_minutes=8,
    de_minimis_percent=10,
    therapist_midpoint_applies=True,
)
CMS_DE_MINIMIS_ONLY = UnitPolicy(
    rule=UnitRule.CMS_8_MINUTE,
    minutes_per_unit=15,
    last_unit_minutes=8,
    de_minimis_percent=10,
    therapist_midpoint_applies=False,
)
AMA = UnitPolicy(
    rule=UnitRule.AMA_MIDPOINT,
    minutes_per_unit=15,
    last_unit_minutes=8,
    de_minimis_percent=10,
    therapist_midpoint_applies=True,
)
POOLED = ("97035", "97110", "97112", "97116", "97140", "97530")


def _chain(
    base: str, add_on: str, *, sizes: tuple[int, int], fewest: tuple[int, int], pooled: bool = False
) -> list[Timing]:
    first = Timing(
        code=base,
        is_timed=True,
        pooled=pooled,
        base_minutes=sizes[0],
        fewest_base=fewest[0],
        add_on_code=add_on,
        add_on_minutes=sizes[1],
        fewest_add_on=fewest[1],
        daily_limit=1,
    )
    further = Timing(
        code=add_on, is_timed=True, base_minutes=sizes[1], fewest_base=fewest[1], base_code=base
    )
    return [first, further]


TIMINGS = {
    timing.code: timing
    for timing in [
        *(
            Timing(code=code, is_timed=True, pooled=True, base_minutes=15, fewest_base=8)
            for code in POOLED
        ),
        *_chain("97129", "97130", sizes=(15, 15), fewest=(8, 8), pooled=True),
        *_chain("90912", "90913", sizes=(15, 15), fewest=(8, 8), pooled=True),
        *_chain("97545", "97546", sizes=(120, 60), fewest=(61, 31)),
        *_chain("97550", "97551", sizes=(30, 15), fewest=(16, 8)),
        *_chain("92607", "92608", sizes=(60, 30), fewest=(31, 16)),
        *_chain("96112", "96113", sizes=(60, 30), fewest=(31, 16)),
        Timing(code="96125", is_timed=True, base_minutes=60, fewest_base=31),
        Timing(code="97150", is_timed=False, daily_limit=1),
        Timing(code="97161", is_timed=False, daily_limit=1),
    ]
}


def day(*entries: str) -> list[TimedMinutes]:
    """Minutes from lines such as ``"97110:33"`` and ``"97140:7:assistant"``."""
    return [_entry(*entry.split(":")) for entry in entries]


def _entry(code: str, minutes: str, by: str = "therapist") -> TimedMinutes:
    return TimedMinutes(code=code, **{by: int(minutes)})


def vector(minutes: Iterable[int], codes: tuple[str, ...] = POOLED) -> list[TimedMinutes]:
    """One entry a code, in code order, all by the therapist."""
    return [TimedMinutes(code=c, therapist=m) for c, m in zip(codes, minutes, strict=False)]

"""Units by trying every allotment: no whole units, no remainders, no sorting.

Pooled: of all ways to hand the day's units to its codes, the right ones leave the units nearest
to the minutes (least squares). Alone: the printed table, code by code.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from operator import mul

# Fewest total minutes of 1, 2, ... units as CMS prints them, and on "in the same manner".
TABLE = (8, 23, 38, 53, 68, 83, 98, 113, *range(128, 1441, 15))


@cache
def table(minutes: int) -> int:
    """Units in the printed table."""
    return sum(minutes >= start for start in TABLE)


def nearest(minutes: Sequence[int], *, reach: int | None = None) -> list[tuple[int, ...]]:
    """Every allotment of the pooled day's units that lies nearest to the minutes.

    Args:
        minutes: Minutes of each code.
        reach: How far from its minutes, in units, a code's units are tried; all when None.
    """
    earned = table(sum(minutes))
    best, found = None, list[tuple[int, ...]]()
    for units in _allotments(minutes, earned, reach):
        off = sum((15 * u - m) ** 2 for u, m in zip(units, minutes, strict=True))
        if best is None or off < best:
            best, found = off, []
        if off == best:
            found.append(units)
    return found


def _allotments(
    minutes: Sequence[int], earned: int, reach: int | None
) -> Iterator[tuple[int, ...]]:
    for head in product(*(_tried(m, earned, reach) for m in minutes[:-1])):
        last = earned - sum(head)
        if last >= 0:
            yield (*head, last)


def _tried(minutes: int, earned: int, reach: int | None) -> range:
    if reach is None:
        return range(earned + 1)
    about = minutes // 15
    return range(max(0, about - reach), about + reach + 1)


def preferred(found: list[tuple[int, ...]], minutes: Sequence[int]) -> tuple[int, ...]:
    """Of equally near allotments, the one that favours longer codes, then earlier ones."""
    return max(found, key=lambda units: (sum(map(mul, units, minutes)), units))

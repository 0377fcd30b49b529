"""Each code alone: a unit is earned once its minutes pass the middle of its period."""

from itertools import islice

from model.records.units import Timing
from model.units.chains import pieces


def whole_units(minutes: int, timing: Timing) -> tuple[int, int]:
    """Units whose minutes are complete, and the minutes beyond them."""
    units = 0
    for piece in pieces(timing):
        if minutes < piece.minutes:
            break
        units, minutes = units + 1, minutes - piece.minutes
    return units, minutes


def minutes_for(units: int, timing: Timing) -> int:
    """Fewest minutes of one code that earn ``units``, at least one.

    Source:
        CPT, introduction, "Time": a unit is attained when the midpoint is passed.
    """
    *whole, last = islice(pieces(timing), units)
    return sum(piece.minutes for piece in whole) + last.fewest


def earns_another(minutes: int, whole: int, timing: Timing) -> bool:
    """Whether ``minutes`` earn one unit more than the ``whole`` ones they complete."""
    return minutes >= minutes_for(whole + 1, timing)

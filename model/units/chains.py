"""Codes that share their minutes: a base unit first, then add-on units."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, repeat

from model.errors import UnknownCode
from model.records.units import TimedMinutes, Timing

Timings = Mapping[str, Timing]


@dataclass(frozen=True, slots=True)
class Piece:
    """What one unit stands for: its code, its minutes, and the fewest that earn it."""

    code: str
    minutes: int
    fewest: int


def pieces(timing: Timing) -> Iterator[Piece]:
    """The units that growing minutes earn one after the other, without end.

    Source:
        CPT: an add-on code reports each further period after the first, once-a-day period.
    """
    base = Piece(timing.code, timing.base_minutes, timing.fewest_base)
    yield from islice(repeat(base), timing.daily_limit)
    if timing.add_on_code and timing.add_on_minutes and timing.fewest_add_on:
        yield from repeat(Piece(timing.add_on_code, timing.add_on_minutes, timing.fewest_add_on))


def gathered(
    minutes: Iterable[TimedMinutes], timings: Timings
) -> tuple[tuple[Timing, int, int], ...]:
    """Each code or chain with its therapist's and its assistant's minutes, in code order.

    Raises:
        UnknownCode: A code, or the base it belongs to, has no timing.
    """
    therapist: defaultdict[str, int] = defaultdict(int)
    assistant: defaultdict[str, int] = defaultdict(int)
    for given in minutes:
        base = _timing(given.code, timings).base_code or given.code
        therapist[base] += given.therapist + given.concurrent
        assistant[base] += given.assistant
    return tuple(
        (_timing(code, timings), therapist[code], assistant[code]) for code in sorted(therapist)
    )


def _timing(code: str, timings: Timings) -> Timing:
    if code not in timings:
        raise UnknownCode(code)
    return timings[code]

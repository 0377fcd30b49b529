"""The engine against every allotment tried: all small days, and many larger ones."""

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations_with_replacement, product

from model.units import units
from tests.support.brute_units import nearest, preferred, table
from tests.support.unit_days import AMA, CMS, POOLED, TIMINGS, vector


def _faults(days: Iterable[Sequence[int]], *, reach: int | None) -> list[Sequence[int]]:
    return [minutes for minutes in days if not _agrees(minutes, reach=reach)]


def _agrees(minutes: Sequence[int], *, reach: int | None) -> bool:
    """Whether both rules, and the ties said, are what trying everything finds."""
    given = vector(minutes)
    pooled, alone = (units(given, TIMINGS, policy=policy) for policy in (CMS, AMA))
    found = nearest(minutes, reach=reach)
    return (
        tuple(row.units for row in pooled.ledger) == preferred(found, minutes)
        and len(pooled.ties) == (len(found) > 1)
        and tuple(row.units for row in alone.ledger) == tuple(map(table, minutes))
    )


def _sampled(days: int) -> Iterator[list[int]]:
    chance = random.Random(2_000)  # noqa: S311  (a sample, not a secret)
    for _ in range(days):
        codes = chance.randint(3, len(POOLED))
        most = chance.choice([20, 60, 200])
        yield [chance.randint(0, most) for _ in range(codes)]


def test_every_day_of_one_code() -> None:
    assert _faults(((minutes,) for minutes in range(1441)), reach=1) == []


def test_every_day_of_two_codes_up_to_an_hour_each() -> None:
    assert _faults(product(range(61), repeat=2), reach=None) == []


def test_every_day_of_three_codes_up_to_an_hour_each() -> None:
    assert _faults(combinations_with_replacement(range(61), 3), reach=1) == []


def test_sampled_days_of_up_to_six_codes() -> None:
    assert _faults(_sampled(1_500), reach=1) == []

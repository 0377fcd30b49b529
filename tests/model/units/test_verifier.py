"""The verifier accepts what the engine issues and nothing near it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest

from model.records.units import Certificate, TimedMinutes, UnitPolicy
from model.units import units, verifier, verify
from tests.support.unit_days import AMA, CMS, CMS_DE_MINIMIS_ONLY, TIMINGS, day

PUBLISHED = [
    "97112:24 97110:23",
    "97110:20 97112:20",
    "97110:33 97140:7",
    "97110:18 97140:13 97116:10 97035:8",
    "97110:7 97112:7 97140:7",
    "97110:23:assistant 97110:13 97140:30",
    "97129:33 97130:9:assistant 97161:30 97150:20:assistant",
    "97550:40 97550:20:assistant 96125:31 97545:200 97110:8",
]


def mutants(value: Any) -> Iterator[Any]:
    """Everything one step away: numbers by one, other codes, rows dropped, doubled or swapped."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value - 1, value + 1)
    elif isinstance(value, str):
        yield value + "0"
    elif isinstance(value, tuple):
        yield from _other_rows(value)
    elif is_dataclass(value) and not isinstance(value, UnitPolicy | type):
        for field in fields(value):
            for other in mutants(getattr(value, field.name)):
                yield from _replaced(value, field.name, other)


def _other_rows(rows: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    for place, row in enumerate(rows):
        yield rows[:place] + rows[place + 1 :]
        yield (*rows[:place], row, row, *rows[place + 1 :])
        for other in mutants(row):
            yield (*rows[:place], other, *rows[place + 1 :])
    for one, two in combinations(range(len(rows)), 2):
        swapped = list(rows)
        swapped[one], swapped[two] = rows[two], rows[one]
        yield tuple(swapped)


def _replaced(record: Any, name: str, other: Any) -> Iterator[Any]:
    """The changed record, unless the record itself refuses to exist."""
    try:
        changed = replace(record, **{name: other})
    except ValueError:
        return
    if changed != record:
        yield changed


def _sampled(days: int) -> Iterator[list[TimedMinutes]]:
    chance = random.Random(8)  # noqa: S311  (a sample, not a secret)
    for _ in range(days):
        yield [
            TimedMinutes(
                code=code,
                therapist=chance.choice([0, chance.randint(1, 40)]),
                assistant=chance.choice([0, 0, chance.randint(1, 40)]),
            )
            for code in chance.sample(sorted(TIMINGS), chance.randint(1, 5))
        ]


@pytest.mark.parametrize("policy", [CMS, AMA, CMS_DE_MINIMIS_ONLY])
def test_no_mutant_of_a_certificate_is_accepted(policy: UnitPolicy) -> None:
    accepted: list[Certificate] = []
    tried = 0
    for minutes in chain((day(*entries.split()) for entries in PUBLISHED), _sampled(150)):
        certificate = units(minutes, TIMINGS, policy=policy)
        assert verify(certificate, minutes, TIMINGS) == []
        for mutant in mutants(certificate):
            tried += 1
            if not verify(mutant, minutes, TIMINGS):
                accepted.append(mutant)

    assert accepted == []
    assert tried > 5_000


def test_a_certificate_of_another_day_is_refused() -> None:
    certificate = units(day("97110:33"), TIMINGS, policy=CMS)

    assert verify(certificate, day("97110:34"), TIMINGS) == [
        "the ledger's codes and minutes are not those given"
    ]


def test_faults_name_what_is_wrong() -> None:
    minutes = day("97110:33", "97140:7")
    certificate = units(minutes, TIMINGS, policy=CMS)

    assert verify(replace(certificate, units=4), minutes, TIMINGS) == ["units"]
    assert verify(replace(certificate, short_of_next=12), minutes, TIMINGS) == ["short of next"]


@pytest.mark.parametrize(
    "other", [replace(CMS, minutes_per_unit=14), replace(CMS, last_unit_minutes=9), AMA]
)
def test_a_certificate_under_other_numbers_is_refused(other: UnitPolicy) -> None:
    minutes = day("97110:33", "97140:7")
    certificate = units(minutes, TIMINGS, policy=CMS)

    assert verify(replace(certificate, policy=other), minutes, TIMINGS) != []


def test_the_verifier_shares_no_code_with_the_engine() -> None:
    source = Path(verifier.__file__).read_text("utf-8")

    assert [line for line in source.splitlines() if "model." in line] == [
        "from model.records.units import "
        "Basis, Certificate, LedgerRow, TimedMinutes, Timing, UnitPolicy"
    ]


def _swapped_extra(shown: Certificate) -> Certificate:
    rows = tuple(replace(row, extra_units=1 - row.extra_units) for row in shown.ledger)
    return replace(shown, ledger=rows)


@pytest.mark.parametrize(
    ("given", "change", "fault"),
    [
        ("97110:20 97112:20", lambda shown: replace(shown, ties=()), "ties"),
        ("97110:20 97112:20", lambda shown: replace(shown, alternatives=()), "alternatives"),
        ("97112:24 97110:23", _swapped_extra, "leftover units"),
    ],
)
def test_a_fault_is_named_by_the_part_it_is_in(
    given: str, change: Callable[[Certificate], Certificate], fault: str
) -> None:
    minutes = day(*given.split())
    shown = units(minutes, TIMINGS, policy=CMS)

    assert verify(shown, minutes, TIMINGS) == []
    assert fault in verify(change(shown), minutes, TIMINGS)

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from model.records.units import TimedMinutes, UnitPolicy
from model.units import units, verify
from tests.support.brute_units import table
from tests.support.unit_days import AMA, CMS, CMS_DE_MINIMIS_ONLY, TIMINGS

POLICIES = st.sampled_from([CMS, AMA, CMS_DE_MINIMIS_ONLY])
ENTRIES = st.builds(
    TimedMinutes,
    code=st.sampled_from(sorted(TIMINGS)),
    therapist=st.integers(0, 70),
    assistant=st.integers(0, 50),
    concurrent=st.integers(0, 20),
)
DAYS = st.lists(ENTRIES, max_size=8)


@given(day=DAYS, policy=POLICIES, order=st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(
    day: list[TimedMinutes], policy: UnitPolicy, order: Random
) -> None:
    shuffled = sorted(day, key=lambda _: order.random())

    assert units(shuffled, TIMINGS, policy=policy) == units(day, TIMINGS, policy=policy)


@given(day=DAYS, policy=POLICIES, more=ENTRIES)
def test_more_minutes_never_earn_fewer_units(
    day: list[TimedMinutes], policy: UnitPolicy, more: TimedMinutes
) -> None:
    before = units(day, TIMINGS, policy=policy)
    after = units([*day, more], TIMINGS, policy=policy)

    assert after.units >= before.units


@given(day=DAYS, policy=POLICIES)
def test_units_come_exactly_when_the_certificate_says(
    day: list[TimedMinutes], policy: UnitPolicy
) -> None:
    certificate = units(day, TIMINGS, policy=policy)
    short = certificate.short_of_next or 1

    def best(minutes: int) -> int:
        codes = {row.code for row in certificate.ledger if row.basis != "untimed"}
        more = [[*day, TimedMinutes(code=code, therapist=minutes)] for code in codes]
        return max((units(d, TIMINGS, policy=policy).units for d in more), default=0)

    assert best(short - 1) == certificate.units
    assert certificate.short_of_next is None or best(short) == certificate.units + 1


@given(day=DAYS)
def test_the_pool_earns_what_the_table_prints(day: list[TimedMinutes]) -> None:
    certificate = units(day, TIMINGS, policy=CMS)

    pooled = sum(row.units for row in certificate.ledger if row.basis == "pooled")

    assert pooled == table(certificate.pooled_minutes)


@given(day=DAYS, policy=POLICIES)
def test_lines_add_up_to_the_ledger(day: list[TimedMinutes], policy: UnitPolicy) -> None:
    certificate = units(day, TIMINGS, policy=policy)

    for row in certificate.ledger:
        codes = {row.code, TIMINGS[row.code].add_on_code}
        lines = [line for line in certificate.lines if line.code in codes]
        assert sum(line.units for line in lines) == row.units
        assert sum(line.minutes for line in lines) == (row.minutes if row.units else 0)
        assert row.assistant or not any(line.assistant_modifier for line in lines)
        assert row.therapist or all(line.assistant_modifier for line in lines)


@given(day=DAYS, policy=POLICIES)
def test_the_verifier_accepts_every_certificate(
    day: list[TimedMinutes], policy: UnitPolicy
) -> None:
    assert verify(units(day, TIMINGS, policy=policy), day, TIMINGS) == []

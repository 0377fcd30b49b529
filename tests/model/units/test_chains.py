import pytest

from model.errors import UnknownCode
from model.records.units import Basis, TimedMinutes, Timing, UnitPolicy
from model.units import MinutesBeyondDay, units, verify
from tests.support.unit_days import AMA, CMS, TIMINGS, day


def billed(entries: str, policy: UnitPolicy) -> str:
    """Lines as ``"97129x1 97130x1"``, once the verifier has accepted them."""
    minutes = day(*entries.split())
    certificate = units(minutes, TIMINGS, policy=policy)
    assert verify(certificate, minutes, TIMINGS) == []
    return " ".join(f"{line.code}x{line.units}" for line in certificate.lines)


@pytest.mark.parametrize("entries", ["97129:32", "97130:32", "97129:15 97130:17"])
@pytest.mark.parametrize("policy", [CMS, AMA])
def test_a_chain_shares_its_minutes_whichever_code_was_named(
    entries: str, policy: UnitPolicy
) -> None:
    assert billed(entries, policy) == "97129x1 97130x1"


@pytest.mark.parametrize("policy", [CMS, AMA])
@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ("97129:7", ""),
        ("97129:8", "97129x1"),
        ("97129:22", "97129x1"),
        ("97129:23", "97129x1 97130x1"),
        ("90912:60", "90912x1 90913x3"),
        ("97550:15", ""),
        ("97550:16", "97550x1"),
        ("97550:37", "97550x1"),
        ("97550:38", "97550x1 97551x1"),
        ("92607:30", ""),
        ("92607:75", "92607x1"),
        ("92607:76", "92607x1 92608x1"),
        ("96112:105", "96112x1 96113x1"),
        ("96112:106", "96112x1 96113x2"),
        ("97545:150", "97545x1"),
        ("97545:151", "97545x1 97546x1"),
        ("96125:30", ""),
        ("96125:31", "96125x1"),
        ("96125:91", "96125x2"),
        ("97150:45", "97150x1"),
        ("97150:20 97150:25", "97150x1"),
        ("97150:0", ""),
    ],
)
def test_a_chain_gives_its_base_first(entries: str, expected: str, policy: UnitPolicy) -> None:
    assert billed(entries, policy) == expected


def test_a_pooled_chain_competes_as_one_code() -> None:
    assert billed("97129:33 97530:7", CMS) == "97129x1 97130x1 97530x1"
    assert billed("97130:12 97530:11", CMS) == "97129x1 97530x1"
    assert billed("97129:20 97530:19", CMS) == "97129x1 97130x1 97530x1"


def test_codes_outside_the_pool_neither_add_to_it_nor_draw_on_it() -> None:
    certificate = units(day("97110:7", "96125:60", "97161:30"), TIMINGS, policy=CMS)

    assert [(line.code, line.units) for line in certificate.lines] == [("96125", 1), ("97161", 1)]
    assert (certificate.pooled_minutes, certificate.timed_minutes) == (7, 67)
    assert (certificate.untimed_minutes, certificate.units) == (30, 1)
    assert [row.basis for row in certificate.ledger] == [
        Basis.MIDPOINT,
        Basis.POOLED,
        Basis.UNTIMED,
    ]


def test_the_units_of_an_uneven_chain_are_judged_one_by_one() -> None:
    minutes = day("97550:10", "97550:30:assistant")

    lines = units(minutes, TIMINGS, policy=CMS).lines

    assert [(line.code, line.performed_by) for line in lines] == [
        ("97550", "assistant"),
        ("97551", "therapist"),
    ]


def test_a_day_ends_after_1440_minutes() -> None:
    assert units(day("97110:1440"), TIMINGS, policy=CMS).units == 96
    with pytest.raises(MinutesBeyondDay, match="1441 minutes in one day of 1440"):
        units(day("97110:1440", "97161:1"), TIMINGS, policy=CMS)


def test_a_code_without_a_timing_is_refused() -> None:
    with pytest.raises(UnknownCode, match="99999"):
        units(day("99999:15"), TIMINGS, policy=CMS)


def test_a_pool_has_units_of_one_size() -> None:
    odd = Timing(code="97110", is_timed=True, pooled=True, base_minutes=20, fewest_base=11)

    with pytest.raises(ValueError, match="pooled unit has 15 minutes"):
        units(day("97110:20"), {"97110": odd}, policy=CMS)


def test_records_refuse_wrong_states() -> None:
    with pytest.raises(ValueError, match="negative"):
        TimedMinutes(code="97110", therapist=-1)
    with pytest.raises(ValueError, match="untimed never pools"):
        Timing(code="97161", is_timed=False, pooled=True)
    with pytest.raises(ValueError, match="daily limit"):
        Timing(
            code="97129",
            is_timed=True,
            base_minutes=15,
            fewest_base=8,
            add_on_code="97130",
            add_on_minutes=15,
            fewest_add_on=8,
        )

"""The examples of CMS Pub. 100-04, chapter 5, section 20.2, part C, and those built on them."""

import pytest

from model.records.units import Certificate, UnitPolicy
from model.units import units, verify
from tests.support.unit_days import AMA, CMS, TIMINGS, day


def certified(entries: str, policy: UnitPolicy = CMS) -> Certificate:
    """The certificate of a day, once the verifier has accepted it."""
    minutes = day(*entries.split())
    certificate = units(minutes, TIMINGS, policy=policy)
    assert verify(certificate, minutes, TIMINGS) == []
    return certificate


def billed(certificate: Certificate) -> str:
    """Lines as ``"97110x2 97110x1*"``; a star is the assistant modifier."""
    stars = {True: "*", False: ""}
    return " ".join(
        f"{line.code}x{line.units}{stars[line.assistant_modifier]}" for line in certificate.lines
    )


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ("97112:24 97110:23", "97110x1 97112x2"),
        ("97110:33 97140:7", "97110x2 97140x1"),
        ("97110:18 97140:13 97116:10 97035:8", "97110x1 97116x1 97140x1"),
        ("97110:8 97112:8 97140:8", "97110x1 97112x1"),
        ("97110:15 97140:8", "97110x1 97140x1"),
        ("97110:15 97140:7", "97110x1"),
        ("97110:7 97140:15", "97140x1"),
        ("97110:30 97140:7", "97110x2"),
        ("97110:29 97140:9", "97110x2 97140x1"),
        ("97110:5 97140:5", "97110x1"),
        ("97110:7", ""),
        ("97110:0 97140:8", "97140x1"),
        ("", ""),
    ],
)
def test_pooled_minutes_go_to_whole_units_then_to_largest_remainders(
    entries: str, expected: str
) -> None:
    assert billed(certified(entries)) == expected


@pytest.mark.parametrize(
    ("entries", "codes", "chosen", "expected"),
    [
        ("97112:20 97110:20", "97110 97112", "97110", "97110x2 97112x1"),
        ("97112:7 97110:7 97140:7", "97110 97112 97140", "97110", "97110x1"),
        ("97110:4 97140:4", "97110 97140", "97110", "97110x1"),
        ("97110:8 97112:8 97140:8", "97110 97112 97140", "97110 97112", "97110x1 97112x1"),
        ("97110:5 97140:20 97530:15", "97110 97140", "97140", "97140x2 97530x1"),
    ],
)
def test_a_tie_is_said_and_decided_by_total_minutes_then_code(
    entries: str, codes: str, chosen: str, expected: str
) -> None:
    certificate = certified(entries)

    (tie,) = certificate.ties
    assert (tie.codes, tie.chosen) == (tuple(codes.split()), tuple(chosen.split()))
    assert billed(certificate) == expected


@pytest.mark.parametrize(
    ("minutes", "earned"),
    [(7, 0), *[(15 * n - 7, n) for n in range(1, 10)], *[(15 * n + 7, n) for n in range(1, 10)]],
)
@pytest.mark.parametrize("policy", [CMS, AMA])
def test_one_code_follows_the_printed_table(minutes: int, earned: int, policy: UnitPolicy) -> None:
    assert certified(f"97110:{minutes}", policy).units == earned


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ("97110:8 97112:8 97140:8", "97110x1 97112x1 97140x1"),
        ("97110:33 97140:7", "97110x2"),
        ("97110:5 97140:5", ""),
        ("97112:24 97110:23", "97110x2 97112x2"),
    ],
)
def test_midpoint_counts_each_code_alone(entries: str, expected: str) -> None:
    certificate = certified(entries, AMA)

    assert billed(certificate) == expected
    assert certificate.pooled_minutes == 0


def test_alternatives_say_why_they_lose() -> None:
    certificate = certified("97110:18 97140:13 97116:10 97035:8")

    assert [alternative.why for alternative in certificate.alternatives] == [
        "97035 remainder 8 is smaller than 97116 remainder 10",
        "97110 remainder 3 is smaller than 97116 remainder 10",
    ]


@pytest.mark.parametrize(
    ("entries", "policy", "short"),
    [
        ("97110:33 97140:7", CMS, 13),
        ("97110:22", CMS, 1),
        ("97110:23", CMS, 15),
        ("97110:0", CMS, 8),
        ("97110:33 97140:7", AMA, 1),
        ("97110:22 96125:30", CMS, 1),
        ("97110:23 96125:30", CMS, 1),
        ("97150:20", CMS, None),
    ],
)
def test_the_certificate_says_how_far_the_next_unit_is(
    entries: str, policy: UnitPolicy, short: int | None
) -> None:
    assert certified(entries, policy).short_of_next == short


def test_the_front_door_reads_the_certificate_as_json() -> None:
    shown = certified("97110:33 97140:7:assistant 97161:20").to_json()

    assert (shown["rule"], shown["timed_minutes"], shown["untimed_minutes"]) == (
        "cms_8_minute",
        40,
        20,
    )
    assert (shown["units"], shown["short_of_next"], shown["ties"]) == (3, 13, [])
    assert shown["lines"][1] == {
        "code": "97140",
        "units": 1,
        "minutes": 7,
        "assistant_modifier": True,
        "performed_by": "assistant",
    }

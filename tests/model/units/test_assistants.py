import pytest

from model.records.units import UnitPolicy
from model.units import units, verify
from tests.support.unit_days import AMA, CMS, CMS_DE_MINIMIS_ONLY, TIMINGS, day

Billed = list[tuple[str, int, str]]


def billed(entries: str, policy: UnitPolicy = CMS) -> Billed:
    """Code, units and performer of each line, once the verifier has accepted them."""
    minutes = day(*entries.split())
    certificate = units(minutes, TIMINGS, policy=policy)
    assert verify(certificate, minutes, TIMINGS) == []
    return [(line.code, line.units, line.performed_by) for line in certificate.lines]


def test_the_published_split_bills_one_unit_with_and_one_without() -> None:
    assert billed("97110:23:assistant 97110:13 97140:30") == [
        ("97110", 1, "therapist"),
        ("97110", 1, "assistant"),
        ("97140", 2, "therapist"),
    ]


@pytest.mark.parametrize(
    ("therapist", "assistant", "plain", "modified"),
    [
        (5, 10, 0, 1),
        (8, 14, 1, 0),
        (12, 12, 1, 1),
        (7, 7, 0, 1),
        (15, 2, 1, 0),
        (7, 1, 0, 1),
        (7, 8, 0, 1),
        (8, 0, 1, 0),
        (0, 8, 0, 1),
        (18, 18, 1, 1),
        (22, 1, 1, 1),
        (15, 15, 1, 1),
        (40, 5, 3, 0),
        (5, 40, 0, 3),
    ],
)
@pytest.mark.parametrize("policy", [CMS, AMA])
def test_each_unit_of_one_code_is_judged(
    therapist: int, assistant: int, plain: int, modified: int, policy: UnitPolicy
) -> None:
    expected = [("97110", plain, "therapist"), ("97110", modified, "assistant")]

    lines = billed(f"97110:{therapist} 97110:{assistant}:assistant", policy)

    assert lines == [line for line in expected if line[1]]


@pytest.mark.parametrize("therapist", range(9, 15))
@pytest.mark.parametrize("assistant", range(9, 15))
def test_two_units_of_nine_to_fourteen_minutes_each_are_one_of_each(
    therapist: int, assistant: int
) -> None:
    earned = 1 + (therapist + assistant >= 23)

    lines = billed(f"97110:{therapist} 97110:{assistant}:assistant")

    assert lines == [("97110", 1, "therapist"), ("97110", 1, "assistant")][:earned]


@pytest.mark.parametrize(
    ("therapist", "assistant", "performer"),
    [(8, 14, "assistant"), (9, 1, "therapist"), (13, 2, "assistant"), (14, 1, "therapist")],
)
def test_under_de_minimis_alone_the_therapists_own_eight_minutes_do_not_matter(
    therapist: int, assistant: int, performer: str
) -> None:
    entries = f"97110:{therapist} 97110:{assistant}:assistant"

    assert billed(entries, CMS_DE_MINIMIS_ONLY) == [("97110", 1, performer)]


@pytest.mark.parametrize(
    ("therapist", "assistant", "performer"),
    [(27, 3, "therapist"), (26, 4, "assistant"), (0, 20, "assistant"), (20, 0, "therapist")],
)
def test_an_untimed_service_is_judged_whole(therapist: int, assistant: int, performer: str) -> None:
    entries = f"97150:{therapist} 97150:{assistant}:assistant"

    assert billed(entries) == [("97150", 1, performer)]


def test_minutes_given_together_are_the_therapists() -> None:
    assert billed("97110:20:concurrent 97110:2:assistant") == [("97110", 1, "therapist")]


def test_remainders_compete_between_codes_before_anybody_asks_who_gave_them() -> None:
    assert billed("97110:8 97140:9:assistant") == [("97140", 1, "assistant")]
    assert billed("97110:9 97140:8:assistant") == [("97110", 1, "therapist")]


def test_line_minutes_are_those_their_units_stand_for() -> None:
    minutes = day("97110:23:assistant", "97110:13", "97140:18", "97140:18:assistant")

    lines = units(minutes, TIMINGS, policy=AMA).lines

    assert [(line.code, line.minutes) for line in lines] == [
        ("97110", 21),
        ("97110", 15),
        ("97140", 18),
        ("97140", 18),
    ]

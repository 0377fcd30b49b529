"""The diagnoses of a claim, and whether one leaves the side open."""

from datetime import date

import pytest

from model.codes.laterality import Side
from model.records import Case, Line
from model.rules.diagnoses.claimed import begins, exclusion, judged, leaves_side_open, side, stated

NOBODYS = "Q00.XYZ"


def case(*, listed: tuple[str, ...] = (), pointed: tuple[str, ...] = ()) -> Case:
    return Case(
        date_of_service=date(2026, 3, 2),
        payer="medicare_part_b",
        stated=tuple(Line(code="97110", diagnoses=(code,)) for code in pointed),
        stated_diagnoses=listed,
        supported_diagnoses=("M54.59",),
    )


def test_diagnoses_are_those_listed_else_those_pointed_at_else_those_supported() -> None:
    assert stated(case(listed=("R26.2",), pointed=("M25.561",))) == ("R26.2",)
    assert stated(case(pointed=("M25.561", "R26.2", "M25.561"))) == ("M25.561", "R26.2")
    assert stated(case()) == ()
    assert judged(case()) == ("M54.59",)
    assert judged(case(listed=("R26.2",))) == ("R26.2",)


@pytest.mark.parametrize(
    ("code", "named"),
    [("M25.561", Side.RIGHT), ("M25.569", Side.UNSPECIFIED), ("R26.2", None), (NOBODYS, None)],
)
def test_a_side_is_the_one_the_code_names(code: str, named: Side | None) -> None:
    assert side(code) is named


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("M25.569", "it names the unspecified side"),
        ("M18.9", "most codes beside it name a side"),
        ("G81.90", "most codes beside it name a side"),
        ("G56.90", "it names the unspecified limb"),
        ("R10.30", "the codes beside it are of the right and of the left"),
    ],
)
def test_a_code_of_a_sided_condition_without_its_side_leaves_it_open(code: str, why: str) -> None:
    assert leaves_side_open(code), why


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("M25.561", "it names the right"),
        ("G56.91", "it names the right, and something else is unspecified"),
        ("R26.2", "nothing of it is unspecified"),
        ("G56.0", "a heading is no code to bill"),
        ("G56.9", "a heading is no code to bill, whatever its title leaves open"),
        ("G90.50", "the site is the first question"),
        ("M19.90", "the site is the first question"),
        ("G51.9", "none beside it names a side"),
        ("I50.9", "few beside it name a side"),
        ("I69.10", "fewer than half beside it name a side"),
        (NOBODYS, "nobody knows it"),
    ],
)
def test_any_other_code_leaves_no_side_open(code: str, why: str) -> None:
    assert not leaves_side_open(code), why


def test_codes_that_exclude_each_other_say_by_which_note() -> None:
    assert exclusion("I69.351", "G81.91") is not None
    assert exclusion("M25.561", "M25.562") is None


@pytest.mark.parametrize(("a", "b"), [(NOBODYS, "G81.91"), ("I69.351", NOBODYS)])
def test_a_code_nobody_knows_excludes_nothing(a: str, b: str) -> None:
    assert exclusion(a, b) is None


def test_a_code_begins_with_any_of_its_stems() -> None:
    assert begins("M25.561", ["R26", "M25"])
    assert not begins("M25.561", ["R26", "M25.57"])

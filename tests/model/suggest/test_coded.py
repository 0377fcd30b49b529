"""From stated conditions to candidate codes: what they bring along, and what is never coded."""

from datetime import date

import pytest

from model.extract.conditions import Stated
from model.extract.index import Match
from model.records import Span
from model.suggest.diagnoses import coded
from model.suggest.prior import NO_PRIOR

ON = date(2026, 3, 2)


def condition(
    words: str,
    *codes: str,
    state: str = "affirmed",
    written: str | None = None,
    sides: frozenset[str] = frozenset(),
) -> Stated:
    return Stated(
        span=Span(0, len(words)),
        words=words,
        state=state,
        score=0.9,
        sides=sides,
        matches=tuple(Match(code, 0.9 - 0.1 * place) for place, code in enumerate(codes)),
        is_heading=True,
        order=0,
        code=written,
    )


def codes(*stated: Stated) -> set[str]:
    text = ". ".join(item.words for item in stated)
    return {found.code for found in coded(stated, text, ON, None, NO_PRIOR)}


def test_an_initial_encounter_written_in_the_note_becomes_a_subsequent_one() -> None:
    found = codes(condition("bimalleolar fracture R", "S82.841D", written="S82.841A"))

    assert "S82.841D" in found
    assert "S82.841A" not in found


def test_a_replaced_joint_brings_its_aftercare() -> None:
    assert {"Z96.659", "Z47.1"} <= codes(condition("s/p total knee", "Z96.659"))


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        ("Alzheimer's dementia, moderate", "G30.9", {"G30.9", "F02.B0"}),
        ("severe dementia, late-onset Alzheimer's", "F02.C0", {"G30.1", "F02.C0"}),
        ("Lewy body disease with mild dementia", "G31.83", {"G31.83", "F02.A0"}),
    ],
)
def test_dementia_in_a_disease_takes_both_codes(words: str, code: str, expected: set[str]) -> None:
    assert expected <= codes(condition(words, code))


def test_a_disease_without_dementia_brings_none() -> None:
    assert codes(condition("early Alzheimer's", "G30.9")) == {"G30.9"}


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        ("hx breast ca 2021", "C50.919", {"Z85.3"}),
        ("hx breast ca 2021", "Z85.3", {"Z85.3"}),
        ("old knee pain", "M25.569", set()),
    ],
)
def test_of_the_past_only_having_had_cancer_is_coded(
    words: str, code: str, expected: set[str]
) -> None:
    assert codes(condition(words, code, state="history")) == expected


def test_external_causes_are_never_proposed() -> None:
    assert codes(condition("fall from ladder", "W11.XXXD", "R29.6")) == {"R29.6"}


def test_what_is_uncertain_or_another_persons_is_not_coded() -> None:
    assert not codes(
        condition("possible neuropathy", "G62.9", state="uncertain"),
        condition("his wife has MS", "G35", state="other"),
    )


BOTH = frozenset({"bilateral"})


def test_both_sides_are_two_codes_where_none_says_both() -> None:
    assert {"M19.041", "M19.042"} <= codes(condition("OA of both hands", "M19.042", sides=BOTH))


def test_both_sides_are_one_code_where_one_says_both() -> None:
    assert codes(condition("OA of both knees", "M17.11", sides=BOTH)) == {"M17.0"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Lt side weak since CVA in June", "I69.354"),
        ("stroke, right arm and leg are still weak", "I69.351"),
        ("left side has been weak since the bleed", "I69.154"),
    ],
)
def test_a_weak_side_after_a_stroke_is_its_hemiplegia(words: str, expected: str) -> None:
    assert expected in codes(condition(words, "M62.81"))


def test_the_words_of_a_condition_know_its_stroke_better_than_the_note_around() -> None:
    older = condition("aphasia from the 2019 bleed", "R47.01")

    assert "I69.393" in codes(condition("ataxia after cerebellar infarction", "R27.0"), older)

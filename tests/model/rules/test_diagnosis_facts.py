"""What shared/facts/icd10.md says of therapy diagnoses, asked of the rules about them."""

from datetime import date

import pytest

from model.policy import Policy
from model.records import Case, Facts, Finding
from model.rules import RULES, check

ON = date(2026, 3, 2)
PAYER = "medicare_part_b"
OF_DIAGNOSES = {
    rule.id for rule in RULES.values() if rule.check.__module__.startswith("model.rules.diagnoses.")
}


def findings(*stated: str, on: date = ON, supported: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    case = Case(
        date_of_service=on,
        payer=PAYER,
        stated_diagnoses=stated,
        supported_diagnoses=supported,
        facts=Facts() if supported else None,
    )
    return tuple(
        found for found in check(case, Policy.for_payer(PAYER, on)) if found.rule_id in OF_DIAGNOSES
    )


def rules(*stated: str, on: date = ON, supported: tuple[str, ...] = ()) -> set[str]:
    return {found.rule_id for found in findings(*stated, on=on, supported=supported)}


@pytest.mark.parametrize(
    ("code", "last_day", "next_day"),
    [
        ("M54.5", date(2021, 9, 30), date(2021, 10, 1)),
        ("G20", date(2023, 9, 30), date(2023, 10, 1)),
        ("M51.36", date(2024, 9, 30), date(2024, 10, 1)),
        ("G35", date(2025, 9, 30), date(2025, 10, 1)),
    ],
)
def test_code_that_was_split_is_refused_from_the_day_after_its_last(
    code: str, last_day: date, next_day: date
) -> None:
    assert "invalid-diagnosis" not in rules(code, on=last_day)
    (found,) = (f for f in findings(code, on=next_day) if f.rule_id == "invalid-diagnosis")
    assert found.flag.message.startswith(f"{code} ended on {last_day}; below it: {code}")


@pytest.mark.parametrize(
    ("code", "first_day"),
    [
        ("M54.50", date(2021, 10, 1)),
        ("G20.A1", date(2023, 10, 1)),
        ("M51.360", date(2024, 10, 1)),
        ("G35.A", date(2025, 10, 1)),
    ],
)
def test_code_of_a_split_stands_from_its_first_day(code: str, first_day: date) -> None:
    before = date.fromordinal(first_day.toordinal() - 1)

    assert "invalid-diagnosis" in rules(code, on=before)
    assert "invalid-diagnosis" not in rules(code, on=first_day)


@pytest.mark.parametrize(
    ("active", "healing"),
    [("S13.4XXA", "S13.4XXD"), ("S83.511A", "S83.511D"), ("S72.141A", "S72.141D")],
)
def test_injury_in_therapy_takes_d(active: str, healing: str) -> None:
    assert "wrong-seventh-character" in rules(active)
    assert rules(healing) == set()


@pytest.mark.parametrize("code", ["S72.141G", "S72.141K", "S72.141P", "S13.4XXS"])
def test_character_of_a_complicated_healing_or_sequela_stands(code: str) -> None:
    assert "wrong-seventh-character" not in rules(code)


def test_injury_without_its_seventh_character_is_no_code_to_bill() -> None:
    assert rules("S13.4") == {"invalid-diagnosis"}


def test_hemiplegia_gives_way_to_the_stroke_sequela_the_note_supports() -> None:
    assert "sequela-code-needed" in rules("G81.91", supported=("I69.351",))


def test_hemiplegia_beside_its_stroke_sequela_excludes_it() -> None:
    assert "excludes1-conflict" in rules("I69.351", "G81.91")


def test_stroke_sequela_stands_alone() -> None:
    assert rules("I69.351", supported=("I69.351",)) == set()


@pytest.mark.parametrize("code", ["I60.9", "I61.9", "I62.9", "I63.9"])
def test_acute_stroke_gives_way_to_its_sequela(code: str) -> None:
    assert rules(code) == {"sequela-code-needed"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("M54.50", "M51.26"),
        ("M54.50", "M54.41"),
        ("M54.50", "S39.012D"),
        ("M54.59", "M51.360"),
        ("M54.59", "M51.370"),
        ("R26.89", "R27.0"),
        ("R26.89", "G11.10"),
        ("M62.81", "M62.84"),
    ],
)
def test_excludes1_pair_is_one_finding_in_either_order(a: str, b: str) -> None:
    for pair in ((a, b), (b, a)):
        assert [f.rule_id for f in findings(*pair)].count("excludes1-conflict") == 1


@pytest.mark.parametrize(
    ("a", "b"), [("R29.6", "Z91.81"), ("M25.561", "M79.661"), ("M25.561", "M25.562")]
)
def test_pair_that_may_stand_together_is_clean(a: str, b: str) -> None:
    assert rules(a, b) == set()


@pytest.mark.parametrize("code", Policy("cms", ON).texts("diagnoses.ask_when_alone"))
def test_code_that_leaves_open_what_examination_answers_is_asked_about(code: str) -> None:
    (found,) = findings(code)

    assert found.rule_id == "unspecified-diagnosis"
    assert found.flag.query is not None


@pytest.mark.parametrize("code", ["M25.561", "R26.2", "R26.81", "R26.89", "G81.91", "M54.59"])
def test_specific_code_is_not_asked_about(code: str) -> None:
    assert rules(code) == set()


@pytest.mark.parametrize("code", ["M25.519", "M25.569", "M75.100"])
def test_code_of_unspecified_side_is_asked_about(code: str) -> None:
    assert rules(code) == {"laterality-missing"}

from datetime import date

import pytest

from model.parse.pipeline import parse
from model.policy import Policy
from model.suggest.procedures import code_for, component_rank

ON = date(2026, 3, 2)
MEDICARE = Policy.for_payer("medicare_part_b", ON)


def coded(family: str, text: str, policy: Policy = MEDICARE) -> str:
    return code_for(family, parse(text), text, policy.on, policy)


@pytest.mark.parametrize(
    ("payer", "code"), [("medicare_part_b", "G0283"), ("commercial_ama_midpoint", "97014")]
)
def test_unattended_stimulation_is_g0283_at_medicare(payer: str, code: str) -> None:
    assert coded("G0283", "estim 15 min", Policy.for_payer(payer, ON)) == code


def test_hot_packs_are_bundled_at_medicare_and_not_everywhere() -> None:
    assert "97010" in MEDICARE.bundled_codes
    assert "97010" not in Policy.for_payer("commercial_ama_midpoint", ON).bundled_codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Evaluation", "97165"),
        ("Low complexity evaluation", "97165"),
        ("high complexity evaluation", "97167"),
        ("2 performance deficits", "97165"),
        ("3 performance deficits", "97166"),
        ("4 performance deficits", "97166"),
        ("5 performance deficits", "97167"),
        ("3 performance deficits, high complexity", "97166"),
        ("97166 evaluation", "97166"),
    ],
)
def test_the_level_of_an_evaluation_is_the_lowest_its_components_support(
    text: str, code: str
) -> None:
    assert coded("97165", text) == code


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("3 comorbidities, 4 elements, unstable presentation", 2),
        ("3 comorbidities, 4 elements, evolving presentation", 1),
        ("1 comorbidity, 3 elements", 1),
        ("1 comorbidity, 4 elements, stable", 0),
        ("stable presentation", None),
    ],
)
def test_a_physical_therapy_level_is_its_lowest_component(text: str, rank: int | None) -> None:
    assert component_rank("97161", text, MEDICARE) == rank


@pytest.mark.parametrize(
    ("family", "evidence", "code"),
    [
        ("20560", "needled 2 muscles", "20560"),
        ("20560", "needled 3 muscles", "20561"),
        ("29584", "left arm wrapped", "29584"),
        ("29584", "both lower legs wrapped", "29581"),
        ("97110", "exercise", "97110"),
    ],
)
def test_region_and_count_settle_the_code(family: str, evidence: str, code: str) -> None:
    assert coded(family, evidence) == code


@pytest.mark.parametrize(
    ("billing", "code"),
    [
        ("Billed: 97163", "97161"),
        ("Charges: 97163 high complexity", "97161"),
        ("Billed: 97162", "97162"),
        ("High complexity evaluation.", "97163"),
        ("Seen once.", "97161"),
    ],
)
def test_the_highest_level_is_not_taken_on_the_claims_word(billing: str, code: str) -> None:
    assert coded("97161", f"PT EVALUATION. Healthy 19F, knee pain on stairs.\n{billing}") == code

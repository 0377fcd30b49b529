from pathlib import Path
from typing import Any

import pytest

from training.corpus import GoldLine, LabeledNote
from training.score import Rate, score, taxonomy


def note(findings: tuple[str, ...] = ()) -> LabeledNote:
    return LabeledNote(
        id="n",
        style="s",
        author="a",
        path=Path("n.note"),
        encounter={},
        text="x",
        marks=(),
        lines=(GoldLine(code="97110", minutes=30, units=2, modifiers=("GP",)),),
        stated=(),
        diagnoses=("M54.50", "M25.511"),
        findings=findings,
    )


def draft(units: int = 2, codes: tuple[str, ...] = ("M54.50", "M25.511")) -> dict[str, Any]:
    return {
        "lines": [{"code": "97110", "units": units, "modifiers": ["GP"]}],
        "diagnoses": [{"code": code} for code in codes],
    }


def test_a_perfect_draft_scores_everything() -> None:
    result = score([note()], {"n": draft()})

    assert result.f1("code") == result.f1("dx") == 1.0
    assert result.rate("claim exact", "notes").share == 1.0
    assert result.errors == []


def test_a_missing_draft_is_an_empty_claim() -> None:
    result = score([note()], {})

    assert result.counts["code:fn"] == 1
    assert result.rate("claim exact", "notes").share == 0.0


def test_wrong_units_spoil_the_line_and_not_the_code() -> None:
    result = score([note()], {"n": draft(units=1)})

    assert result.f1("code") == 1.0
    assert (result.counts["units exact"], result.counts["line exact"]) == (0, 0)
    assert taxonomy(result) == [("units: 97110: 1 for 2", 1)]


@pytest.mark.parametrize(
    ("codes", "first", "third"),
    [
        (("M54.50",), 1, 1),
        (("A00.0", "A00.1", "M54.50"), 0, 1),
        (("A00.0", "A00.1", "A00.9", "M54.50"), 0, 0),
    ],
)
def test_the_first_diagnosis_is_sought_at_the_top(
    codes: tuple[str, ...], first: int, third: int
) -> None:
    counts = score([note()], {"n": draft(codes=codes)}).counts

    assert (counts["dx1"], counts["dx3"], counts["dx exact"]) == (first, third, 0)


@pytest.mark.parametrize(
    ("severity", "labelled", "false", "right"),
    [("blocks", (), 1, 0), ("informs", (), 0, 0), ("informs", ("r",), 0, 1)],
)
def test_what_only_informs_is_never_a_false_finding(
    severity: str, labelled: tuple[str, ...], false: int, right: int
) -> None:
    made = {**draft(), "findings": [{"rule": "r", "severity": severity}]}

    counts = score([note(labelled)], {"n": made}).counts

    assert (counts["finding:fp"], counts["finding:tp"]) == (false, right)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 0, 0.0, 1.0), (10, 10, 0.722, 1.0), (5, 10, 0.237, 0.763)]
)
def test_a_rate_carries_its_wilson_interval(hits: int, of: int, low: float, high: float) -> None:
    assert Rate(hits, of).interval == pytest.approx((low, high), abs=0.001)

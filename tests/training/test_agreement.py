"""Agreement is counted by note and label, and its intervals by whole notes."""

import pytest

from training.agreement import agreement
from training.corpus import gold_line
from training.labellings import Labelling


def labelling(
    note_id: str = "n",
    lines: tuple[str, ...] = ("97110 30 2 GP",),
    diagnoses: tuple[str, ...] = ("M54.50", "M25.511"),
    findings: tuple[str, ...] = (),
) -> Labelling:
    return Labelling(
        id=note_id,
        lines=tuple(map(gold_line, lines)),
        diagnoses=diagnoses,
        findings=frozenset(findings),
    )


def values(*pairs: tuple[Labelling, Labelling]) -> dict[str, float]:
    return {measure.name: measure.value for measure in agreement(pairs)}


SAME = (
    labelling("m", ("92526 - 1 GN",), ("R13.12",), ("no-skilled-need",)),
    labelling("m", ("92526 - 1 GN",), ("R13.12",), ("no-skilled-need",)),
)


def test_two_who_say_the_same_agree_wholly() -> None:
    same = (labelling(findings=("deleted-code",)), labelling(findings=("deleted-code",)))

    assert set(values(SAME, same).values()) == {1.0}


def test_kappa_is_beyond_chance_over_notes_and_codes() -> None:
    found = values(SAME, (labelling(), labelling(lines=("97110 30 2 GP", "97140 15 1 GP"))))

    # 6 cells: 2 of both, 1 of the second only, 3 of neither; chance (2*3 + 4*3) / 36
    assert found["procedures, Cohen's kappa"] == pytest.approx((5 / 6 - 0.5) / 0.5)
    assert found["procedure set exact"] == 0.5


@pytest.mark.parametrize(
    ("lines", "units", "exact"),
    [
        (("97110 31 2 GP",), 1.0, 1.0),
        (("97110 30 1 GP",), 0.5, 0.5),
        (("97110 30 2 GP CQ",), 1.0, 0.5),
    ],
)
def test_lines_agree_on_units_and_modifiers_whatever_the_minutes(
    lines: tuple[str, ...], units: float, exact: float
) -> None:
    found = values(SAME, (labelling(), labelling(lines=lines)))

    assert (found["units exact (codes of both)"], found["whole claim exact"]) == (units, exact)


def test_another_order_of_diagnoses_changes_the_first_and_not_the_set() -> None:
    found = values(SAME, (labelling(), labelling(diagnoses=("M25.511", "M54.50"))))

    assert (found["first diagnosis exact"], found["diagnosis set exact"]) == (0.5, 1.0)


def test_an_interval_holds_its_measure_and_is_drawn_alike_each_time() -> None:
    pairs = [SAME, (labelling(), labelling(lines=("97140 30 2 GP",)))]

    first, again = agreement(pairs), agreement(pairs)

    assert [str(measure) for measure in first] == [str(measure) for measure in again]
    assert all(measure.low <= measure.value <= measure.high for measure in first)

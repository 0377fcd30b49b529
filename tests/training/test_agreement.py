"""Agreement is measured on labels as they were made, and every dispute has its ruling."""

from pathlib import Path

import pytest

from training.agreement import (
    Labelling,
    Ruling,
    agreement,
    disputes,
    paired,
    read_labellings,
    read_rulings,
)
from training.corpus import CorpusError, gold_line, read_corpus


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


@pytest.mark.parametrize(
    ("other", "field"),
    [
        (labelling(lines=("97110 31 2 GP",)), "lines"),
        (labelling(diagnoses=("M25.511", "M54.50")), "diagnoses"),
        (labelling(findings=("deleted-code",)), "findings"),
    ],
)
def test_a_difference_is_a_dispute_of_its_field(other: Labelling, field: str) -> None:
    assert list(disputes([(labelling(), other)])) == [("n", field)]


def test_the_second_labelling_is_of_notes_we_have() -> None:
    notes = {note.id for note in read_corpus()}

    pairs = paired()

    assert len(pairs) >= 80
    assert {first.id for first, _ in pairs} <= notes


def test_every_dispute_has_a_ruling_and_every_ruling_a_dispute() -> None:
    assert set(disputes(paired())) == set(read_rulings())


def test_the_corpus_says_what_was_ruled() -> None:
    """First right: the note keeps its label. Second right: it took the other's."""
    notes = {note.id: note for note in read_corpus()}
    labels = {first.id: {Ruling.FIRST: first, Ruling.SECOND: second} for first, second in paired()}
    ruled = [(*key, ruling) for key, ruling in read_rulings().items()]

    differing = [
        (note_id, field)
        for note_id, field, ruling in ruled
        if ruling in labels[note_id]
        and set(getattr(notes[note_id], field)) != set(getattr(labels[note_id][ruling], field))
    ]

    assert differing == []


def test_a_labelling_that_lacks_a_field_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text('{"id": "n", "lines": []}\n', "utf-8")

    with pytest.raises(CorpusError, match="diagnoses"):
        read_labellings(path)


def test_notes_that_only_one_labelled_are_refused(tmp_path: Path) -> None:
    row = '{{"id": "{}", "lines": [], "diagnoses": [], "findings": []}}\n'
    (tmp_path / "first.jsonl").write_text(row.format("a"), "utf-8")
    (tmp_path / "labels.jsonl").write_text(row.format("b"), "utf-8")

    with pytest.raises(CorpusError, match="a b"):
        paired(tmp_path)


def test_a_ruling_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rulings.csv"
    path.write_text("note_id,field,right,why\nn,lines,perhaps,x\n", "utf-8")

    with pytest.raises(CorpusError, match="perhaps"):
        read_rulings(path)

"""Labels are kept as they were made, and every dispute has its ruling."""

from pathlib import Path

import pytest

from training.corpus import CorpusError, gold_line, read_corpus
from training.labellings import (
    Labelling,
    Ruling,
    disputes,
    paired,
    read_labellings,
    read_rulings,
)


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

"""The exam stays apart: by style, by note and by near copy."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from training.corpus import CorpusError, LabeledNote, read_corpus
from training.splits import (
    Placed,
    Split,
    exam_styles,
    is_exam,
    near_copies,
    read_splits,
    split_faults,
)

WORDS = [*"abcdefghijklmnopqrstuvwx"]
"""24 words: 17 runs of eight."""


def note(note_id: str, text: str = "", style: str = "s") -> LabeledNote:
    return LabeledNote(
        id=note_id,
        style=style,
        author="a",
        path=Path(f"{note_id}.note"),
        encounter={},
        text=text or f"nothing like the others: {note_id}",
        marks=(),
        lines=(),
        stated=(),
        diagnoses=(),
        findings=(),
    )


def row(note_id: str, split: Split = Split.TRAIN, style: str = "s") -> Placed:
    return Placed(note_id=note_id, style=style, split=split)


def test_the_exam_is_twenty_one_styles_and_their_188_notes() -> None:
    notes = [note for note in read_corpus() if is_exam(note.style)]

    assert exam_styles() == {
        "ot-ai-scribe", "ot-rehab-agency-prose", "pt-telegraph", "pt-wc-and-home",
        "slp-outpatient-mixed", "x-ot-hand-neuro-prose", "x-ot-outp-hospital", "x-ot-peds",
        "x-ot-snf-and-home", "x-pt-clinic-webpt-like", "x-pt-neuro-ortho-mixed", "x-pt-quick-soap",
        "x-slp-outp", "y-ot-neuro-hospital", "y-ot-outp-hand", "y-ot-peds-medicaid", "y-ot-snf",
        "y-pt-geri-home", "y-pt-neuro-vestib", "y-pt-ortho-clinic", "y-slp-adult-and-child",
    }  # fmt: skip
    assert len(notes) == 188
    assert {note.encounter.get("discipline") for note in notes} >= {"OT", "SLP"}


def test_a_style_nobody_placed_is_not_the_exams() -> None:
    assert not is_exam("augmented")


def test_every_note_is_placed_once_and_nothing_crosses() -> None:
    assert list(split_faults(read_splits(), list(read_corpus()))) == []


@pytest.mark.parametrize(
    ("rows", "notes", "fault"),
    [
        ([row("a"), row("a")], [note("a")], "a: 2 rows in splits.csv"),
        ([row("a"), row("b")], [note("a")], "b: in splits.csv, and there is no such note"),
        ([], [note("a")], "a: not in splits.csv under its style s"),
        ([row("a", style="t")], [note("a")], "a: not in splits.csv under its style s"),
        (
            [row("a"), row("b", Split.EXAM)],
            [note("a"), note("b")],
            "style s crosses splits",
        ),
        (
            [row("a"), row("b", Split.EXAM, "t")],
            [note("a", " ".join(WORDS)), note("b", " ".join(WORDS), "t")],
            "a and b are near copies and cross splits",
        ),
    ],
)
def test_a_fault_of_the_splits_is_named(
    rows: Sequence[Placed], notes: Sequence[LabeledNote], fault: str
) -> None:
    assert list(split_faults(rows, notes)) == [fault]


@pytest.mark.parametrize(("kept", "is_near"), [(19, True), (18, False)])
def test_half_of_all_runs_shared_makes_a_near_copy(kept: int, is_near: bool) -> None:
    """19 words keep 12 of 22 runs; 18 keep 11 of 23."""
    copy = [*WORDS[:kept], *(word.upper() + "2" for word in WORDS[kept:])]

    found = list(near_copies([note("a", " ".join(WORDS)), note("b", " ".join(copy))]))

    assert found == ([("a", "b")] if is_near else [])


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("note_id,style,fold\na,s,1\n", "columns"),
        ("note_id,style,split\na,s,test\n", "test"),
    ],
)
def test_splits_of_another_form_are_refused(tmp_path: Path, content: str, fault: str) -> None:
    path = tmp_path / "splits.csv"
    path.write_text(content, "utf-8")

    with pytest.raises(CorpusError, match=fault):
        read_splits(path)

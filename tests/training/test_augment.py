from pathlib import Path

import pytest

from model.records import Span
from training.augment import augmented, edited
from training.corpus import LabeledNote, read_corpus
from training.marks import strip_marks


def note(marked: str) -> LabeledNote:
    text, marks = strip_marks(marked)
    return LabeledNote(
        id="n", style="s", author="a", path=Path("n.note"), encounter={}, text=text, marks=marks,
        lines=(), stated=(), diagnoses=(), findings=(),
    )  # fmt: skip


def words(of: LabeledNote) -> list[tuple[str, str]]:
    return [(" ".join(mark.label), mark.span.of(of.text)) for mark in of.marks]


def test_marks_move_with_the_words_they_cover() -> None:
    before = note("did ⟦97110|ther ex⟧ for ⟦min 97110|15 min⟧ today")

    after = edited(before, [(Span(0, 3), "completed"), (Span(16, 22), "15'")])

    assert after.text == "completed ther ex for 15' today"
    assert words(after) == [("97110", "ther ex"), ("min 97110", "15'")]


def test_an_edit_across_the_border_of_a_mark_is_left_out() -> None:
    before = note("did ⟦97110|ther ex⟧ today")

    after = edited(before, [(Span(0, 6), "x")])

    assert after.text == before.text


@pytest.mark.parametrize("seed", range(6))
def test_labels_stay_and_numbers_stay_the_same(seed: int) -> None:
    before = note(
        "- ⟦97110|Therapeutic exercise⟧ ⟦min 97110|15 min⟧\n- ⟦97140|MT⟧ ⟦min 97140|(10)⟧\n"
    )

    after = augmented(before, seed)

    assert [label for label, _ in words(after)] == [label for label, _ in words(before)]
    minutes = ["".join(filter(str.isdigit, w)) for label, w in words(after) if label[:3] == "min"]
    assert minutes == ["15", "10"]
    assert after.style == "augmented"


def test_the_same_seed_gives_the_same_note_and_some_seed_changes_it() -> None:
    before = next(n for n in read_corpus() if any(m.label[0] == "min" for m in n.marks))

    texts = [augmented(before, seed).text for seed in range(4)]

    assert augmented(before, 0).text == texts[0]
    assert any(text != before.text for text in texts)

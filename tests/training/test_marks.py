import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.records import Span
from training.marks import Mark, MarkError, strip_marks


def test_marks_are_taken_out_and_point_at_their_words() -> None:
    text, marks = strip_marks("😀 ⟦97110 planned|ther ex ⟦min 97110|15 min⟧⟧ done")

    assert text == "😀 ther ex 15 min done"
    assert [(mark.label, mark.span.of(text)) for mark in marks] == [
        (("97110", "planned"), "ther ex 15 min"),
        (("min", "97110"), "15 min"),
    ]


@pytest.mark.parametrize("text", ["⟦97110|open", "closed⟧", "⟦|words⟧", "⟦no bar⟧", "⟦97110|⟧"])
def test_a_broken_mark_is_refused(text: str) -> None:
    with pytest.raises(MarkError):
        strip_marks(text)


@given(st.text(st.characters(exclude_characters="⟦⟧")), st.text(min_size=1))
def test_text_round_a_mark_is_kept_as_it_is(before: str, words: str) -> None:
    words = words.replace("⟦", "(").replace("⟧", ")")

    text, marks = strip_marks(f"{before}⟦el plan|{words}⟧")

    assert text == before + words
    assert marks == (Mark(("el", "plan"), Span(len(before), len(text))),)

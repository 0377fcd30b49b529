import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.records import Span
from service.ui.evidence import Mark, cut, is_columnar, received_offset


def mark(start: int, end: int, says: str = "service", owner: str = "line-1") -> Mark:
    return Mark(span=Span(start, end), says=says, owner=owner, label=owner[-1])


SPANS = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda at: (at[0], at[0] + at[1]))
KINDS = st.sampled_from(["service", "minutes", "diagnosis", "finding"])
MARKS = st.lists(st.builds(lambda at, says: mark(at[0], at[1], says), SPANS, KINDS), max_size=8)


@given(st.text(min_size=1, max_size=60), MARKS)
def test_pieces_joined_are_the_note_again(text: str, marks: list[Mark]) -> None:
    assert "".join(piece.text for piece in cut(text, marks)) == text


@given(st.text(min_size=1, max_size=60), MARKS)
def test_a_piece_is_marked_exactly_where_marks_lie(text: str, marks: list[Mark]) -> None:
    place = 0
    for piece in cut(text, marks):
        end = place + len(piece.text)
        over = {each.says for each in marks if each.span.start <= place and end <= each.span.end}
        assert set(piece.says) == over
        place = end


def test_the_more_exact_kind_shows_where_marks_overlap() -> None:
    text = "Gait training, 15 min, on stairs"
    marks = [mark(0, 32), mark(15, 21, "minutes")]

    kinds = [(piece.text, piece.kind) for piece in cut(text, marks)]

    assert kinds == [
        ("Gait training, ", "service"),
        ("15 min", "minutes"),
        (", on stairs", "service"),
    ]


def test_labels_stand_where_their_words_end_and_anchors_where_they_begin() -> None:
    first, second, third = cut("Gait training now", [mark(0, 13), mark(5, 13, owner="line-2")])

    assert (first.anchors, first.labels) == (("at-0-13",), ())
    assert (second.anchors, second.labels) == (("at-5-13",), ("1", "2"))
    assert (third.kind, third.owners) == ("", ())


def test_a_mark_ends_with_the_note() -> None:
    pieces = [(piece.text, piece.kind) for piece in cut("short", [mark(3, 30)])]

    assert pieces == [("sho", ""), ("rt", "service")]


@pytest.mark.parametrize(
    ("text", "shown", "received"),
    [
        ("a\r\nb", 2, 3),
        ("a\nb", 2, 2),
        ("🧠\r\n\r\nb", 3, 5),
        ("a\rb", 2, 2),
        ("ab", 9, 2),
    ],
)
def test_what_a_browser_counts_is_brought_back(text: str, shown: int, received: int) -> None:
    assert received_offset(text, shown) == received


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("wrist ext     22        46\nwrist flex    18        40", True),
        ("paraffin\t10\nputty\t16", True),
        ("Seen today.  Tolerated well.  Continues.", False),
        ("- dressing\n   continued below", False),
    ],
)
def test_columns_are_told_from_prose(text: str, drawn: bool) -> None:
    assert is_columnar(text) is drawn

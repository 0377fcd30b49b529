import pytest

from model.parse.segments import segment
from model.records import SectionKind
from tests.support.marked import marked


@pytest.mark.parametrize(
    "note",
    [
        "⟦Pt. amb 50 ft. Tolerated well.⟧ ⟦Cont.⟧",
        "⟦He walked home.⟧ ⟦Next he sat.⟧",
        "⟦TE done;⟧ ⟦gait held⟧",
        "• ⟦one⟧\r\n- ⟦two⟧\r\n1) ⟦three⟧",
        "⟦TE\t15\tdone. Good⟧",
        "⟦a | b | done. Even so⟧",
        "⟦😀 İstanbul.⟧ ⟦Next one⟧",
        "⟦one⟧\u2028⟦two⟧",
        "---\n⟦x⟧\n***",
    ],
)
def test_a_note_is_cut_where_sentences_bullets_and_rows_end(note: str) -> None:
    text, expected = marked(note)

    assert [found.span for found in segment(text)] == expected


def test_a_heading_covers_the_lines_below_it_until_the_next() -> None:
    found = segment("S: hurts\nstill hurts\nPlan: rest")

    assert [(s.section, s.row) for s in found] == [
        (SectionKind.SUBJECTIVE, 0),
        (SectionKind.SUBJECTIVE, 1),
        (SectionKind.PLAN, 2),
    ]
    assert [s.heading for s in found] == ["s", "s", "plan"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("S:\nO:\nA:\nP:", ["S:", "O:", "A:", "P:"]), ("Manual Therapy", ["Manual Therapy"])],
)
def test_a_note_of_headings_alone_is_its_lines(text: str, expected: list[str]) -> None:
    assert [found.span.of(text) for found in segment(text)] == expected

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import NoteEmpty, NoteTooLong, NoteUnreadable
from model.parse.pipeline import LONGEST_NOTE, parse
from model.records import ParsedNote, Span
from tests.support.marked import marked

PIECES = st.sampled_from(
    [
        "97110 x15", "TE 15'", "10:05-10:43", "1:15p-1:53p", "0.5 hr", "fifteen minutes",
        "tot 48 / timed 40", "97110 (2) GO", "Jane Roe, OTR/L", "3/2/2026", "I69.354", "Plan:",
        "😀", "👩‍⚕️", "İ", "ß", "\r\n", "\n", "\t", "\u00a0", " ", ". ", "; ", "|", "• ", "Pt amb",
        "Good", "e\u0301", "\u2028", "____15____", "S:", "Dx: CVA", "[ ]",
    ]
)  # fmt: skip
NOTES = st.one_of(
    st.lists(PIECES, max_size=24).map("".join),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=80),
).filter(lambda text: bool(text.strip()))


def spans_of(note: ParsedNote) -> list[Span]:
    return [
        *(segment.span for segment in note.segments),
        *(duration.span for duration in note.durations),
        *(line.span for line in note.stated_lines if line.span),
        *(diagnosis.span for diagnosis in note.stated_diagnoses),
        *(signature.span for signature in note.signatures),
        *(span for span, _ in note.dates),
    ]


@settings(max_examples=150, deadline=None)
@given(NOTES)
def test_every_span_lies_in_the_note_and_segments_do_not_overlap(text: str) -> None:
    note = parse(text)

    assert note.text == text
    assert all(span.end <= len(text) for span in spans_of(note))
    assert all(a.span.end <= b.span.start for a, b in pairwise(note.segments))
    assert all(a.span.end <= b.span.start for a, b in pairwise(note.durations))


@pytest.mark.parametrize("lead", ["", "😀😀 ", "a\r\nb\r\n", "\t\t", "\u00a0\u00a0", "İİ ", "👩‍⚕️ "])
def test_offsets_are_exact_whatever_stands_before(lead: str) -> None:
    text, (minutes, code, signer) = marked(
        f"{lead}TherEx ⟦15 min⟧ for strength\r\nDx: ⟦I69.354⟧\r\n⟦Jane Roe, OTR/L⟧"
    )

    note = parse(text)

    assert [d.span for d in note.durations] == [minutes]
    assert [d.span for d in note.stated_diagnoses] == [code]
    assert [s.span for s in note.signatures] == [signer]


@pytest.mark.parametrize("text", ["", "   ", "\r\n\t\u00a0"])
def test_an_empty_note_is_refused(text: str) -> None:
    with pytest.raises(NoteEmpty):
        parse(text)


@pytest.mark.parametrize("text", ["TE\x00 15 min", "TE \ud800 15 min", "\udfff"])
def test_binary_and_lone_surrogates_are_refused(text: str) -> None:
    with pytest.raises(NoteUnreadable):
        parse(text)


def test_the_longest_note_is_read_and_one_more_character_is_refused() -> None:
    assert parse("x" * LONGEST_NOTE).text

    with pytest.raises(NoteTooLong):
        parse("x" * (LONGEST_NOTE + 1))


def test_five_megabytes_are_refused() -> None:
    with pytest.raises(NoteTooLong):
        parse("a" * 5_000_000)

"""Marks on whole tokens of spaCy's blank English pipeline."""

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from training.corpus import LabeledNote

SPANS_KEY = "marks"
"""The group of ``doc.spans`` the marks are in; they nest, so entities could not hold them."""


@cache
def _language() -> Language:
    return spacy.blank("en")


def tokenized(note: LabeledNote) -> Doc:
    """The note's text with its marks in ``doc.spans``, in text order."""
    doc = _language().make_doc(note.text)
    doc.spans[SPANS_KEY] = [_span(doc, note, index) for index in range(len(note.marks))]
    return doc


def _span(doc: Doc, note: LabeledNote, index: int) -> Span:
    mark = note.marks[index]
    span = doc.char_span(
        mark.span.start, mark.span.end, label=" ".join(mark.label), alignment_mode="expand"
    )
    if span is None:
        raise ValueError(f"{note.id}: mark {index} is on no token")
    return span


def moved(doc: Doc, note: LabeledNote) -> int:
    """How many marks do not stand exactly where the note has them."""
    return sum(
        (span.start_char, span.end_char) != (mark.span.start, mark.span.end)
        for span, mark in zip(doc.spans[SPANS_KEY], note.marks, strict=True)
    )

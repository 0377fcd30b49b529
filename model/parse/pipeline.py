"""The spaCy pipeline, listed in order. Nothing of spaCy leaves this module: records do."""

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from model.errors import NoteEmpty, NoteTooLong, NoteUnreadable
from model.parse.dates import dates
from model.parse.durations import durations
from model.parse.segments import segment
from model.parse.signatures import signatures
from model.parse.stated import stated_diagnoses, stated_lines
from model.parse.tables import bare_minutes
from model.parse.wrapping import unwrapped
from model.records import Duration, DurationKind, ParsedNote

LONGEST_NOTE = 200_000
"""Code points; the longest real note we know of is a tenth of it."""


def parse(text: str, *, note_id: str = "note") -> ParsedNote:
    """Take a note apart. ``note_id`` names it in errors, and nothing else.

    Raises:
        NoteEmpty: There is nothing to read.
        NoteTooLong: More than ``LONGEST_NOTE`` code points.
        NoteUnreadable: Binary content or lone surrogates.
    """
    if not text.strip():
        raise NoteEmpty(note_id)
    if len(text) > LONGEST_NOTE:
        raise NoteTooLong(note_id, len(text), LONGEST_NOTE)
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise NoteUnreadable(note_id)
    text = unwrapped(text)
    # A ``Doc`` puts its text together anew each time it is asked.
    doc = _pipeline().make_doc(text)
    doc.user_data["text"] = text
    doc = _pipeline()(doc)
    return ParsedNote(
        text=text,
        segments=doc.user_data["segments"],
        durations=doc.user_data["durations"],
        stated_lines=doc.user_data["stated_lines"],
        stated_diagnoses=doc.user_data["stated_diagnoses"],
        signatures=doc.user_data["signatures"],
        dates=doc.user_data["dates"],
    )


@cache
def _pipeline() -> Language:
    nlp = spacy.blank("en")
    nlp.max_length = LONGEST_NOTE + 1
    for component in (
        "noteproof_segments",
        "noteproof_durations",
        "noteproof_billing",
        "noteproof_people",
    ):
        nlp.add_pipe(component)
    return nlp


@Language.component("noteproof_segments")
def _segments(doc: Doc) -> Doc:
    doc.user_data["segments"] = segment(doc.user_data["text"])
    doc.user_data["dates"] = dates(doc.user_data["text"])
    return doc


@Language.component("noteproof_durations")
def _durations(doc: Doc) -> Doc:
    """Durations written as such, and bare numbers a grid or label makes minutes."""
    found = durations(doc.user_data["text"])
    bare = tuple(bare_minutes(doc.user_data["text"]))
    written = tuple(d for d in found if d.kind is not DurationKind.BARE or not _meets(d, bare))
    bare = tuple(d for d in bare if not _meets(d, written))
    doc.user_data["durations"] = tuple(sorted((*written, *bare), key=lambda d: d.span))
    return doc


@Language.component("noteproof_billing")
def _billing(doc: Doc) -> Doc:
    text = doc.user_data["text"]
    doc.user_data["stated_lines"] = stated_lines(text, doc.user_data["durations"])
    doc.user_data["stated_diagnoses"] = stated_diagnoses(text)
    return doc


@Language.component("noteproof_people")
def _people(doc: Doc) -> Doc:
    doc.user_data["signatures"] = signatures(doc.user_data["text"])
    return doc


def _meets(duration: Duration, others: tuple[Duration, ...]) -> bool:
    return any(duration.span.overlaps(other.span) for other in others)

"""Evidence out: words of the note, and where they stand.

Offsets count code points of the text as received. Whoever slices by UTF-16 units, as JavaScript
does, finds the words in ``text``.
"""

from collections.abc import Iterable

from pydantic import BaseModel, Field

from model.records import Span
from model.records.claim import Evidence


class EvidenceOut(BaseModel):
    """Words of the note: ``start <= i < end`` in Unicode code points of the text as received."""

    start: int = Field(ge=0)
    end: int = Field(ge=1)
    text: str
    says: str


def evidence_out(found: Iterable[Evidence], text: str) -> list[EvidenceOut]:
    """Evidence as wire models, with the words it points at."""
    return [words_out(evidence.span, text, says=evidence.says) for evidence in found]


def words_out(span: Span, text: str, *, says: str) -> EvidenceOut:
    """The words of ``span``, and what they say."""
    return EvidenceOut(start=span.start, end=span.end, text=span.of(text), says=says)

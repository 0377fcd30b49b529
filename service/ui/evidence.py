"""Cut a note into pieces, so that a page can mark the words that prove the claim.

Offsets are code points of the text as received, as in ``model.records.Span``. A browser shows CRLF
as one line end, so what is selected there is brought back with ``received_offset``.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from model.records import Span

_COLUMNS = re.compile(r"[^\s.:?!-]([ ]{2,}|\t)\S")
"""A gap within a line that is wider than the one between words or after a sentence."""

KINDS = ("minutes", "giver", "service", "diagnosis", "stated", "finding")
"""What marked words may say. Where marks overlap, the first of these decides how a piece looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Words of the note and what they stand for.

    Attributes:
        owner: The element of the claim they prove, such as ``line-2`` or ``dx-1``.
        label: What is shown beside them: the number of the line, the letter of the diagnosis.
    """

    span: Span
    says: str
    owner: str
    label: str = ""

    @property
    def anchor(self) -> str:
        """The id of the first piece of these words on the page."""
        return f"at-{self.span.start}-{self.span.end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Text that lies under the same marks from end to end.

    Attributes:
        kind: How it looks; empty for text that proves nothing.
        says: Everything it says, most exact first.
        owners: Elements of the claim it proves, each once.
        anchors: Ids of marks that begin here.
        labels: Labels of marks that end here.
    """

    text: str
    kind: str = ""
    says: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def cut(text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """``text`` in pieces, in order and without loss: joined, they are ``text`` again."""
    every = sorted(set(marks), key=lambda mark: (mark.span, _rank(mark.says), mark.owner))
    ends = {0, len(text), *(m.span.start for m in every), *(m.span.end for m in every)}
    edges = sorted(end for end in ends if end <= len(text))
    return tuple(_piece(text, start, end, every) for start, end in pairwise(edges))


def is_columnar(text: str) -> bool:
    """Whether the note draws columns with blanks, which only a fixed width keeps in place."""
    return len(_COLUMNS.findall(text)) > 1


def received_offset(text: str, shown: int) -> int:
    """The offset in ``text`` of the ``shown``-th character of what a browser makes of it."""
    place = 0
    for _ in range(shown):
        if place >= len(text):
            break
        place += 2 if text.startswith("\r\n", place) else 1
    return place


def _piece(text: str, start: int, end: int, marks: Sequence[Mark]) -> Piece:
    over = [mark for mark in marks if mark.span.start <= start and end <= mark.span.end]
    kinds = sorted({mark.says for mark in over}, key=_rank)
    return Piece(
        text=text[start:end],
        kind=kinds[0] if kinds else "",
        says=tuple(kinds),
        owners=_once(mark.owner for mark in over),
        anchors=_once(mark.anchor for mark in over if mark.span.start == start),
        labels=_once(mark.label for mark in over if mark.span.end == end and mark.label),
    )


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _rank(says: str) -> int:
    return KINDS.index(says) if says in KINDS else len(KINDS)

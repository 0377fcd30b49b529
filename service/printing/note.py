"""The note with the words that prove the claim, each numbered with the line it proves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from rich.text import Text

from model.records import Span
from model.records.claim import ClaimDraft

_RANK = ("minutes", "giver", "service", "diagnosis")
"""Where evidence overlaps, the more exact kind is the one shown."""

_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LETTERS = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_CONTROL = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"} | {
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD),
}
"""Characters that would command the terminal or reorder its text, each as one that does not."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the note, what they say, and the superscript of the line they prove."""

    span: Span
    says: str
    reference: str


def number(place: int) -> str:
    """The superscript of the claim's line at ``place``, from 1."""
    return str(place).translate(_DIGITS)


def letter(place: int) -> str:
    """The superscript of the diagnosis at ``place``, from 1."""
    return _LETTERS[(place - 1) % len(_LETTERS)]


def marks(draft: ClaimDraft) -> tuple[Mark, ...]:
    """What is to be marked in the note of ``draft``, in the note's order."""
    lines = (
        Mark(found.span, found.says, number(place))
        for place, line in enumerate(draft.lines, start=1)
        for found in line.evidence
    )
    diagnoses = (
        Mark(found.span, "diagnosis", letter(place))
        for place, diagnosis in enumerate(draft.diagnoses, start=1)
        for found in diagnosis.evidence
    )
    return tuple(sorted({*lines, *diagnoses}, key=lambda m: (m.span, m.says, m.reference)))


def marked(text: str, found: Iterable[Mark], *, in_colour: bool) -> Text:
    """``text`` with every mark shown by style, or in brackets where there is no colour."""
    shown, every = Text(), tuple(found)
    for start, end in _pieces(text, every):
        over = [mark for mark in every if mark.span.start <= start and end <= mark.span.end]
        style = max((mark.says for mark in over), key=_rank, default="")
        opens = any(mark.span.start == start for mark in over)
        closing = [mark for mark in over if mark.span.end == end]
        if opens and not in_colour:
            shown.append("[" * len({mark.span for mark in over if mark.span.start == start}))
        shown.append(safe(text[start:end]), style if in_colour else "")
        if closing:
            brackets = "" if in_colour else "]" * len({mark.span for mark in closing})
            shown.append(brackets + "".join(dict.fromkeys(m.reference for m in closing)), "bold")
    return shown


def legend(found: Iterable[Mark], *, in_colour: bool) -> Text:
    """What the styles or brackets mean; only the kinds that occur."""
    kinds = [kind for kind in _RANK if any(mark.says == kind for mark in found)]
    if not in_colour:
        return Text("[words]¹ prove line 1 of the claim, [words]ᵃ diagnosis a" if kinds else "")
    shown = Text()
    for kind in kinds:
        shown.append(f" {kind} ", kind).append("  ")
    return shown.append("¹ line 1   ᵃ diagnosis a", "quiet") if kinds else shown


def safe(text: str) -> str:
    """``text`` without characters that would command the terminal; CRLF becomes a line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROL)


def _pieces(text: str, found: tuple[Mark, ...]) -> Iterator[tuple[int, int]]:
    """``text`` cut wherever a mark begins or ends."""
    cuts = sorted({0, len(text), *(m.span.start for m in found), *(m.span.end for m in found)})
    return pairwise(cuts)


def _rank(says: str) -> int:
    return -_RANK.index(says) if says in _RANK else -len(_RANK)

"""Two claims for one encounter, side by side: what both say, and where they differ."""

from collections.abc import Iterator
from dataclasses import dataclass

from model.records import Line
from service.reviews.state import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing two reviewers did not code alike.

    Attributes:
        about: ``line``, ``units``, ``modifiers``, ``pointers``, ``diagnosis`` or ``order``.
        code: The procedure or diagnosis concerned; empty where the order is.
        first: What the first reviewer has, in words; None where nothing.
        second: What the second one has.
    """

    about: str
    code: str
    first: str | None
    second: str | None


def compared(first: Review, second: Review) -> tuple[Difference, ...]:
    """The differences of two claims, lines first; none where they are the same claim."""
    return (*_lines(first, second), *_diagnoses(first, second))


def _lines(first: Review, second: Review) -> Iterator[Difference]:
    ours, theirs = _by_code(first), _by_code(second)
    for key in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(key), theirs.get(key)
        if one is None or other is None:
            yield Difference(about="line", code=key[0], first=_words(one), second=_words(other))
        else:
            yield from _fields(one, other)


def _fields(one: Line, other: Line) -> Iterator[Difference]:
    pairs = {
        "units": (str(one.units), str(other.units)),
        "modifiers": (" ".join(sorted(one.modifiers)), " ".join(sorted(other.modifiers))),
        "pointers": (", ".join(one.diagnoses), ", ".join(other.diagnoses)),
    }
    for about, (ours, theirs) in pairs.items():
        if ours != theirs:
            yield Difference(about=about, code=one.code, first=ours, second=theirs)


def _diagnoses(first: Review, second: Review) -> Iterator[Difference]:
    ours, theirs = first.claim_diagnoses(), second.claim_diagnoses()
    for code in sorted({*ours} ^ {*theirs}):
        yield Difference(
            about="diagnosis",
            code=code,
            first=code if code in ours else None,
            second=code if code in theirs else None,
        )
    if {*ours} == {*theirs} and ours != theirs:
        yield Difference(about="order", code="", first=", ".join(ours), second=", ".join(theirs))


def _by_code(review: Review) -> dict[tuple[str, int], Line]:
    """Lines by code; the second of one code is another than its first."""
    found: dict[tuple[str, int], Line] = {}
    for line in review.claim_lines():
        place = sum(code == line.code for code, _ in found)
        found[line.code, place] = line
    return found


def _words(line: Line | None) -> str | None:
    return None if line is None else f"{line.code} x{line.units}"

"""Two claims for one encounter, side by side: what both say, and where they differ."""

from collections.abc import Iterator
from dataclasses import dataclass

from service.reviews.state import LineState, Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing two reviewers did not code alike.

    Attributes:
        about: ``line``, ``units``, ``modifiers``, ``pointers``, ``diagnosis`` or ``order``.
        code: The procedure or diagnosis concerned; empty where the order is.
        place: Which line of that code, from 0.
        first: What the first reviewer has, in words; None where nothing.
        second: What the second one has.
    """

    about: str
    code: str
    place: int = 0
    first: str | None
    second: str | None

    @property
    def key(self) -> tuple[str, str, int]:
        """Names it among the differences of the same two claims."""
        return self.about, self.code, self.place


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePair:
    """A line as either claim has it; the second line of a code is another than its first."""

    code: str
    place: int
    first: LineState | None
    second: LineState | None


def compared(first: Review, second: Review) -> tuple[Difference, ...]:
    """The differences of two claims, lines first; none where they are the same claim."""
    return (*_lines(first, second), *_diagnoses(first, second))


def paired(first: Review, second: Review) -> tuple[LinePair, ...]:
    """The lines of both claims, each beside its like, by code."""
    ours, theirs = _by_code(first), _by_code(second)
    return tuple(
        LinePair(code=key[0], place=key[1], first=ours.get(key), second=theirs.get(key))
        for key in sorted(ours.keys() | theirs.keys())
    )


def _lines(first: Review, second: Review) -> Iterator[Difference]:
    for pair in paired(first, second):
        if pair.first is None or pair.second is None:
            yield Difference(
                about="line",
                code=pair.code,
                place=pair.place,
                first=_words(pair.first),
                second=_words(pair.second),
            )
        else:
            yield from _fields(pair, _values(pair.first, first), _values(pair.second, second))


def _fields(pair: LinePair, ours: dict[str, str], theirs: dict[str, str]) -> Iterator[Difference]:
    for about, value in ours.items():
        if value != theirs[about]:
            yield Difference(
                about=about, code=pair.code, place=pair.place, first=value, second=theirs[about]
            )


def _values(line: LineState, review: Review) -> dict[str, str]:
    return {
        "units": str(line.units),
        "modifiers": " ".join(sorted(line.modifiers)),
        "pointers": ", ".join(review.codes_of(line)),
    }


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


def _by_code(review: Review) -> dict[tuple[str, int], LineState]:
    found: dict[tuple[str, int], LineState] = {}
    for line in review.standing_lines:
        place = sum(code == line.code for code, _ in found)
        found[line.code, place] = line
    return found


def _words(line: LineState | None) -> str | None:
    return None if line is None else f"{line.code} x{line.units}"

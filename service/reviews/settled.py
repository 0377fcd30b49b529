"""The claim that comes of two, once somebody has said for each difference whose side stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from service.reviews.acts import KX
from service.reviews.comparing import Difference, LinePair, compared, paired
from service.reviews.records import Track
from service.reviews.state import DiagnosisState, LineState, Review

Sides = Mapping[tuple[str, str, int], Track]
"""By the key of each difference, the track whose side stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledLine:
    """A line of the settled claim.

    Attributes:
        state: The line it comes from, with the values that stand; its verdict means nothing here.
        diagnoses: Codes it points at, first-listed first.
    """

    state: LineState
    diagnoses: tuple[str, ...]

    @property
    def has_kx(self) -> bool:
        """Whether somebody attested KX for it."""
        return KX in self.state.modifiers


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledClaim:
    """What two claims come to; ``diagnoses`` first-listed first."""

    lines: tuple[SettledLine, ...]
    diagnoses: tuple[DiagnosisState, ...]


def undecided(first: Review, second: Review, sides: Sides) -> tuple[Difference, ...]:
    """The differences nobody has said anything about."""
    return tuple(each for each in compared(first, second) if each.key not in sides)


def settled(first: Review, second: Review, sides: Sides) -> SettledClaim:
    """What both have alike, and of each difference the side that stands."""
    diagnoses = tuple(_diagnoses(first, second, sides))
    standing = {each.code for each in diagnoses}
    return SettledClaim(lines=tuple(_lines(first, second, sides, standing)), diagnoses=diagnoses)


def _diagnoses(first: Review, second: Review, sides: Sides) -> Iterator[DiagnosisState]:
    ours, theirs = _by_code(first), _by_code(second)
    leads = theirs if sides.get(("order", "", 0)) is Track.SECOND else ours
    follows = ours if leads is theirs else theirs
    for code, state in _ordered(leads, follows):
        side = sides.get(("diagnosis", code, 0))
        if side is None or code in (ours if side is Track.FIRST else theirs):
            yield state


def _ordered(
    leads: dict[str, DiagnosisState], follows: dict[str, DiagnosisState]
) -> Iterator[tuple[str, DiagnosisState]]:
    yield from leads.items()
    yield from ((code, state) for code, state in follows.items() if code not in leads)


def _by_code(review: Review) -> dict[str, DiagnosisState]:
    """The first of each code, in the order of the claim."""
    found: dict[str, DiagnosisState] = {}
    for each in review.standing_diagnoses:
        found.setdefault(each.code, each)
    return found


def _lines(
    first: Review, second: Review, sides: Sides, standing: set[str]
) -> Iterator[SettledLine]:
    for pair in paired(first, second):
        found = _line(pair, first, second, sides)
        if found is not None:
            codes = tuple(code for code in found.diagnoses if code in standing)
            yield replace(found, diagnoses=codes)


def _line(pair: LinePair, first: Review, second: Review, sides: Sides) -> SettledLine | None:
    """Minutes and giver are those of whoever counted the units."""
    if pair.first is None or pair.second is None:
        is_first = sides.get(("line", pair.code, pair.place)) is Track.FIRST
        state = pair.first if is_first else pair.second
        if state is None:
            return None
        return SettledLine(state=state, diagnoses=(first if is_first else second).codes_of(state))

    def side(about: str) -> tuple[LineState, Review]:
        """The line and the review that say what stands of ``about``."""
        is_second = sides.get((about, pair.code, pair.place)) is Track.SECOND
        line = pair.second if is_second else pair.first
        assert line is not None  # noqa: S101  (both have it, asked above)
        return line, second if is_second else first

    counted, (pointing, review) = side("units")[0], side("pointers")
    state = replace(
        counted,
        modifiers=side("modifiers")[0].modifiers,
        evidence=tuple(dict.fromkeys((*pair.first.evidence, *pair.second.evidence))),
    )
    return SettledLine(state=state, diagnoses=review.codes_of(pointing))

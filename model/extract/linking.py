"""What speaks for each service owning each duration, as plain numbers for the linker.

None of the numbers names a family, so what is learned from common services holds for rare ones.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from model.extract.lexicon import family_of
from model.extract.places import Place, Scene, timed_families
from model.extract.reading import FAMILIES, Floats, Reading
from model.records import Duration, DurationKind, ParsedNote, SectionKind, Span

_NEAR = 3
_WORD = re.compile(r"[a-z]+|:|1:1")
_TELLING = (
    "total", "timed", "treatment", "hold", "rest", "session", "x", "for", "home", "eval", "tx",
    "time", "each", "min", "untimed", "of", "walk", "at", "billable", "1:1",
)  # fmt: skip
_WIDTH = len(FAMILIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One family that one duration may belong to."""

    duration: int
    family: str
    features: tuple[float, ...]


def pairs(note: ParsedNote, reading: Reading, seen: Scene) -> Iterator[Pair]:
    """Every family with any support for each duration, in text order."""
    done, best = seen.done, seen.best
    stated = {family_of(line.code): line for line in note.stated_lines}
    for index, place in enumerate(seen.places):
        minutes = place.duration.minutes
        inline = sum(place.line.start <= d.span.start < place.line.end for d in note.durations)
        around = (
            *(_minutes(minutes), float(inline), float(len(note.durations))),
            *(float(place.duration.kind is kind) for kind in DurationKind),
        )
        likely = np.flatnonzero(
            (place.owners > 0.01)
            | (place.own > 0.05)
            | (place.row > 0.05)
            | (place.above > 0.1)
            | (place.below > 0.1)
            | (best > 0.3)
        )
        for column in likely:
            family = FAMILIES[column]
            line = stated.get(family)
            billed = (
                float(line is not None),
                float(line is not None and line.minutes == minutes),
                float(line is not None and _covers(line.span, place.duration)),
            )
            yield Pair(
                duration=index,
                family=family,
                features=(
                    *_scores(place, int(column), done, best, reading),
                    *_named(place, family),
                    *billed,
                    float(family in timed_families()),
                    float(len(likely)),
                    *around,
                ),
            )


def kinds(note: ParsedNote, reading: Reading, seen: Scene) -> Iterator[tuple[float, ...]]:
    """For each duration what tells a service's minutes from a total or from no treatment."""
    done, best = seen.done, seen.best
    is_timed = np.asarray([family in timed_families() for family in FAMILIES])
    for index, place in enumerate(seen.places):
        row, at = reading.durations[index], place.segment
        after = done[at + 1 : at + 5].max(initial=0.0)
        yield (
            *(float(chance) for chance in row[_WIDTH:]),
            float(place.owners.sum()),
            *(float(s.max(initial=0.0)) for s in (place.own, place.row, place.above, place.below)),
            float(after),
            float(len(place.clause_hits)),
            float(any(hit.is_name for hit in place.clause_hits)),
            float(len(place.line_hits)),
            float(len(place.codes)),
            float(place.code_before is not None),
            float(place.has_units_after),
            float(any(_touches(hit.span, place.duration.span) for hit in place.line_hits)),
            float(any(line.minutes == place.duration.minutes for line in note.stated_lines)),
            float(any(_covers(line.span, place.duration) for line in note.stated_lines)),
            *(float(reading.of(f"as:{a}")[at]) for a in ("home", "planned", "historical")),
            float(best[is_timed].max(initial=0.0)),
            float((best > 0.4).sum()),
            *_value(note, index, place),
            *_words(note, place),
            *(float(note.segments[at].section is section) for section in SectionKind),
        )


def _scores(
    place: Place, column: int, done: Floats, best: Floats, reading: Reading
) -> tuple[float, ...]:
    """What the reader says of one family, beside what it says of the others."""
    at, owner = place.segment, place.owners[column]
    earlier, later = done[max(0, at - 4) : at, column], done[at + 1 : at + 5, column]
    return tuple(
        float(score)
        for score in (
            owner,
            owner / max(float(place.owners.sum()), 1e-4),
            (place.owners > owner).sum(),
            owner >= place.owners.max(),
            place.own[column],
            np.delete(place.own, column).max(),
            place.own[column] >= place.own.max(),
            place.row[column],
            np.delete(place.row, column).max(),
            place.row[column] >= place.row.max(),
            place.above[column],
            place.below[column],
            earlier.max(initial=0.0),
            later.max(initial=0.0),
            best[column],
            (best > best[column]).sum(),
            reading.segments[at, _WIDTH + column],
            1.0 - float(place.owners.sum()),
        )
    )


def _named(place: Place, family: str) -> tuple[float, ...]:
    """Where the words near the duration name or describe the family."""
    start, end = place.duration.span.start, place.duration.span.end
    left = [hit for hit in place.line_hits if hit.span.end <= start]
    right = [hit for hit in place.line_hits if hit.span.start >= end]
    own_clause = [hit for hit in place.clause_hits if hit.family == family]
    own_line = [hit for hit in place.line_hits if hit.family == family]
    return tuple(
        float(fact)
        for fact in (
            any(hit.is_name for hit in own_clause),
            any(not hit.is_name for hit in own_clause),
            len(place.clause_hits) - len(own_clause),
            bool(left) and left[-1].family == family,
            bool(right) and right[0].family == family,
            bool(own_line),
            any(hit.is_name for hit in own_line),
            any(hit.family == family for hit in place.heading_hits),
            bool(place.heading_hits),
            family in place.codes,
            bool(place.codes),
            place.code_before == family,
            place.code_before is not None,
            bool(left) and left[-1].family == family and start - left[-1].span.end <= _NEAR,
            bool(right) and right[0].family == family and right[0].span.start - end <= _NEAR,
            place.has_units_after,
        )
    )


def _value(note: ParsedNote, index: int, place: Place) -> tuple[float, ...]:
    """What the number itself says: its size, and whether others repeat it or add up to it."""
    everyone, own = note.durations, note.durations[index]
    others = [d.minutes for d in everyone if d is not own]
    smaller = [
        d.minutes
        for d in everyone
        if d is not own and d.kind is not DurationKind.BARE and d.minutes < own.minutes
    ]
    inline = [
        i for i, d in enumerate(everyone) if place.line.start <= d.span.start < place.line.end
    ]
    return (
        _minutes(own.minutes),
        float(own.minutes < 5),
        float(own.minutes >= 25),
        float(not others),
        float(bool(others) and own.minutes >= max(others)),
        float(len(smaller) > 1 and sum(smaller) == own.minutes),
        float(_sums_up_those_before(note, index)),
        float(own.minutes in others),
        float(min(len(inline), 5)),
        float(inline.index(index) if index in inline else 0),
        float(len(everyone)),
        index / len(everyone),
        float(sum(d.kind is DurationKind.CLOCK for d in everyone) > 1),
        float(sum(d.kind is own.kind for d in everyone)),
        *(float(own.kind is kind) for kind in DurationKind),
    )


def _sums_up_those_before(note: ParsedNote, index: int) -> bool:
    """Whether two or more durations just before this one add up to it."""
    total = 0
    for count, earlier in enumerate(reversed(note.durations[max(0, index - 6) : index]), start=1):
        total += earlier.minutes
        if count > 1 and total == note.durations[index].minutes:
            return True
    return False


def _words(note: ParsedNote, place: Place) -> tuple[float, ...]:
    """Telling words close by on the line."""
    span = place.duration.span
    left = note.text[place.line.start : span.start].lower()
    right = note.text[span.end : place.line.end].lower()
    before, after = _WORD.findall(left)[-4:], _WORD.findall(right)[:4]
    return tuple(
        float(fact)
        for fact in (
            *(word in before for word in _TELLING),
            *(word in after for word in _TELLING),
            "total" in left or "total" in right,
            "timed" in left or "timed" in right,
            not left.strip(),
            not right.strip(),
        )
    )


def _touches(hit: Span, duration: Span) -> bool:
    """Whether a service is named right before or right after the minutes."""
    return 0 <= duration.start - hit.end <= _NEAR or 0 <= hit.start - duration.end <= _NEAR


def _covers(span: Span | None, duration: Duration) -> bool:
    return span is not None and span.overlaps(duration.span)


def _minutes(minutes: int) -> float:
    return min(minutes, 120) / 60

"""Each duration where it stands: its line and clause, what they name, what is read of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from model.codes.procedures import find
from model.extract.features import clause_of, line_of, segment_at
from model.extract.lexicon import Hit, family_of, hits
from model.extract.reading import FAMILIES, Floats, Reading
from model.records import Discipline, Duration, ParsedNote, Span

# A family of another discipline's needs this much less to be believed.
_FOREIGN = 0.05
_WIDTH = len(FAMILIES)
NOBODY = np.zeros(_WIDTH, np.float32)
_CODE = re.compile(r"\b(?:9\d{4}|G0\d{3})\b")
# A code right before the minutes, with nothing but its modifiers or units between.
_CODE_BEFORE = re.compile(
    r"\b(9\d{4}|G0\d{3})(?:[ ,-]*(?:G[PON]|C[QO]|KX|59|X[ESPU]))*"
    r"\W*(?:[x\u00d7]\s?\d\W*|\d ?u\w*\W*)?\Z"
)
_UNITS_AFTER = re.compile(r"\W{0,12}[1-6]\b(?!\d|[.:/])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A duration where it stands: its line and clause, what they name, what the reader says.

    Attributes:
        code_before: Family of the code written right before the duration.
        has_units_after: Whether a number of units follows on the line.
        own, row, above, below: Chance of each family to be given in the duration's segment, on
            its whole line, in the segments just before and just after.
        owners: Chance of each family to own the duration, from the reader.
    """

    duration: Duration
    segment: int
    line: Span
    clause_hits: Sequence[Hit]
    line_hits: Sequence[Hit]
    heading_hits: Sequence[Hit]
    codes: frozenset[str]
    code_before: str | None
    has_units_after: bool
    own: Floats
    row: Floats
    above: Floats
    below: Floats
    owners: Floats


@cache
def timed_families() -> frozenset[str]:
    """Families whose units follow minutes."""
    return frozenset(f for f in FAMILIES if (p := find(f)) is not None and p.timed)


def is_given_by(discipline: Discipline | None, family: str) -> bool:
    """Whether the discipline, where it is known, may give the family."""
    procedure = find(family)
    return discipline is None or procedure is None or discipline in procedure.disciplines


@cache
def weights(discipline: Discipline | None) -> Floats:
    """Shape ``(families,)``: 1, or little for the families of other disciplines."""
    return np.asarray(
        [1.0 if is_given_by(discipline, family) else _FOREIGN for family in FAMILIES],
        np.float32,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A note as its durations see it.

    Attributes:
        done: Chance of each family in each segment, weighed for the discipline.
        best: Chance of each family anywhere.
        places: Where each duration stands, in text order.
    """

    done: Floats
    best: Floats
    places: tuple[Place, ...]


def scene(note: ParsedNote, reading: Reading, discipline: Discipline | None) -> Scene:
    """What the linker looks at in ``note``."""
    done = reading.segments[:, :_WIDTH] * weights(discipline)
    return Scene(
        done=done,
        best=done.max(axis=0) if len(done) else NOBODY,
        places=tuple(_places(note, reading, done, discipline)),
    )


def _places(
    note: ParsedNote, reading: Reading, done: Floats, discipline: Discipline | None
) -> Iterator[Place]:
    index_of = {segment.span: index for index, segment in enumerate(note.segments)}
    rows = [segment.row for segment in note.segments]
    for number, duration in enumerate(note.durations):
        segment = segment_at(note, duration.span.start) or note.segments[0]
        at = index_of[segment.span]
        line = line_of(note.text, duration.span.start)
        same = [i for i, row in enumerate(rows) if row == segment.row]
        before = _CODE_BEFORE.search(note.text, line.start, duration.span.start)
        yield Place(
            duration=duration,
            segment=at,
            line=line,
            clause_hits=hits(note.text, clause_of(note, duration)),
            line_hits=hits(note.text, line),
            heading_hits=hits(segment.heading, Span(0, len(segment.heading)))
            if segment.heading
            else (),
            codes=frozenset(map(family_of, _CODE.findall(line.of(note.text)))),
            code_before=family_of(before[1]) if before else None,
            has_units_after=bool(_UNITS_AFTER.match(note.text, duration.span.end, line.end)),
            own=done[at],
            row=done[same].max(axis=0),
            above=done[at - 1] if at else NOBODY,
            below=done[at + 1] if at + 1 < len(done) else NOBODY,
            owners=reading.durations[number, :_WIDTH] * weights(discipline),
        )

"""Plain numbers for the encoder's heads beside the words. Shared by training and serving."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from model.extract.features import clause_of, line_of, segment_at
from model.extract.lexicon import families, hits
from model.records import Discipline, Duration, DurationKind, NoteKind, ParsedNote, SectionKind

Floats = npt.NDArray[np.float32]

_FAMILIES = {family: index for index, family in enumerate(families())}
_SECTIONS = {kind: index for index, kind in enumerate(SectionKind)}
_KINDS = {kind: index for index, kind in enumerate(DurationKind)}
_DISCIPLINES = {discipline: index for index, discipline in enumerate(Discipline)}
_NOTE_KINDS = {kind: index for index, kind in enumerate(NoteKind)}
CONTEXT_WIDTH = len(_DISCIPLINES) + len(_NOTE_KINDS)
SEGMENT_WIDTH = 2 * len(_FAMILIES) + len(_SECTIONS) + 2 + CONTEXT_WIDTH
_VALUE_WIDTH = 9
DURATION_WIDTH = len(_KINDS) + _VALUE_WIDTH + 3 * len(_FAMILIES) + len(_SECTIONS)


def context_inputs(discipline: Discipline | None, note_kind: NoteKind | None) -> Floats:
    """Shape ``(CONTEXT_WIDTH,)``; zeros where the EHR did not say."""
    row = np.zeros(CONTEXT_WIDTH, np.float32)
    if discipline is not None:
        row[_DISCIPLINES[discipline]] = 1
    if note_kind is not None:
        row[len(_DISCIPLINES) + _NOTE_KINDS[note_kind]] = 1
    return row


def segment_inputs(note: ParsedNote, context: Floats) -> Floats:
    """Shape ``(segments, SEGMENT_WIDTH)``."""
    rows = np.zeros((len(note.segments), SEGMENT_WIDTH), np.float32)
    for index, segment in enumerate(note.segments):
        row, width = rows[index], len(_FAMILIES)
        for hit in hits(note.text, segment.span):
            row[_FAMILIES[hit.family] + (0 if hit.is_name else width)] = 1
        row[2 * width + _SECTIONS[segment.section]] = 1
        row[2 * width + len(_SECTIONS)] = index == 0
        row[2 * width + len(_SECTIONS) + 1] = index / len(note.segments)
        row[-CONTEXT_WIDTH:] = context
    return rows


def duration_inputs(note: ParsedNote) -> Floats:
    """Shape ``(durations, DURATION_WIDTH)``."""
    rows = np.zeros((len(note.durations), DURATION_WIDTH), np.float32)
    for index, duration in enumerate(note.durations):
        rows[index] = np.concatenate(
            [
                _one_hot(_KINDS[duration.kind], len(_KINDS)),
                _value(note, duration),
                *_hits(note, duration),
                _section(note, duration),
            ]
        )
    return rows


def _one_hot(index: int, width: int) -> Floats:
    row = np.zeros(width, np.float32)
    row[index] = 1
    return row


def _section(note: ParsedNote, duration: Duration) -> Floats:
    segment = segment_at(note, duration.span.start)
    kind = segment.section if segment else SectionKind.NONE
    return _one_hot(_SECTIONS[kind], len(_SECTIONS))


def _value(note: ParsedNote, duration: Duration) -> Floats:
    """What the number itself says: its size, and whether others repeat it or add up to it."""
    others = [d.minutes for d in note.durations if d is not duration]
    sure = [
        d.minutes for d in note.durations if d is not duration and d.kind is not DurationKind.BARE
    ]
    smaller = [m for m in sure if m < duration.minutes]
    line = line_of(note.text, duration.span.start)
    inline = sum(line.start <= d.span.start < line.end for d in note.durations)
    return np.asarray(
        [
            min(duration.minutes, 120) / 60,
            duration.minutes < 5,
            duration.minutes >= 25,
            not others,
            bool(others) and duration.minutes >= max(others),
            len(smaller) > 1 and sum(smaller) == duration.minutes,
            duration.minutes in others,
            min(inline, 4) / 4,
            sum(d.kind is DurationKind.CLOCK for d in note.durations) > 1,
        ],
        np.float32,
    )


def _hits(note: ParsedNote, duration: Duration) -> Iterable[Floats]:
    """Families named in the duration's clause, and the nearest to its left and right."""
    line = line_of(note.text, duration.span.start)
    found = hits(note.text, line)
    left = [hit for hit in found if hit.span.end <= duration.span.start][-1:]
    right = [hit for hit in found if hit.span.start >= duration.span.end][:1]
    for group in (hits(note.text, clause_of(note, duration)), left, right):
        row = np.zeros(len(_FAMILIES), np.float32)
        for hit in group:
            row[_FAMILIES[hit.family]] = 1
        yield row

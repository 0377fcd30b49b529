"""Which services the note describes, in whose hands, with which minutes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from model.extract.assignment import Assignment, assign
from model.extract.candidates import owners_of, segments_of
from model.extract.features import line_of, segment_at
from model.extract.line_features import Candidate
from model.extract.people import giver_in
from model.extract.places import timed_families, weights
from model.extract.reading import DURATION_LABELS, FAMILIES, Floats, Reading
from model.records import Duration, Encounter, Giver, ParsedNote, Span
from model.records.facts import Assertion, Service

Kept = tuple[Candidate, float]
"""A candidate that the line gate keeps, and its confidence."""


def link(
    note: ParsedNote, scores: Floats, given: frozenset[str] = frozenset()
) -> tuple[Assignment, ...]:
    """The likeliest assignments of the note's durations by the linker's scores, best first.

    ``given`` are timed families that are known to be given: each wants minutes of its own.
    """
    return assign(note.durations, scores, timed_families(), note.stated_lines, given)


def dealt_again(
    note: ParsedNote, reading: Reading, scores: Floats, kept: Sequence[Kept], encounter: Encounter
) -> tuple[tuple[Assignment, ...], list[Kept]]:
    """The minutes dealt out once more among the services that are ``kept``, best deal first.

    Each timed one of them wants minutes of its own; which services there are stays as it was.
    """
    families = (candidate.family for candidate, _ in kept)
    assignments = link(note, scores, timed_families().intersection(families))
    done = reading.segments[:, : len(FAMILIES)] * weights(encounter.discipline)
    owners = owners_of(assignments[0])
    return assignments, [
        (_with_durations(note, candidate, done, owners.get(candidate.family, ())), confidence)
        for candidate, confidence in kept
    ]


def _with_durations(
    note: ParsedNote, candidate: Candidate, done: Floats, places: tuple[int, ...]
) -> Candidate:
    chances = done[:, FAMILIES.index(candidate.family)]
    return replace(candidate, durations=places, segments=segments_of(note, chances, places))


# A duration is nobody's only when the reader is this sure of it.
_SURELY_NONE = 0.85


def services(
    note: ParsedNote,
    reading: Reading,
    kept: Sequence[Kept],
    encounter: Encounter,
    main_giver: Giver,
) -> tuple[Service, ...]:
    """The kept candidates as performed services, split by who gave them, in text order."""
    found = [
        service
        for candidate, confidence in kept
        for service in _given(note, reading, candidate, confidence, main_giver)
    ]
    return tuple(sorted(found, key=lambda service: (service.evidence[0], service.code)))


def _given(
    note: ParsedNote, reading: Reading, candidate: Candidate, confidence: float, main: Giver
) -> Iterator[Service]:
    evidence = tuple(note.segments[index].span for index in candidate.segments)
    by: dict[Giver, list[int]] = {}
    for place in candidate.durations:
        by.setdefault(_giver(note, reading, note.durations[place].span, main), []).append(place)
    if not by:
        by[_giver(note, reading, evidence[0], main)] = []
    for giver, places in by.items():
        own = tuple(note.durations[place].span for place in places)
        yield Service(
            code=candidate.family,
            assertion=Assertion.PERFORMED,
            giver=giver,
            evidence=evidence,
            minutes=sum(note.durations[place].minutes for place in places) if places else None,
            minutes_evidence=own,
            confidence=confidence,
        )


def _giver(note: ParsedNote, reading: Reading, at: Span, main: Giver) -> Giver:
    """Who gave what stands at ``at``: the row's own words, else the reader, else who signs."""
    line = line_of(note.text, at.start)
    named = giver_in(line.of(note.text))
    if named is not None:
        return named
    segment = segment_at(note, at.start)
    if segment is not None:
        index = note.segments.index(segment)
        for giver in (Giver.AIDE, Giver.ASSISTANT):
            if reading.of(f"by:{giver}")[index] >= 0.6:
                return giver
    return main


def unclaimed(note: ParsedNote, assignment: Assignment, scores: Floats) -> tuple[Duration, ...]:
    """Durations that look like treatment time and belong to no service."""
    none = DURATION_LABELS.index("none")
    return tuple(
        duration
        for duration, label, row in zip(note.durations, assignment.labels, scores, strict=True)
        if label == "none" and row[none] < _SURELY_NONE
    )

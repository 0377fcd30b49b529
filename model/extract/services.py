"""Which services the note describes, in whose hands, with which minutes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.codes.procedures import find
from model.extract.assignment import Assignment, assign
from model.extract.features import line_of, segment_at
from model.extract.lexicon import family_of, hits
from model.extract.people import giver_in
from model.extract.places import timed_families, weights
from model.extract.reading import DURATION_LABELS, FAMILIES, Floats, Reading
from model.records import Duration, Encounter, Giver, NoteKind, ParsedNote, Span
from model.records.facts import Assertion, Service

_EVALUATIONS = frozenset(
    {"97161", "97165", "97164", "97168", "92521", "92522", "92523", "92524", "92610"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A family that may have been given today, and what speaks for it.

    Attributes:
        durations: Indices of the durations assigned to it.
        segments: Indices of the segments that describe it, likeliest first.
        features: What the line gate weighs; see ``feature_names``.
    """

    family: str
    durations: tuple[int, ...]
    segments: tuple[int, ...]
    features: tuple[float, ...]


Kept = tuple[Candidate, float]
"""A candidate that the line gate keeps, and its confidence."""


def link(
    note: ParsedNote, scores: Floats, given: frozenset[str] = frozenset()
) -> tuple[Assignment, ...]:
    """The likeliest assignments of the note's durations by the linker's scores, best first.

    ``given`` are timed families that are known to be given: each wants minutes of its own.
    """
    return assign(note.durations, scores, timed_families(), note.stated_lines, given)


def candidates(
    note: ParsedNote,
    reading: Reading,
    scores: Floats,
    assignment: Assignment,
    encounter: Encounter,
) -> tuple[Candidate, ...]:
    """Every family with any support, in the order of ``FAMILIES``.

    ``scores`` are the linker's, from which ``assignment`` was made.
    """
    done = reading.segments[:, : len(FAMILIES)] * weights(encounter.discipline)
    found = []
    owners = _owners(assignment)
    for column, family in enumerate(FAMILIES):
        chances = done[:, column] if len(done) else np.zeros(0, np.float32)
        places = owners.get(family, ())
        if (len(chances) and chances.max() >= _CONSIDERED) or places:
            found.append(
                Candidate(
                    family=family,
                    durations=places,
                    segments=_segments(note, chances, places),
                    features=(),
                )
            )
    return tuple(
        replace(
            candidate, features=_features(candidate, found, note, reading, scores, done, encounter)
        )
        for candidate in found
    )


def dealt_again(
    note: ParsedNote, reading: Reading, scores: Floats, kept: Sequence[Kept], encounter: Encounter
) -> tuple[tuple[Assignment, ...], list[Kept]]:
    """The minutes dealt out once more among the services that are ``kept``, best deal first.

    Each timed one of them wants minutes of its own; which services there are stays as it was.
    """
    families = (candidate.family for candidate, _ in kept)
    assignments = link(note, scores, timed_families().intersection(families))
    done = reading.segments[:, : len(FAMILIES)] * weights(encounter.discipline)
    owners = _owners(assignments[0])
    return assignments, [
        (_with_durations(note, candidate, done, owners.get(candidate.family, ())), confidence)
        for candidate, confidence in kept
    ]


def _with_durations(
    note: ParsedNote, candidate: Candidate, done: Floats, places: tuple[int, ...]
) -> Candidate:
    chances = done[:, FAMILIES.index(candidate.family)]
    return replace(candidate, durations=places, segments=_segments(note, chances, places))


_CONSIDERED = 0.01
# A duration is nobody's only when the reader is this sure of it.
_SURELY_NONE = 0.85


def _owners(assignment: Assignment) -> Mapping[str, tuple[int, ...]]:
    owners: dict[str, tuple[int, ...]] = {}
    for index, label in enumerate(assignment.labels):
        if label not in ("timed", "total", "none", "again"):
            owners[label] = (*owners.get(label, ()), index)
    return owners


def _segments(note: ParsedNote, scores: Floats, places: Sequence[int]) -> tuple[int, ...]:
    likeliest = [int(i) for i in np.argsort(-scores, kind="stable")[:4] if scores[int(i)] >= 0.3]
    if not likeliest:
        likeliest = [int(scores.argmax())] if len(scores) else []
    if places and scores[likeliest[0]] < 0.3:
        # The minutes themselves speak for the service: their own line comes first.
        spans = {note.durations[place].span.start for place in places}
        own = [
            i
            for i, s in enumerate(note.segments)
            if any(s.span.start <= at < s.span.end for at in spans)
        ]
        return tuple(dict.fromkeys((*own, *likeliest)))[:4]
    return tuple(likeliest)


def feature_names() -> tuple[str, ...]:
    """What each number of ``Candidate.features`` is."""
    return (
        "done_max", "done_second", "done_share", "segments_likely", "mention_max", "duration_max",
        "has_minutes", "minutes", "is_timed", "any_minutes", "timed_with_minutes", "rivals_above",
        "is_stated", "is_stated_with_units", "any_stated", "named", "is_allowed", "is_evaluation",
        "note_is_evaluation", "note_is_discharge", "not_done_max", "segments", "discipline_known",
        "stated_coverage",
    )  # fmt: skip


def _features(
    own: Candidate,
    everyone: Sequence[Candidate],
    note: ParsedNote,
    reading: Reading,
    linked: Floats,
    done: Floats,
    encounter: Encounter,
) -> tuple[float, ...]:
    column = FAMILIES.index(own.family)
    scores = np.sort(done[:, column])[::-1] if len(done) else np.zeros(1, np.float32)
    best = done.max(axis=0) if len(done) else np.zeros(len(FAMILIES), np.float32)
    stated = {family_of(line.code): line for line in note.stated_lines}
    timed = timed_families()
    timed_candidates = [c for c in everyone if c.family in timed]
    with_minutes = [c for c in timed_candidates if c.durations]
    mention = reading.of(f"fam:{own.family}")
    top = own.segments[0] if own.segments else 0
    not_done = (
        max(
            (
                float(reading.of(f"as:{a}")[top])
                for a in ("historical", "home", "negated", "other", "planned")
            ),
            default=0.0,
        )
        if len(note.segments)
        else 0.0
    )
    procedure = find(own.family)
    allowed = (
        encounter.discipline is None
        or procedure is None
        or encounter.discipline.value in procedure.disciplines
    )
    chances = linked[:, column] if len(linked) else np.zeros(1, np.float32)
    line = stated.get(own.family)
    return (
        float(scores[0]),
        float(scores[1]) if len(scores) > 1 else 0.0,
        float(scores[0] / max(float(best.sum()), 1e-6)),
        float((scores >= 0.5).sum()),
        float(mention.max()) if len(mention) else 0.0,
        float(chances.max()),
        float(bool(own.durations)),
        min(sum(note.durations[i].minutes for i in own.durations), 120) / 60,
        float(own.family in timed),
        float(bool(with_minutes)),
        len(with_minutes) / max(len(timed_candidates), 1),
        float((best > scores[0]).sum()),
        float(line is not None),
        float(line is not None and line.units is not None),
        float(bool(stated)),
        float(
            sum(
                hit.is_name
                for s in note.segments
                for hit in hits(note.text, s.span)
                if hit.family == own.family
            )
        ),
        float(allowed),
        float(own.family in _EVALUATIONS),
        float(encounter.note_kind in {NoteKind.EVALUATION, NoteKind.REEVALUATION}),
        float(encounter.note_kind is NoteKind.DISCHARGE),
        not_done,
        len(note.segments) / 40,
        float(encounter.discipline is not None),
        sum(c.family in stated for c in everyone) / max(len(everyone), 1),
    )


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

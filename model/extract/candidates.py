"""Families that may have been given today."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from model.extract.assignment import Assignment
from model.extract.line_features import (
    EVALUATING,
    Candidate,
    features,
    lexicon_evidence,
    undone_chances,
    visit_evidence,
)
from model.extract.places import is_given_by, weights
from model.extract.reading import FAMILIES, Floats, Reading
from model.records import Encounter, ParsedNote

# What a PT or OT bills for an evaluation; the others are told apart by what was tested.
_FIRST_VISIT = frozenset({"97161", "97165"})
# A family needs this chance somewhere, or a name in the lexicon, to be thought of.
_CONSIDERED = 0.01


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
    is_evaluation = encounter.note_kind in EVALUATING
    owners = owners_of(assignment)
    undone = undone_chances(reading)
    spoken = lexicon_evidence(note, undone)
    for column, family in enumerate(FAMILIES):
        chances = done[:, column] if len(done) else np.zeros(0, np.float32)
        places = owners.get(family, ())
        named = spoken[family][0] > 0
        expected = (
            is_evaluation and family in _FIRST_VISIT and is_given_by(encounter.discipline, family)
        )
        if (len(chances) and (named or expected or chances.max() >= _CONSIDERED)) or places:
            found.append(
                Candidate(
                    family=family,
                    durations=places,
                    segments=segments_of(note, chances, places),
                    features=(),
                )
            )
    visit = visit_evidence(reading)
    return tuple(
        replace(
            candidate,
            features=(
                *features(candidate, found, note, reading, undone, scores, done, encounter),
                *visit,
                *spoken[candidate.family],
            ),
        )
        for candidate in found
    )


def owners_of(assignment: Assignment) -> Mapping[str, tuple[int, ...]]:
    """The durations of each family, by family."""
    owners: dict[str, tuple[int, ...]] = {}
    for index, label in enumerate(assignment.labels):
        if label not in ("timed", "total", "none", "again"):
            owners[label] = (*owners.get(label, ()), index)
    return owners


def segments_of(note: ParsedNote, scores: Floats, places: Sequence[int]) -> tuple[int, ...]:
    """The segments that speak for a family, likeliest first; ``scores`` is one for each."""
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

"""Families that may have been given today, and what speaks for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.codes.procedures import find
from model.extract.assignment import Assignment
from model.extract.lexicon import family_of, hits
from model.extract.places import timed_families, weights
from model.extract.reading import FAMILIES, Floats, Reading
from model.records import Encounter, NoteKind, ParsedNote

_EVALUATIONS = frozenset(
    {"97161", "97165", "97164", "97168", "92521", "92522", "92523", "92524", "92610"}
)
_GROUPS = frozenset({"97150", "92508"})
# A family needs this chance somewhere, or a name in the lexicon, to be thought of.
_CONSIDERED = 0.01
_NOT_DONE = ("historical", "home", "negated", "other", "planned")


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
    owners = owners_of(assignment)
    undone = undone_chances(reading)
    spoken = lexicon_evidence(note, undone)
    for column, family in enumerate(FAMILIES):
        chances = done[:, column] if len(done) else np.zeros(0, np.float32)
        places = owners.get(family, ())
        named = spoken[family][0] > 0
        if (len(chances) and (named or chances.max() >= _CONSIDERED)) or places:
            found.append(
                Candidate(
                    family=family,
                    durations=places,
                    segments=segments_of(note, chances, places),
                    features=(),
                )
            )
    return tuple(
        replace(
            candidate,
            features=(
                *_features(candidate, found, note, reading, undone, scores, done, encounter),
                *spoken[candidate.family],
            ),
        )
        for candidate in found
    )


def undone_chances(reading: Reading) -> Floats:
    """For each segment how surely what it tells was not given today to this patient."""
    chances = [reading.of(f"as:{assertion}") for assertion in _NOT_DONE]
    return np.asarray(np.max(chances, axis=0), np.float32)


def lexicon_evidence(note: ParsedNote, undone: Floats) -> Mapping[str, tuple[float, float, float]]:
    """How surely the lexicon's words for each family stand where something was done today.

    For each family, over the segments: the likeliest one that names it, the likeliest one that
    describes it, and the likeliest one that describes it and no other family.
    """
    found = dict.fromkeys(FAMILIES, (0.0, 0.0, 0.0))
    for segment, chance in zip(note.segments, 1 - undone, strict=True):
        own = hits(note.text, segment.span)
        alone = len({hit.family for hit in own}) == 1
        for hit in own:
            if hit.family in found:
                named, described, only = found[hit.family]
                found[hit.family] = (
                    max(named, float(chance)) if hit.is_name else named,
                    described if hit.is_name else max(described, float(chance)),
                    max(only, float(chance)) if alone else only,
                )
    return found


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


def feature_names() -> tuple[str, ...]:
    """What each number of ``Candidate.features`` is."""
    return (
        "done_max", "done_second", "done_share", "segments_likely", "mention_max", "duration_max",
        "has_minutes", "minutes", "is_timed", "any_minutes", "timed_with_minutes", "rivals_above",
        "is_stated", "is_stated_with_units", "any_stated", "named", "is_allowed", "is_evaluation",
        "note_is_evaluation", "note_is_discharge", "not_done_max", "segments", "discipline_known",
        "stated_coverage", "group_told", "group_here", "is_group",
        "named_done", "described_done", "described_alone",
    )  # fmt: skip


def _features(
    own: Candidate,
    everyone: Sequence[Candidate],
    note: ParsedNote,
    reading: Reading,
    undone: Floats,
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
    group = reading.of("el:group")
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
        float(undone[top]) if len(undone) else 0.0,
        len(note.segments) / 40,
        float(encounter.discipline is not None),
        sum(c.family in stated for c in everyone) / max(len(everyone), 1),
        float(group.max(initial=0.0)),
        float(group[max(0, top - 1) : top + 2].max(initial=0.0)),
        float(own.family in _GROUPS),
    )

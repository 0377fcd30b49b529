"""What speaks for each family that may have been given, as plain numbers for the line gate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.extract.lexicon import family_of, hits
from model.extract.places import is_given_by, timed_families
from model.extract.reading import FAMILIES, Floats, Reading
from model.records import Encounter, NoteKind, ParsedNote

EVALUATING = frozenset({NoteKind.EVALUATION, NoteKind.REEVALUATION})
_EVALUATIONS = frozenset(
    {"97161", "97165", "97164", "97168", "92521", "92522", "92523", "92524", "92610"}
)
_EVALUATED = ("plof", "history", "deficit", "measure", "goal", "potential", "freq", "plan")
_TREATED = ("response", "skilled", "progress")
_GROUPS = frozenset({"97150", "92508"})
_LIKELY = 0.3
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


def feature_names() -> tuple[str, ...]:
    """What each number of ``Candidate.features`` is."""
    return (
        "done_max", "done_second", "done_share", "segments_likely", "mention_max", "duration_max",
        "has_minutes", "minutes", "is_timed", "any_minutes", "timed_with_minutes", "rivals_above",
        "is_stated", "is_stated_with_units", "any_stated", "named", "is_allowed", "is_evaluation",
        "note_is_evaluation", "note_is_discharge", "not_done_max", "segments", "discipline_known",
        "stated_coverage", "group_told", "group_here", "is_group",
        "lead_here", "best_lead", "leads",
        "evaluated", "treated",
        "named_done", "described_done", "described_alone",
    )  # fmt: skip


def features(
    own: Candidate,
    everyone: Sequence[Candidate],
    note: ParsedNote,
    reading: Reading,
    undone: Floats,
    linked: Floats,
    done: Floats,
    encounter: Encounter,
) -> tuple[float, ...]:
    """The numbers ``feature_names`` tells, but for those of the whole visit and of the lexicon.

    Args:
        own: The candidate.
        everyone: All candidates of the note.
        note: The note.
        reading: What was read in it.
        undone: For each segment how surely it tells of nothing given today.
        linked: The linker's scores.
        done: For each segment and family how surely it was given.
        encounter: The visit.
    """
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
        float(is_given_by(encounter.discipline, own.family)),
        float(own.family in _EVALUATIONS),
        float(encounter.note_kind in EVALUATING),
        float(encounter.note_kind is NoteKind.DISCHARGE),
        float(undone[top]) if len(undone) else 0.0,
        len(note.segments) / 40,
        float(encounter.discipline is not None),
        sum(c.family in stated for c in everyone) / max(len(everyone), 1),
        float(group.max(initial=0.0)),
        float(group[max(0, top - 1) : top + 2].max(initial=0.0)),
        float(own.family in _GROUPS),
        *_leads(done, column),
    )


def _leads(done: Floats, column: int) -> tuple[float, float, float]:
    """How far a family is ahead of all others: where it is likeliest, at most, and how often."""
    if not len(done):
        return 0.0, 0.0, 0.0
    own, others = done[:, column], np.delete(done, column, axis=1).max(axis=1)
    ahead = own - others
    leads = ((ahead >= 0) & (own >= _LIKELY)).sum()
    return float(ahead[own.argmax()]), float(ahead.max()), float(leads)


def visit_evidence(reading: Reading) -> tuple[float, float]:
    """How surely, on average, the note tells what an evaluation does, and what a treatment does."""
    evaluated, treated = (
        float(np.mean([reading.of(f"el:{name}").max(initial=0.0) for name in elements]))
        for elements in (_EVALUATED, _TREATED)
    )
    return evaluated, treated

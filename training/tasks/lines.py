"""The line gate's candidates, and what the corpus teaches of families before a note is read."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.checking import last_covered_day
from model.extract.candidates import candidates
from model.extract.encounter import complete
from model.extract.lexicon import family_of
from model.extract.line_features import Candidate
from model.extract.line_prior import LinePrior
from model.extract.reading import Floats, Reading
from model.extract.services import link
from model.records import ParsedNote
from training.corpus import LabeledNote
from training.encounters import encounter_of
from training.tasks.gates import Rows


@dataclass(frozen=True, slots=True)
class Considered:
    """A note with the families that may have been given in it, and those that were."""

    note: LabeledNote
    candidates: tuple[Candidate, ...]
    given: frozenset[str]


def considered(
    notes: Sequence[LabeledNote],
    parsed: Sequence[ParsedNote],
    read: Mapping[str, Reading],
    linked: Mapping[str, Floats],
) -> list[Considered]:
    """Every therapist's note with its candidates; others' are refused before the gate is asked.

    ``linked`` holds the scores of a linker that never saw the note's style, by note id.
    """
    found = []
    for note, own in zip(notes, parsed, strict=True):
        if note.is_therapists:
            known = complete(encounter_of(note), own, fallback=last_covered_day()).encounter
            scores = linked[note.id]
            assignment, *_ = link(own, scores)
            thought_of = candidates(own, read[note.id], scores, assignment, known)
            given = frozenset(family_of(line.code) for line in note.lines)
            found.append(Considered(note, thought_of, given))
    return found


def rows(notes: Sequence[Considered]) -> Rows:
    """Every candidate of every note, right when the note's claim has it.

    Each is weighed by what the other styles teach of its family.
    """
    whole = _counts(notes)
    features, right, owners = [], [], []
    for style in sorted({own.note.style for own in notes}):
        these = [own for own in notes if own.note.style == style]
        named, given = _counts(these)
        others = LinePrior(whole[0] - named, whole[1] - given)
        for own in these:
            for candidate in own.candidates:
                features.append((*candidate.features, *others.rates(candidate.family)))
                right.append(candidate.family in own.given)
                owners.append(own.note.id)
    return Rows(np.asarray(features, np.float32), np.asarray(right, np.int64), tuple(owners))


def prior(notes: Iterable[Considered]) -> LinePrior:
    """What all ``notes`` teach."""
    return LinePrior(*map(dict, _counts(notes)))


def _counts(notes: Iterable[Considered]) -> tuple[Counter[str], Counter[str]]:
    """How often each family was a candidate, and how often one that was given."""
    named: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for own in notes:
        families = {candidate.family for candidate in own.candidates}
        named.update(families)
        given.update(families & own.given)
    return named, given

"""What the models must beat: the commonest claim, and a reader of keywords."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from model.extract.lexicon import hits
from model.extract.reading import COLUMN, DURATION_LABELS, SEGMENT_LABELS, Reading
from model.records import ParsedNote
from training.corpus import LabeledNote
from training.folds import FOLDS, fold_of
from training.score import Draft

_NAMED, _DESCRIBED = 0.9, 0.4


def keyword_reading(note: ParsedNote) -> Reading:
    """Scores by the lexicon alone: a service is given where it is named, perhaps where described.

    Minutes belong to what their segment names.
    """
    segments = np.full((len(note.segments), len(SEGMENT_LABELS)), 0.001, np.float32)
    durations = np.full((len(note.durations), len(DURATION_LABELS)), 0.001, np.float32)
    for row, segment in enumerate(note.segments):
        for hit in hits(note.text, segment.span):
            chance = _NAMED if hit.is_name else _DESCRIBED
            for label in (f"do:{hit.family}", f"fam:{hit.family}"):
                segments[row, COLUMN[label]] = max(segments[row, COLUMN[label]], chance)
            for index, duration in enumerate(note.durations):
                if segment.span.overlaps(duration.span):
                    column = DURATION_LABELS.index(hit.family)
                    durations[index, column] = max(durations[index, column], chance)
    durations[:, -1] = np.maximum(durations[:, -1], 0.05)
    return Reading(segments=segments, durations=durations / durations.sum(axis=1, keepdims=True))


def commonest_claims(notes: Sequence[LabeledNote]) -> Mapping[str, Draft]:
    """For each note the commonest claim and diagnosis of its discipline in the other folds."""
    styles = sorted({note.style for note in notes})
    found: dict[str, Draft] = {}
    for fold in range(FOLDS):
        seen = [note for note in notes if fold_of(note.style, styles) != fold]
        for note in notes:
            if fold_of(note.style, styles) == fold:
                found[note.id] = _commonest(note, seen)
    return found


def _commonest(note: LabeledNote, seen: Sequence[LabeledNote]) -> Draft:
    alike = [n for n in seen if _discipline(n) == _discipline(note)] or list(seen)
    claims = Counter(
        tuple((line.code, line.units, line.modifiers) for line in n.lines) for n in alike
    )
    diagnoses = Counter(n.diagnoses[:1] for n in alike)
    (lines, _), (codes, _) = claims.most_common(1)[0], diagnoses.most_common(1)[0]
    return {
        "id": note.id,
        "lines": [{"code": c, "units": u, "modifiers": list(m)} for c, u, m in lines],
        "diagnoses": [{"code": code} for code in codes],
        "findings": [],
    }


def _discipline(note: LabeledNote) -> str | None:
    return note.encounter.get("discipline")

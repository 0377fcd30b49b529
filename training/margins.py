"""By how much one system beats another on the same notes: a paired bootstrap over notes."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from training.corpus import LabeledNote
from training.score import Draft, score

_COUNTS = ("code:tp", "code:fp", "code:fn", "line exact", "gold lines", "lines exact", "notes")
_ROUNDS = 2000
_SEED = 7

Counts = npt.NDArray[np.float64]


def _f1(counts: Counts) -> Counts:
    right, wrong, missed = counts[..., 0], counts[..., 1], counts[..., 2]
    return np.asarray(2 * right / np.maximum(2 * right + wrong + missed, 1))


def _lines(counts: Counts) -> Counts:
    return np.asarray(counts[..., 3] / np.maximum(counts[..., 4], 1))


def _claims(counts: Counts) -> Counts:
    return np.asarray(counts[..., 5] / np.maximum(counts[..., 6], 1))


MEASURES: Mapping[str, Callable[[Counts], Counts]] = {
    "procedure set F1": _f1,
    "line exact": _lines,
    "claim lines exact": _claims,
}


def margins(
    notes: Sequence[LabeledNote], made: Mapping[str, Draft], other: Mapping[str, Draft]
) -> Iterator[tuple[str, float, float, float]]:
    """Rows ``(measure, difference, low, high)``: ``made`` less ``other``, with a 95% interval."""
    own, others = _counts(notes, made), _counts(notes, other)
    drawn = np.random.default_rng(_SEED).integers(0, len(notes), (_ROUNDS, len(notes)))
    resampled = [np.stack([counts[rows].sum(axis=0) for rows in drawn]) for counts in (own, others)]
    for name, measure in MEASURES.items():
        whole = measure(own.sum(axis=0)) - measure(others.sum(axis=0))
        low, high = np.quantile(measure(resampled[0]) - measure(resampled[1]), (0.025, 0.975))
        yield name, float(whole), float(low), float(high)


def table(
    notes: Sequence[LabeledNote], made: Mapping[str, Mapping[str, Draft]], best: str
) -> Iterator[str]:
    """How far ``best`` is above each other system, as Markdown."""
    yield f"{best} less each other, the same notes drawn for both ({_ROUNDS} draws, 95%)."
    yield ""
    yield "| less | " + " | ".join(MEASURES) + " |"
    yield "| --- |" + " --- |" * len(MEASURES)
    for name in made:
        if name != best:
            rows = margins(notes, made[best], made[name])
            cells = (f"{by:+.3f} [{low:+.3f}, {high:+.3f}]" for _, by, low, high in rows)
            yield f"| {name} | " + " | ".join(cells) + " |"


def _counts(notes: Sequence[LabeledNote], made: Mapping[str, Draft]) -> Counts:
    """Shape ``(notes, len(_COUNTS))``."""
    each = (score([note], made).counts for note in notes)
    return np.asarray([[counts[name] for name in _COUNTS] for counts in each], np.float64)

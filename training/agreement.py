"""How well two labellers of the same notes agree, beyond chance and label by label."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score

from training.labellings import Labelling, Pair

_RESAMPLES, _SEED = 1000, 20261123
_CELLS = ((1, 1), (1, 0), (0, 1), (0, 0))
"""Whether the first and whether the second labeller gave a label."""

Totals = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One measure with its 95% interval.

    Attributes:
        value: Cohen's kappa, or a share in [0, 1].
        low: 2.5th percentile of the measure over resampled notes.
        high: 97.5th percentile of the same.
        of: What was judged: note and label pairs for a kappa, else notes or codes.
    """

    name: str
    value: float
    low: float
    high: float
    of: int

    def __str__(self) -> str:
        return f"{self.name:34} {self.value:.3f} [{self.low:.3f}, {self.high:.3f}] of {self.of}"


def agreement(pairs: Sequence[Pair]) -> list[Agreement]:
    """Every measure over ``pairs``, which are resampled whole: labels of one note hang together."""
    return [
        _kappa("procedures, Cohen's kappa", pairs, lambda own: own.codes),
        _share("procedure set exact", pairs, lambda a, b: [a.codes == b.codes]),
        _share("units exact (codes of both)", pairs, _same_units),
        _share("lines exact (units, modifiers)", pairs, lambda a, b: [a.billed == b.billed]),
        _share("first diagnosis exact", pairs, lambda a, b: [a.diagnoses[:1] == b.diagnoses[:1]]),
        _kappa("diagnoses, Cohen's kappa", pairs, lambda own: frozenset(own.diagnoses)),
        _share("diagnosis set exact", pairs, lambda a, b: [set(a.diagnoses) == set(b.diagnoses)]),
        _kappa("findings, Cohen's kappa", pairs, lambda own: own.findings),
        _share("findings exact", pairs, lambda a, b: [a.findings == b.findings]),
        _share("whole claim exact", pairs, _same_claim),
    ]


def _same_units(first: Labelling, second: Labelling) -> list[bool]:
    common = sorted(first.codes & second.codes)
    return [first.units(code) == second.units(code) for code in common]


def _same_claim(first: Labelling, second: Labelling) -> list[bool]:
    return [first.billed == second.billed and set(first.diagnoses) == set(second.diagnoses)]


def _share(
    name: str, pairs: Sequence[Pair], judged: Callable[[Labelling, Labelling], list[bool]]
) -> Agreement:
    counts = [(sum(same), len(same)) for same in (judged(a, b) for a, b in pairs)]
    return _measured(name, np.array(counts), _share_of, lambda total: total[1])


def _share_of(total: Totals) -> float:
    hits, judged = total
    return float(hits / judged) if judged else 1.0


def _kappa(
    name: str, pairs: Sequence[Pair], labels: Callable[[Labelling], frozenset[str]]
) -> Agreement:
    """Kappa of a label's presence, over every note and every label that either ever gave."""
    everything = frozenset[str]().union(*(labels(own) for pair in pairs for own in pair))
    counts = []
    for first, second in pairs:
        a, b = labels(first), labels(second)
        counts.append((len(a & b), len(a - b), len(b - a), len(everything - a - b)))
    return _measured(name, np.array(counts), _kappa_of, lambda total: total.sum())


def _kappa_of(cells: Totals) -> float:
    """Cohen's kappa; 1 where nothing differs, also where one answer alone leaves it undefined."""
    if not cells[1] and not cells[2]:
        return 1.0
    first, second = zip(*_CELLS, strict=True)
    return float(cohen_kappa_score(first, second, sample_weight=cells))


def _measured(
    name: str,
    counts: Totals,
    measure: Callable[[Totals], float],
    size: Callable[[Totals], int],
) -> Agreement:
    """``measure`` of the summed ``counts`` (a row a note), with its bootstrap interval."""
    chance = np.random.default_rng(_SEED)
    picks = chance.integers(0, len(counts), size=(_RESAMPLES, len(counts)))
    resampled = [measure(counts[pick].sum(axis=0)) for pick in picks]
    low, high = np.percentile(resampled, (2.5, 97.5))
    total = counts.sum(axis=0)
    return Agreement(
        name=name, value=measure(total), low=float(low), high=float(high), of=int(size(total))
    )

"""Look phrases up among every way we know to say a diagnosis."""

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from zlib import adler32, crc32

import numpy as np
import numpy.typing as npt

from model.extract.phrases import grams

Arrays = dict[str, npt.NDArray[np.generic]]
BUCKETS = 1 << 17
"""Grams are hashed: no vocabulary to ship, the same bucket on every machine."""


def bucket(gram: str) -> int:
    """The bucket of a gram."""
    return crc32(gram.encode("utf-8")) % BUCKETS


def fingerprint(phrase: Sequence[str]) -> int:
    """A whole saying as one number: 64 bits of its terms, in their order."""
    words = " ".join(phrase).encode("utf-8")
    return crc32(words) << 32 | adler32(words)


# Two phrases that share no word still share a hashed gram now and then.
_LEAST = 0.12
LONGEST_SAYING = 7
"""Terms of the longest saying that is looked for word by word."""


@dataclass(frozen=True, slots=True)
class Match:
    """A code some known saying of which resembles the phrase.

    Attributes:
        score: Cosine of the closest saying, weighted by how much its source is believed.
    """

    code: str
    score: float


class DiagnosisIndex:
    """The index, opened from an artifact's arrays."""

    def __init__(self, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
        self._starts = arrays["starts"].astype(np.int64)
        # Kept as steps of 16 bits from row to row, which wrap around.
        self._rows = np.cumsum(arrays["row_steps"], dtype=np.uint16).astype(np.int32)
        self._weights = arrays["weights"].astype(np.float32) / 255  # kept in a byte each
        self._inverse = arrays["inverse"].astype(np.float32)
        self._codes = [str(code) for code in arrays["codes"]]
        # Sayings stand by code, so where each code's sayings begin is all that is needed.
        self._first_of = np.flatnonzero(np.diff(arrays["code_of"].astype(np.int64), prepend=-1))
        self._belief = arrays["belief"].astype(np.float32)
        self._known = frozenset(arrays["known"].tolist())

    @classmethod
    def from_bytes(cls, content: bytes) -> "DiagnosisIndex":
        """The index in the bytes of an ``.npz`` file."""
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return cls(dict(arrays))

    @classmethod
    def open(cls, path: Path) -> "DiagnosisIndex":
        """The index in ``path``, an ``.npz`` file."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(dict(arrays))

    def is_known(self, phrase: Sequence[str]) -> bool:
        """Whether these terms, in this order, are a whole saying of some code."""
        return fingerprint(phrase) in self._known

    def nearest(self, phrase: str, most: int = 12) -> tuple[Match, ...]:
        """The codes whose sayings resemble ``phrase`` most, best first; none when nothing does."""
        scores = self._scores(phrase)
        if scores is None:
            return ()
        best = np.maximum.reduceat(scores, self._first_of)
        likely = np.flatnonzero(best > _LEAST)
        order = likely[np.argsort(-best[likely], kind="stable")][:most]
        return tuple(Match(self._codes[i], float(best[i])) for i in order)

    def _scores(self, phrase: str) -> npt.NDArray[np.float32] | None:
        counts = Counter(bucket(gram) for gram in grams(phrase))
        weights = {b: (1 + log(n)) * float(self._inverse[b]) for b, n in counts.items()}
        norm = sum(weight * weight for weight in weights.values()) ** 0.5
        if not norm:
            return None
        total = np.zeros(len(self._belief), np.float32)
        for b, weight in weights.items():
            begin, end = int(self._starts[b]), int(self._starts[b + 1])
            total[self._rows[begin:end]] += self._weights[begin:end] * (weight / norm)
        return np.asarray(total * self._belief, np.float32)

"""How likely each duration is each service's, a total, or nobody's."""

from typing import Protocol

import numpy as np

from model.extract.gate import Gate
from model.extract.linking import kinds, pairs
from model.extract.places import scene
from model.extract.reading import DURATION_LABELS, FAMILIES, Floats, Reading
from model.records import Discipline, ParsedNote

_COLUMN = {family: column for column, family in enumerate(FAMILIES)}


class Linker(Protocol):
    """Anything that says whose a note's durations are."""

    def scores(self, note: ParsedNote, reading: Reading, discipline: Discipline | None) -> Floats:
        """Probabilities ``(durations, len(DURATION_LABELS))``; rows add up to 1."""


class GatedLinker:
    """Two gates: what kind of duration it is, and which family owns a service's minutes."""

    def __init__(self, kind_gate: Gate, owner_gate: Gate) -> None:
        self._kinds, self._owners = kind_gate, owner_gate

    def scores(self, note: ParsedNote, reading: Reading, discipline: Discipline | None) -> Floats:
        """Probabilities ``(durations, len(DURATION_LABELS))``; rows add up to 1."""
        found = np.zeros((len(note.durations), len(DURATION_LABELS)), np.float32)
        if not note.durations:
            return found
        seen = scene(note, reading, discipline)
        totals = self._kinds.probabilities(list(kinds(note, reading, seen)))
        candidates = list(pairs(note, reading, seen))
        chances = self._owners.probabilities([pair.features for pair in candidates])
        for pair, chance in zip(candidates, chances, strict=True):
            found[pair.duration, _COLUMN[pair.family]] = chance[0]
        owned = found.sum(axis=1, keepdims=True)
        found *= (1 - totals.sum(axis=1, keepdims=True)) / np.where(owned > 0, owned, 1)
        found[:, len(FAMILIES) :] = totals
        return np.asarray(found / found.sum(axis=1, keepdims=True), np.float32)

"""What the corpus teaches of a family of services before a note is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# A family seldom considered leans on all of them; after so many there is no more to learn.
_WEIGHT, _ENOUGH = 6, 60


@dataclass(frozen=True, slots=True)
class LinePrior:
    """How often a family that was considered had been given.

    Attributes:
        considered: By family, in how many notes it was a candidate.
        given: By family, in how many of those it was labelled.
    """

    considered: Mapping[str, int]
    given: Mapping[str, int]

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "LinePrior":
        """The prior as training wrote it."""
        return cls(content["considered"], content["given"])

    def to_json(self) -> dict[str, Mapping[str, int]]:
        """What ``from_json`` reads."""
        return {"considered": self.considered, "given": self.given}

    def rates(self, family: str) -> tuple[float, float]:
        """How often the family had been given when considered, and how well that is known."""
        usual = sum(self.given.values()) / max(sum(self.considered.values()), 1)
        considered = self.considered.get(family, 0)
        given = self.given.get(family, 0) + _WEIGHT * usual
        return given / (considered + _WEIGHT), min(considered, _ENOUGH) / _ENOUGH

"""What the corpus teaches of a diagnosis code before a note is read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from model.records import Discipline

# A code nobody has met is kept about this often, and a few meetings do not change much.
_USUAL, _WEIGHT, _ENOUGH = 0.35, 4, 50


@dataclass(frozen=True, slots=True)
class Prior:
    """How common codes are, and how often a note that names one is coded with it.

    A background condition is named far more often than it is coded.

    Attributes:
        shares: Share of each category among a discipline's labelled diagnoses, by
            ``discipline:category``.
        named: By code, in how many notes a mention came out at it.
        kept: By code, in how many of those it was labelled.
    """

    shares: Mapping[str, float]
    named: Mapping[str, int]
    kept: Mapping[str, int]
    _categories: Mapping[str, tuple[int, int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        named: Counter[str] = Counter()
        kept: Counter[str] = Counter()
        for code, number in self.named.items():
            named[code[:3]] += number
            kept[code[:3]] += self.kept.get(code, 0)
        object.__setattr__(self, "_categories", {key: (n, kept[key]) for key, n in named.items()})

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Prior":
        """The prior as training wrote it."""
        return cls(content["shares"], content["named"], content["kept"])

    def to_json(self) -> dict[str, Mapping[str, float]]:
        """What ``from_json`` reads."""
        return {"shares": self.shares, "named": self.named, "kept": self.kept}

    def share(self, code: str, discipline: Discipline | None) -> float:
        """Share of the code's category among the discipline's diagnoses."""
        return self.shares.get(f"{discipline.value if discipline else '-'}:{code[:3]}", 0.0)

    def rates(self, code: str) -> tuple[float, float, float]:
        """How often a named code of the category is kept, how well that is known, and the code's.

        Few meetings lean on what is wider: the code on its category, that on all codes.
        """
        named, kept = self._categories.get(code[:3], (0, 0))
        category = (kept + _WEIGHT * _USUAL) / (named + _WEIGHT)
        own = self.kept.get(code, 0) + _WEIGHT * category
        return category, min(named, _ENOUGH) / _ENOUGH, own / (self.named.get(code, 0) + _WEIGHT)


NO_PRIOR = Prior({}, {}, {})

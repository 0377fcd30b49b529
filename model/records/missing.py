"""What would make a claim, a line or a diagnosis defensible."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRisk:
    """A part of the claim that findings put at risk, and what would clear them.

    Attributes:
        line: Index of the line, as ``Flag.line`` counts; None for the claim as a whole.
        diagnosis: The diagnosis code; None where it is about no single one.
        rules: The rules whose findings the sets clear, sorted.
        sets: Sets of documentation elements. Each clears every one of the findings, none of its
            proper subsets does; smallest first, then by words. Elements, never sentences: only
            the clinician knows whether they are so.
    """

    line: int | None
    diagnosis: str | None
    rules: tuple[str, ...]
    sets: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not all(self.sets):
            raise ValueError("a part that the empty set clears is not at risk")

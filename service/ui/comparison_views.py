"""What the page that puts two claims side by side is given."""

from dataclasses import dataclass

from service.ui.evidence import Piece
from service.ui.views import EvidenceView, LeaseView


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueView:
    """One value of a line or diagnosis; ``is_unlike`` where the other side has another."""

    name: str
    words: str
    is_unlike: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    """What one coder has; ``left_out`` says why it is not on their claim, where it is not."""

    values: tuple[ValueView, ...] = ()
    evidence: tuple[EvidenceView, ...] = ()
    left_out: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceView:
    """Something to choose; ``chosen`` is the side picked before, empty where none was.

    Attributes:
        field: The name of its field in the form.
        asks: What is chosen, such as ``Units of 97530``.
    """

    field: str
    asks: str
    first: str
    second: str
    chosen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """A line or diagnosis as either has it.

    Attributes:
        unlike: What differs, in words; empty where both have the same.
    """

    code: str
    caption: str
    first: SideView
    second: SideView
    unlike: str = ""
    choices: tuple[DifferenceView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonView:
    """Two claims side by side, with the note that both are about.

    Attributes:
        tag: Of the third review, sent back with the form.
        of: Of the two claims, sent back with the form.
        chart_address: Where it is settled by hand, when neither side is right.
        open_points: What is open of the settled claim; empty unless settling it was tried.
    """

    id: str
    address: str
    chart_address: str
    title: str
    facts: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]
    kinds: tuple[str, ...]
    is_columnar: bool
    lines: tuple[PairView, ...]
    diagnoses: tuple[PairView, ...]
    order: DifferenceView | None
    tag: str
    of: str
    lease: LeaseView | None
    is_final: bool
    reason: str = ""
    refused: str = ""
    open_points: tuple[str, ...] = ()
    can_pass: bool = False

    @property
    def count(self) -> int:
        """How many differences there are."""
        return len(self.choices)

    @property
    def choices(self) -> tuple[DifferenceView, ...]:
        """Every difference, in the order of the page."""
        pairs = (each for pair in (*self.lines, *self.diagnoses) for each in pair.choices)
        return (*pairs, self.order) if self.order else tuple(pairs)

    @property
    def is_held(self) -> bool:
        """Whether somebody else is settling it."""
        return self.lease is not None and not self.lease.is_mine

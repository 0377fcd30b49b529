"""What the templates of the worklist are given."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistRowView:
    """One chart in the worklist."""

    id: str
    address: str
    status: str
    lane: str
    discipline: str
    kind: str
    date_of_service: str
    payer: str
    age: str
    due: str
    is_late: bool
    lines: int
    blocks: int
    warns: int
    assigned_to: str
    held_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterView:
    """A field to narrow the worklist by."""

    name: str
    label: str
    value: str
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilterView:
    """A filter somebody kept under a name."""

    key: str
    name: str
    address: str
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistView:
    """The worklist with what it is narrowed by; ``twice`` says what waits of double coding."""

    rows: tuple[WorklistRowView, ...]
    count: str
    filters: tuple[FilterView, ...]
    saved: tuple[SavedFilterView, ...] = ()
    query: str = ""
    next_page: str = ""
    twice: str = ""

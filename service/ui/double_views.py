"""What the page of charts coded twice is given."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingView:
    """A chart that waits for a second coding, or to be settled."""

    id: str
    address: str
    kind: str
    date_of_service: str
    asked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleView:
    """Everything on the page.

    Attributes:
        reviewers: Ids and names of whom an auditor can ask; empty for everybody else.
        settled: The encounter that was settled just before.
        drawn: How many charts were given out just before.
        refused: Why nobody was asked; empty where nothing was in the way.
        most: Most charts in one draw.
    """

    to_code: tuple[WaitingView, ...]
    to_settle: tuple[WaitingView, ...]
    reviewers: tuple[tuple[str, str], ...]
    settled: str
    drawn: str
    refused: str
    most: int

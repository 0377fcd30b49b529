"""Why a decision is not recorded. No message quotes a note, a comment or a query."""

from collections.abc import Sequence
from datetime import datetime

from model.errors import ReviewError
from model.records.query import Fault


class DecisionRefused(ReviewError):
    """A decision names something the review does not have, or leaves out what it needs.

    Attributes:
        field: The part of the decision that is at fault.
    """

    code = "review.refused"

    def __init__(self, field: str, reason: str) -> None:
        self.field, self.reason = field, reason
        super().__init__(f"{field}: {reason}")


class ReviewFinal(ReviewError):
    """The claim is final; amend it first."""

    code = "review.final"

    def __init__(self) -> None:
        super().__init__("the claim is final; amend it first")


class ReviewUnfinished(ReviewError):
    """A claim cannot be final while something of it is open.

    Attributes:
        open_points: What is open, in words.
    """

    code = "review.unfinished"

    def __init__(self, open_points: Sequence[str]) -> None:
        self.open_points = tuple(open_points)
        super().__init__("; ".join(self.open_points))


class QueryLeads(DecisionRefused):
    """A query suggests its answer, names payment, or asks for what would be new to the note.

    Attributes:
        faults: Where in the query, and why; the reasons quote nothing.
    """

    code = "review.query_leads"

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("text", "; ".join(fault.why for fault in faults))


class TagNeeded(ReviewError):
    """A decision does not say which state of the review it was made on."""

    code = "review.tag_needed"

    def __init__(self) -> None:
        super().__init__("send If-Match with the ETag of the review you decided on")


class LeaseHeld(ReviewError):
    """Somebody else has the chart open."""

    code = "review.lease_held"

    def __init__(self, holder: str, until: datetime) -> None:
        self.holder, self.until = holder, until
        super().__init__(f"{holder} has this chart open until {until.isoformat()}")


class ChartTakenOver(ReviewError):
    """Somebody took the chart over since it was opened; opening it again is how one is told."""

    code = "review.taken_over"

    def __init__(self, name: str, at: datetime) -> None:
        self.name, self.at = name, at
        super().__init__(f"{name} took this chart over at {at.isoformat()}; open it again")


class UnknownEncounter(ReviewError):
    """No encounter of that id was taken in."""

    code = "encounter.unknown"

    def __init__(self) -> None:
        super().__init__("no encounter has this id")

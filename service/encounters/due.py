"""When a claim should be final: days counted from the date of service, or from receipt."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from service.reviews.view import ReviewState
from service.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """How a day to be final by is found.

    Attributes:
        after: How long a claim may take.
        is_from_receipt: Whether that is counted from the day it was received, in UTC, and not from
            the date of service.
    """

    after: timedelta
    is_from_receipt: bool = False

    def on(self, date_of_service: date, received_at: datetime, state: ReviewState) -> date:
        """The day; a parked chart has that of its parking."""
        parked = state.review.parked
        if parked and parked.until:
            return parked.until
        return (received_at.date() if self.is_from_receipt else date_of_service) + self.after


def due_of(settings: Settings) -> Due:
    """As an administrator set it."""
    return Due(
        after=timedelta(days=settings.due_after_days),
        is_from_receipt=settings.due_from == "received",
    )

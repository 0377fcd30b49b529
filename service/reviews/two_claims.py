"""The two claims of an encounter that was coded twice, for whoever may settle them."""

from dataclasses import dataclass

from service.reviews.desk import Desk
from service.reviews.double import require_track
from service.reviews.errors import DecisionRefused
from service.reviews.records import Track
from service.reviews.state import FinalClaim, Review
from service.reviews.workflow import chart


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoClaims:
    """Both claims of an encounter that was coded twice; both are final."""

    first: FinalClaim
    second: FinalClaim

    @property
    def tag(self) -> str:
        """Changes when either is made final anew."""
        return f"{self.first.number}-{self.second.number}"

    @property
    def reviews(self) -> tuple[Review, Review]:
        """What was decided, first and second."""
        return self.first.review, self.second.review


def two_claims(desk: Desk, encounter_id: str, *, by: str) -> TwoClaims:
    """Both claims, for somebody who may settle them.

    Raises:
        UnknownEncounter: There is none of that id.
        ReviewForbidden: ``by`` coded one of them, or it was not coded twice.
        DecisionRefused: One of them is not final yet.
    """
    require_track(desk, encounter_id, Track.ADJUDICATION, by)
    first, second = (
        chart(desk, encounter_id, track=track).state.folded.standing_claim
        for track in (Track.FIRST, Track.SECOND)
    )
    if first is None or second is None:
        raise DecisionRefused("encounter_id", "has not been coded by both yet")
    return TwoClaims(first=first, second=second)

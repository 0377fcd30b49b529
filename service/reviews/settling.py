"""Settle two claims: somebody says whose side stands, and why, and the claim is final.

Nothing is written past the history: what stands is accepted, changed, added or rejected on the
third track like in any review, and the same rules are asked before it is final.
"""

from dataclasses import dataclass

from model.errors import ReviewStale
from service.reviews.desk import Desk
from service.reviews.errors import DecisionRefused
from service.reviews.records import Track
from service.reviews.settled import Sides, settled, undecided
from service.reviews.settling_acts import Writer
from service.reviews.two_claims import two_claims
from service.reviews.view import ReviewState
from service.reviews.workflow import chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What somebody decided about two claims.

    Attributes:
        of: The tag of the claims they saw.
        expected: The tag of the third review they saw.
        passes: Whether their reason is to pass over what is open, where it can.
    """

    sides: Sides
    reason: str
    of: str
    expected: str
    passes: bool = False


def settle_by(desk: Desk, encounter_id: str, wanted: Settlement, *, by: str) -> ReviewState:
    """Decide all that ``wanted`` comes to, the final claim last; all of it, or nothing is kept.

    Raises:
        DecisionRefused: A difference is left open, there is no reason, or the claims stand on
            readings that cannot be put side by side.
        ReviewStale: Either claim, or the third review, went on since it was seen.
        ReviewUnfinished: Something of the settled claim is open, and was not to be passed over.
        ReviewForbidden: ``by`` coded one of them.
    """
    claims = two_claims(desk, encounter_id, by=by)
    third = chart(desk, encounter_id, track=Track.ADJUDICATION).state
    if (wanted.of, wanted.expected) != (claims.tag, third.tag):
        raise ReviewStale(encounter_id, third.tag)
    first, second = claims.reviews
    if not wanted.reason.strip():
        raise DecisionRefused("reason", "is needed")
    if left := undecided(first, second, wanted.sides):
        raise DecisionRefused("choice", f"is needed for each difference; {len(left)} left")
    if {first.reading, second.reading} != {third.review.reading}:
        raise DecisionRefused("reading", "is not the same for both; settle it in the review screen")
    writer = Writer(desk, encounter_id, by, third, claims, wanted.reason.strip())
    writer.write(settled(first, second, wanted.sides))
    writer.close(wanted.sides, passes=wanted.passes)
    return writer.state

"""A review is the fold of its decisions over a reading; nothing of it is stored (ADR 11).

``fold`` reads no policy, no rule and no clock, so the same history gives the same review after any
upgrade. What may be decided at all, and when, is asked in ``workflow.py`` before a decision joins
the history.
"""

from collections.abc import Mapping, Sequence

from model.records.review import Adopt, EncounterReading, Finalize, ReviewDecision, Undo
from service.reviews.acts import apply
from service.reviews.adopting import adopted
from service.reviews.errors import DecisionRefused
from service.reviews.opening import opened
from service.reviews.state import FinalClaim, Folded, Review

Readings = Mapping[int, EncounterReading]


def fold(readings: Readings, decisions: Sequence[ReviewDecision]) -> Folded:
    """The review after ``decisions``.

    It starts at the reading the first decision was made on, or at the newest where there is none;
    only an ``Adopt`` moves it to another.

    Args:
        readings: Every reading of the encounter, by number; at least one.
        decisions: The whole history, oldest first.

    Raises:
        DecisionRefused: A decision does not fit the review it meets.
        ReviewFinal: A decision meets a final claim that it may not change.
    """
    first = decisions[0].reading if decisions else max(readings)
    reviews = [opened(readings[first])]
    holding: list[ReviewDecision] = []
    finals: list[FinalClaim] = []
    for decision in decisions:
        if isinstance(decision.act, Undo):
            _take_back(reviews, holding)
            continue
        reviews.append(_after(reviews[-1], decision, readings))
        holding.append(decision)
        if isinstance(decision.act, Finalize):
            finals.append(_final(reviews[-1], decision, len(finals) + 1))
    return Folded(
        review=reviews[-1],
        holding=tuple(holding),
        finals=tuple(finals),
        version=len(decisions),
    )


def _take_back(reviews: list[Review], holding: list[ReviewDecision]) -> None:
    if not holding:
        raise DecisionRefused("kind", "there is nothing to undo")
    reviews.pop()
    holding.pop()


def _after(review: Review, decision: ReviewDecision, readings: Readings) -> Review:
    if isinstance(decision.act, Adopt) and not review.is_final:
        if decision.act.reading not in readings or decision.act.reading <= review.reading:
            raise DecisionRefused("reading", "there is no newer reading of that number")
        return adopted(review, readings[review.reading], readings[decision.act.reading])
    return apply(decision.act, review, decision)


def _final(review: Review, decision: ReviewDecision, number: int) -> FinalClaim:
    return FinalClaim(
        number=number, made_by=decision.made_by, made_at=decision.made_at, review=review
    )

"""Which events a decision is to other programs."""

from collections.abc import Iterator
from datetime import datetime

from service.reviews.records import Track
from service.reviews.view import ReviewState
from service.webhooks.events import Event, Outbox, Payload


def announce(
    outbox: Outbox,
    before: ReviewState,
    after: ReviewState,
    track: Track,
    now: datetime,
) -> None:
    """Put what a decision means on its way. A blind second review is nobody's business."""
    if track is Track.SECOND:
        return
    about: dict[str, str | int] = {
        "encounter_id": after.encounter_id,
        "track": track.value,
        "version": after.version,
    }
    for event, payload in (*_of_claim(before, after), *_of_queries(before, after)):
        outbox.announce(event, {**about, **payload}, now)


def _of_claim(before: ReviewState, after: ReviewState) -> Iterator[tuple[Event, Payload]]:
    """A final claim is finalized once; whatever happens to it later is an amendment."""
    if before.review.is_final == after.review.is_final:
        return
    is_first = after.review.is_final and not before.folded.finals
    event = Event.REVIEW_FINALIZED if is_first else Event.REVIEW_AMENDED
    yield event, {"claim": len(after.folded.finals), "is_final": after.review.is_final}


def _of_queries(before: ReviewState, after: ReviewState) -> Iterator[tuple[Event, Payload]]:
    old = {query.key for query in before.review.queries}
    new = {query.key for query in after.review.queries}
    yield from ((Event.QUERY_SENT, {"query": key}) for key in sorted(new - old))
    yield from ((Event.QUERY_WITHDRAWN, {"query": key}) for key in sorted(old - new))

"""Open a chart, decide on it, ask what a decision would do. The API and the screen both call this.

Everything happens at a ``Desk``: one transaction, one moment. Whoever opened it commits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.exc import IntegrityError

from model.errors import ReviewStale
from model.records.review import Act, EncounterReading, ReviewDecision
from service.encounters.records import EncounterSummary
from service.reviews.admission import admitted
from service.reviews.announcing import announce
from service.reviews.desk import Desk
from service.reviews.double import require_track, settle
from service.reviews.errors import DecisionRefused, UnknownEncounter
from service.reviews.fold import Readings, fold
from service.reviews.records import Lease, TakeOver, Track
from service.reviews.takeovers import require_told, take_over, tell
from service.reviews.view import ReviewState, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """An encounter as a reviewer sees it.

    Attributes:
        reading: The reading under review: encounter, text and draft.
        history: Every decision, those undone included, oldest first.
        lease: Who has it open; None where nobody has.
        taken_over: Who took it from the person who opens it, where they are told by this.
    """

    summary: EncounterSummary
    reading: EncounterReading
    state: ReviewState
    history: Sequence[ReviewDecision]
    lease: Lease | None
    taken_over: TakeOver | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    readings: Readings
    decisions: tuple[ReviewDecision, ...]
    state: ReviewState

    @property
    def reading(self) -> EncounterReading:
        return self.readings[self.state.review.reading]


def chart(desk: Desk, encounter_id: str, *, track: Track = Track.FIRST) -> Chart:
    """The chart as it stands; nobody's lease changes.

    Raises:
        UnknownEncounter: There is none of that id.
    """
    found = _found(desk, encounter_id, track)
    summary = desk.worklist.one(encounter_id, now=desk.now)
    if summary is None:
        raise UnknownEncounter
    return Chart(
        summary=summary,
        reading=found.reading,
        state=found.state,
        history=found.decisions,
        lease=desk.leases.current(encounter_id, track, desk.now),
    )


def open_chart(desk: Desk, encounter_id: str, *, by: str, track: Track = Track.FIRST) -> Chart:
    """The chart, leased to ``by`` where it is free; otherwise the chart says who has it.

    Raises:
        UnknownEncounter: There is none of that id.
        ReviewForbidden: This track is somebody else's.
    """
    _lock(desk, encounter_id)
    require_track(desk, encounter_id, track, by)
    held = desk.leases.current(encounter_id, track, desk.now)
    if held is None or held.holder == by:
        desk.leases.take(encounter_id, track, by, desk.now)
    told = tell(desk, encounter_id, track, by)
    return replace(chart(desk, encounter_id, track=track), taken_over=told)


def take_chart_over(desk: Desk, encounter_id: str, *, by: str, track: Track = Track.FIRST) -> Chart:
    """The chart, leased to ``by`` whoever has it open; they are told with their next request.

    Raises:
        UnknownEncounter: There is none of that id.
        ReviewForbidden: This track is somebody else's.
    """
    require_track(desk, encounter_id, track, by)
    take_over(desk, encounter_id, by=by, track=track)
    return chart(desk, encounter_id, track=track)


def decide(
    desk: Desk,
    encounter_id: str,
    act: Act,
    *,
    by: str,
    expected: str | None,
    track: Track = Track.FIRST,
) -> ReviewState:
    """Add ``act`` to the history of a review, and take or renew the lease on it.

    Args:
        desk: Where.
        encounter_id: Whose review.
        act: What ``by`` decided.
        by: Account id of the reviewer.
        expected: The tag of the state that was decided on; None where any will do.
        track: Which of its reviews.

    Raises:
        UnknownEncounter: There is none of that id.
        ReviewForbidden: This track is somebody else's.
        ChartTakenOver: Somebody took it over from ``by``, who has not been told yet.
        LeaseHeld: Somebody else has the chart open.
        ReviewStale: The review went on since ``expected``.
        DecisionRefused: The act does not fit.
        ReviewFinal: The claim is final.
        ReviewUnfinished: It is to be final, and something is open.
    """
    _lock(desk, encounter_id)
    require_track(desk, encounter_id, track, by)
    _require_both(desk, encounter_id, track)
    require_told(desk, encounter_id, track, by)
    desk.leases.take(encounter_id, track, by, desk.now)
    before = _found(desk, encounter_id, track)
    if expected not in (None, before.state.tag):
        raise ReviewStale(encounter_id, before.state.tag)
    decision = _decision(desk, admitted(act, before.state, before.reading), before, by)
    after = _folded(before.readings, (*before.decisions, decision))
    holding = [each.number for each in before.state.folded.holding]
    try:
        desk.reviews.append(encounter_id, track, decision, holding)
    except IntegrityError:
        raise ReviewStale(encounter_id, before.state.tag) from None
    _write_down(desk, decision, before, after, track)
    return after.state


def would(
    desk: Desk, encounter_id: str, act: Act, *, by: str, track: Track = Track.FIRST
) -> ReviewState:
    """The review as it would be after ``act``; nothing is written.

    Raises:
        UnknownEncounter: There is none of that id.
        DecisionRefused: The act does not fit.
        ReviewFinal: The claim is final.
        ReviewUnfinished: It is to be final, and something is open.
    """
    require_track(desk, encounter_id, track, by)
    before = _found(desk, encounter_id, track)
    decision = _decision(desk, admitted(act, before.state, before.reading), before, by)
    return _folded(before.readings, (*before.decisions, decision)).state


def _lock(desk: Desk, encounter_id: str) -> None:
    if desk.encounters.lock(encounter_id) is None:
        raise UnknownEncounter


def _require_both(desk: Desk, encounter_id: str, track: Track) -> None:
    """Two claims are settled when there are two."""
    if track is Track.ADJUDICATION:
        for each in (Track.FIRST, Track.SECOND):
            if _found(desk, encounter_id, each).state.folded.standing_claim is None:
                raise DecisionRefused("track", f"waits until the {each} claim is final")


def _found(desk: Desk, encounter_id: str, track: Track) -> _Found:
    readings = desk.reviews.readings(encounter_id)
    return _folded(readings, desk.reviews.decisions(encounter_id, track))


def _folded(readings: Readings, decisions: tuple[ReviewDecision, ...]) -> _Found:
    folded = fold(readings, decisions)
    state = shown(readings[folded.review.reading], folded, newest=max(readings))
    return _Found(readings, decisions, state)


def _decision(desk: Desk, act: Act, before: _Found, by: str) -> ReviewDecision:
    return ReviewDecision(
        number=before.state.version + 1,
        reading=before.state.review.reading,
        made_by=by,
        made_at=desk.now,
        act=act,
    )


def _write_down(
    desk: Desk, decision: ReviewDecision, before: _Found, after: _Found, track: Track
) -> None:
    """What follows from a decision: the worklist, the log, the events."""
    encounter_id = after.state.encounter_id
    if track is Track.FIRST:
        desk.encounters.project(after.reading, after.state, desk.now)
    desk.audit.add(
        at=desk.now,
        actor=decision.made_by,
        action=f"review.{decision.act.kind}",
        subject=f"encounters/{encounter_id}",
        detail={"track": track.value, "number": decision.number, "reading": decision.reading},
    )
    if track is Track.ADJUDICATION and after.state.review.is_final:
        settle(desk, encounter_id)
    announce(desk.outbox, before.state, after.state, track, desk.now)

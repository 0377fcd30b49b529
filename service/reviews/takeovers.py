"""Taking a chart over from whoever has it open.

It is an act like any other and stands in the audit log, and so does that the earlier holder was
told. Until they are, nothing they decide is kept: they decided on a chart they no longer had.
"""

from model.errors import ReviewForbidden
from service.people.accounts import Accounts
from service.reviews.desk import Desk
from service.reviews.errors import ChartTakenOver, UnknownEncounter
from service.reviews.records import Lease, TakeOver, Track

TAKEN, TOLD = "review.taken_over", "review.takeover_told"


def take_over(desk: Desk, encounter_id: str, *, by: str, track: Track) -> Lease:
    """The lease on a chart for ``by``, also where somebody else has one.

    Whoever may decide on a track may take it over; ``require_track`` is the caller's business.

    Raises:
        UnknownEncounter: There is none of that id.
        ReviewForbidden: ``by`` is no account.
    """
    if desk.encounters.lock(encounter_id) is None:
        raise UnknownEncounter
    if Accounts(desk.session).get(by) is None:
        raise ReviewForbidden(encounter_id, by)
    held = desk.leases.current(encounter_id, track, desk.now)
    tell(desk, encounter_id, track, by)
    if held is not None and held.holder != by:
        detail = {"track": track.value, "from": held.holder, "until": held.until.isoformat()}
        _note(desk, encounter_id, by, TAKEN, **detail)
    return desk.leases.give(encounter_id, track, by, desk.now)


def untold(desk: Desk, encounter_id: str, track: Track, holder: str) -> TakeOver | None:
    """The last take-over from ``holder`` that they have not been told of; None for none."""
    for entry in desk.audit.of(_subject(encounter_id), actions=(TAKEN, TOLD)):
        if entry.detail["track"] != track:
            continue
        if entry.action == TOLD and entry.actor == holder:
            return None
        if entry.action == TAKEN and entry.detail["from"] == holder:
            account = Accounts(desk.session).get(entry.actor)
            return TakeOver(
                by=entry.actor, name=account.name if account else "somebody", at=entry.at
            )
    return None


def tell(desk: Desk, encounter_id: str, track: Track, holder: str) -> TakeOver | None:
    """What ``holder`` is to be told; from now on they have been."""
    found = untold(desk, encounter_id, track, holder)
    if found is not None:
        _note(desk, encounter_id, holder, TOLD, track=track.value, by=found.by)
    return found


def require_told(desk: Desk, encounter_id: str, track: Track, holder: str) -> None:
    """Keep out what was decided on a chart that was somebody else's by then.

    Raises:
        ChartTakenOver: It was taken over from ``holder``, and they have not been told.
    """
    found = untold(desk, encounter_id, track, holder)
    if found is not None:
        raise ChartTakenOver(found.name, found.at)


def _note(desk: Desk, encounter_id: str, actor: str, action: str, **detail: str) -> None:
    subject = _subject(encounter_id)
    desk.audit.add(at=desk.now, actor=actor, action=action, subject=subject, detail=detail)


def _subject(encounter_id: str) -> str:
    return f"encounters/{encounter_id}"

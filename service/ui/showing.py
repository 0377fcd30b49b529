"""One chart with everything around it, ready to be rendered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

from markupsafe import Markup

from service.people.records import Person
from service.reviews.desk import Desk
from service.reviews.double import require_track
from service.reviews.records import Lease, TakeOver, Track
from service.reviews.takeovers import tell
from service.reviews.view import ReviewStatus
from service.reviews.waiting import to_code_second
from service.reviews.workflow import Chart, chart, open_chart, take_chart_over
from service.ui.addresses import address_of
from service.ui.chart import Around, chart_view, clock
from service.ui.panel_views import DoneView
from service.ui.rendering import hidden_fields
from service.ui.room import Room, may_decide, names_at
from service.ui.views import ChartView, LeaseView
from service.ui.worklist import wanted_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A chart as it was found, and as it is shown."""

    found: Chart
    view: ChartView


def looked_at(room: Room, person: Person, encounter_id: str) -> Shown:
    """The chart as it stands; nobody's lease changes.

    Raises:
        ReviewForbidden: ``person`` codes it blind, and may not see what others decided.
    """
    with room.reading() as desk:
        require_track(desk, encounter_id, room.track, person.account_id)
        return _shown(desk, room, person, chart(desk, encounter_id, track=room.track))


def opened(room: Room, person: Person, encounter_id: str) -> Shown:
    """The chart, kept for ``person`` where nobody else has it."""
    return _kept(room, person, encounter_id, open_chart)


def taken_over(room: Room, person: Person, encounter_id: str) -> Shown:
    """The chart, kept for ``person`` whoever had it."""
    return _kept(room, person, encounter_id, take_chart_over)


def _kept(room: Room, person: Person, encounter_id: str, take: Callable[..., Chart]) -> Shown:
    with room.writing() as desk:
        found = take(desk, encounter_id, by=person.account_id, track=room.track)
        return _shown(desk, room, person, found)


def let_go(room: Room, person: Person, encounter_id: str) -> None:
    """Somebody else may open the chart at once."""
    with room.writing() as desk:
        desk.leases.release(encounter_id, room.track, person.account_id)


def told(room: Room, person: Person, encounter_id: str) -> None:
    """``person`` is told that the chart was taken over from them."""
    with room.writing() as desk:
        tell(desk, encounter_id, room.track, person.account_id)


def next_after(room: Room, person: Person, encounter_id: str) -> str | None:
    """The chart after this one in the list it was opened from."""
    with room.reading() as desk:
        return _beside(desk, room, person, encounter_id, is_next=True)


def context_of(view: ChartView, person: Person) -> dict[str, Any]:
    """What every template of the chart is given."""

    def hidden(**fields: object) -> Markup:
        return hidden_fields(csrf=person.csrf_token, tag=view.tag, **fields)

    nothing = {"panel": None, "choice": None, "done": None, "with_note": False}
    return {"chart": view, "hidden": hidden, "section": view.list_address, **nothing}


def done_view(room: Room, encounter_id: str, tag: str) -> DoneView:
    """The chart that was left just before, with the way back."""
    address = address_of(encounter_id, room.track)
    return DoneView(address=address, tag=tag, words=f"Finalized {encounter_id}")


def _shown(desk: Desk, room: Room, person: Person, found: Chart) -> Shown:
    encounter_id, names = found.summary.id, names_at(desk)
    around = Around(
        names=lambda account_id: names.get(account_id, "somebody"),
        decisions=tuple(found.history),
        lease=lease_view(found.lease, person, room),
        may_decide=may_decide(person, room.track),
        next_id=_beside(desk, room, person, encounter_id, is_next=True),
        previous_id=_beside(desk, room, person, encounter_id, is_next=False),
        place=_waiting(desk, room, person),
        track=room.track,
        taken_over=_told(found.taken_over),
    )
    return Shown(found=found, view=chart_view(found.state, found.reading, around))


def _beside(
    desk: Desk, room: Room, person: Person, encounter_id: str, *, is_next: bool
) -> str | None:
    if room.track is not Track.FIRST:
        return _beside_in_queue(desk, room, person, encounter_id, is_next=is_next)
    wanted = wanted_by(room.filters, person.account_id)
    return desk.worklist.neighbour(
        wanted, encounter_id, reviewer=person.account_id, now=room.now, is_next=is_next
    )


def _beside_in_queue(
    desk: Desk, room: Room, person: Person, encounter_id: str, *, is_next: bool
) -> str | None:
    """The neighbour among what ``person`` codes blind; who settles compares first."""
    if room.track is Track.ADJUDICATION:
        return None
    waiting = [each.encounter_id for each in to_code_second(desk, person.account_id)]
    if encounter_id not in waiting:
        return waiting[0] if waiting and is_next else None
    place = waiting.index(encounter_id) + (1 if is_next else -1)
    return waiting[place] if 0 <= place < len(waiting) else None


def _waiting(desk: Desk, room: Room, person: Person) -> str:
    if room.track is Track.ADJUDICATION:
        return ""
    if room.track is Track.SECOND:
        return f"{len(to_code_second(desk, person.account_id))} to code a second time"
    counts = desk.worklist.counts()
    return f"{sum(counts.values()) - counts.get(ReviewStatus.FINALIZED, 0)} open"


def lease_view(lease: Lease | None, person: Person, room: Room) -> LeaseView | None:
    """Who holds a chart, and how long yet."""
    if lease is None:
        return None
    return LeaseView(
        holder=lease.name,
        until=clock(lease.until)[11:],
        minutes=ceil((lease.until - room.now) / timedelta(minutes=1)),
        is_mine=lease.holder == person.id,
    )


def _told(found: TakeOver | None) -> str:
    return (
        f"{found.name} took this chart over from you at {clock(found.at)[11:]} UTC" if found else ""
    )

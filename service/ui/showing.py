"""One chart with everything around it, ready to be rendered."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from service.people.records import Person, Role
from service.reviews.desk import Desk
from service.reviews.double import require_track
from service.reviews.records import Lease, Track
from service.reviews.view import ReviewStatus
from service.reviews.workflow import Chart, chart, open_chart
from service.ui.chart import Around, address_of, chart_view, clock
from service.ui.panel_views import DoneView
from service.ui.rendering import hidden_fields
from service.ui.room import Room, names_at
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
        require_track(desk, encounter_id, Track.FIRST, person.account_id)
        return _shown(desk, room, person, chart(desk, encounter_id))


def opened(room: Room, person: Person, encounter_id: str) -> Shown:
    """The chart, kept for ``person`` where nobody else has it."""
    with room.writing() as desk:
        return _shown(desk, room, person, open_chart(desk, encounter_id, by=person.account_id))


def let_go(room: Room, person: Person, encounter_id: str) -> None:
    """Somebody else may open the chart at once."""
    with room.writing() as desk:
        desk.leases.release(encounter_id, Track.FIRST, person.account_id)


def next_after(room: Room, person: Person, encounter_id: str) -> str | None:
    """The chart after this one in the list it was opened from."""
    with room.reading() as desk:
        return _beside(desk, room, person, encounter_id, is_next=True)


def context_of(view: ChartView, person: Person) -> dict[str, Any]:
    """What every template of the chart is given."""

    def hidden(**fields: object) -> Markup:
        return hidden_fields(csrf=person.csrf_token, tag=view.tag, **fields)

    nothing = {"panel": None, "choice": None, "done": None, "with_note": False}
    return {"chart": view, "hidden": hidden, "section": "/worklist", **nothing}


def done_view(encounter_id: str, tag: str) -> DoneView:
    """The chart that was left just before, with the way back."""
    return DoneView(address=address_of(encounter_id), tag=tag, words=f"Finalized {encounter_id}")


def _shown(desk: Desk, room: Room, person: Person, found: Chart) -> Shown:
    encounter_id, names = found.summary.id, names_at(desk)
    around = Around(
        names=lambda account_id: names.get(account_id, "somebody"),
        decisions=tuple(found.history),
        lease=_lease(found.lease, person),
        may_decide=Role.CODER in person.roles,
        next_id=_beside(desk, room, person, encounter_id, is_next=True),
        previous_id=_beside(desk, room, person, encounter_id, is_next=False),
        place=_waiting(desk),
    )
    return Shown(found=found, view=chart_view(found.state, found.reading, around))


def _beside(
    desk: Desk, room: Room, person: Person, encounter_id: str, *, is_next: bool
) -> str | None:
    wanted = wanted_by(room.filters, person.account_id)
    return desk.worklist.neighbour(
        wanted, encounter_id, reviewer=person.account_id, now=room.now, is_next=is_next
    )


def _waiting(desk: Desk) -> str:
    counts = desk.worklist.counts()
    return f"{sum(counts.values()) - counts.get(ReviewStatus.FINALIZED, 0)} open"


def _lease(lease: Lease | None, person: Person) -> LeaseView | None:
    if lease is None:
        return None
    return LeaseView(
        holder=lease.name, until=clock(lease.until)[11:], is_mine=lease.holder == person.id
    )

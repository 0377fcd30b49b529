"""The worklist as the screen shows it, and the filters it is narrowed by."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from urllib.parse import parse_qsl, urlencode

from model.policy import payer, payer_ids
from model.records import Discipline, NoteKind
from service.encounters.records import NOBODY, EncounterSummary, WorklistFilter
from service.reviews.view import ReviewStatus
from service.ui.addresses import address_of
from service.ui.words import NOTE_KINDS, STATUSES
from service.ui.worklist_views import FilterView, SavedFilterView, WorklistRowView, WorklistView

FIELDS = ("status", "lane", "discipline", "payer", "assigned")
_OPEN = tuple(status.value for status in ReviewStatus if status is not ReviewStatus.FINALIZED)
_MINE = "me"
_LANES = (("green", "Green"), ("review", "Review"))


def chosen(query: Mapping[str, str]) -> dict[str, str]:
    """The filters a query asks for, without what is no filter or no value of it."""
    allowed = {name: {value for value, _ in _options(name)} for name in FIELDS}
    return {name: query[name] for name in FIELDS if query.get(name) in allowed[name]}


def listed_by(kept: str) -> dict[str, str]:
    """The filters a cookie keeps; none where it holds anything else."""
    return chosen(dict(parse_qsl(kept, max_num_fields=len(FIELDS) + 1)) if len(kept) < 500 else {})


def wanted_by(filters: Mapping[str, str], person_id: str) -> WorklistFilter:
    """The question the filters stand for; without a status, whatever is not final."""
    assigned = filters.get("assigned")
    return WorklistFilter(
        status=(filters["status"],) if "status" in filters else _OPEN,
        lane=filters.get("lane"),
        payer=filters.get("payer"),
        discipline=filters.get("discipline"),
        assigned_to=person_id if assigned == _MINE else assigned,
        blind_to=person_id,
    )


def worklist_view(
    rows: Sequence[EncounterSummary],
    filters: Mapping[str, str],
    *,
    saved: Iterable[tuple[str, str]],
    now: datetime,
    next_cursor: str = "",
    twice: str = "",
) -> WorklistView:
    """A page of the worklist.

    Args:
        rows: The encounters, in order.
        filters: What the list is narrowed by.
        saved: Name and query of each filter this person keeps.
        now: The moment ages are counted to.
        next_cursor: Where the next page begins; empty on the last.
        twice: What else waits for this person, in words.
    """
    query = urlencode(filters)
    return WorklistView(
        rows=tuple(_row(row, now) for row in rows),
        count=_count(len(rows), has_more=bool(next_cursor)),
        filters=tuple(
            FilterView(
                name=name,
                label=_LABELS[name],
                value=filters.get(name, ""),
                options=_options(name),
            )
            for name in FIELDS
        ),
        saved=tuple(_saved(name, kept, query) for name, kept in saved),
        query=query,
        next_page=_more(filters, next_cursor) if next_cursor else "",
        twice=twice,
    )


def coded_twice(to_code: int, to_settle: int) -> str:
    """What waits of charts that are coded twice; empty where nothing does."""
    asks = []
    if to_code:
        asks.append(f"{to_code} to code a second time, blind")
    if to_settle:
        asks.append(f"{to_settle} coded twice and to be settled")
    return "; ".join(asks)


def _count(shown: int, *, has_more: bool) -> str:
    charts = "1 chart" if shown == 1 else f"{shown} charts"
    return f"{charts}, and more" if has_more else charts


def _row(row: EncounterSummary, now: datetime) -> WorklistRowView:
    due = row.due_on
    is_final = row.status == ReviewStatus.FINALIZED
    return WorklistRowView(
        id=row.id,
        address=address_of(row.id),
        status=STATUSES[ReviewStatus(row.status)],
        lane=row.lane,
        discipline=row.discipline or "",
        kind=NOTE_KINDS[NoteKind(row.note_kind)] if row.note_kind else "note",
        date_of_service=f"{row.date_of_service:%Y-%m-%d}" if row.date_of_service else "unknown",
        payer=payer(row.payer).name,
        age=_age(row.received_at, now),
        due=f"{due:%Y-%m-%d}" if due else "",
        is_late=due is not None and due < _day(now) and not is_final,
        lines=row.lines,
        blocks=row.blocks,
        warns=row.warns,
        assigned_to=row.assigned_name or "",
        held_by=row.leased_by or "",
    )


def _day(now: datetime) -> date:
    return now.date()


def _age(received: datetime, now: datetime) -> str:
    """How long a chart has waited, in its largest unit."""
    minutes = max(int((now - received).total_seconds() // 60), 0)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 24 * 60 else f"{minutes // (24 * 60)} d"


def _saved(name: str, kept: str, query: str) -> SavedFilterView:
    return SavedFilterView(
        key=name, name=name, address=f"/worklist?{kept}", is_current=kept == query
    )


def _more(filters: Mapping[str, str], cursor: str) -> str:
    return f"/worklist?{urlencode({**filters, 'after': cursor})}"


_LABELS = {
    "status": "Status",
    "lane": "Lane",
    "discipline": "Discipline",
    "payer": "Payer",
    "assigned": "Assigned to",
}


def _options(name: str) -> Sequence[tuple[str, str]]:
    match name:
        case "status":
            return [(status.value, words) for status, words in STATUSES.items()]
        case "lane":
            return _LANES
        case "discipline":
            return [(each.value, each.value) for each in Discipline]
        case "payer":
            return [(each, payer(each).name) for each in payer_ids()]
        case _:
            return [(_MINE, "Me"), (NOBODY, "Nobody")]

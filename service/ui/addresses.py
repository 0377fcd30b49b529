"""Where the charts of each track are, and where one comes from and goes back to."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote

from service.reviews.records import Track

WORKLIST, DOUBLE = "/worklist", "/double"
"""The charts that wait, and those that are coded twice."""

PREFIXES: Mapping[Track, str] = {
    Track.FIRST: "/charts",
    Track.SECOND: "/second",
    Track.ADJUDICATION: "/settle",
}
"""The same screen at three addresses: what is decided there belongs to that track."""

_CHART = "/{encounter_id:path}"
Route = TypeVar("Route", bound=Callable[..., Any])


def address_of(encounter_id: str, track: Track = Track.FIRST) -> str:
    """Where the chart of an encounter is."""
    return f"{PREFIXES[track]}/{quote(encounter_id, safe='')}"


def comparison_of(encounter_id: str) -> str:
    """Where its two claims stand side by side."""
    return f"/compare/{quote(encounter_id, safe='')}"


def list_of(track: Track) -> str:
    """Where a chart was opened from."""
    return WORKLIST if track is Track.FIRST else DOUBLE


def track_at(path: str) -> Track:
    """The track a page belongs to."""
    found = (track for track, prefix in PREFIXES.items() if path.startswith(f"{prefix}/"))
    return next(found, Track.FIRST)


def of_charts(
    add: Callable[[str], Callable[[Route], Route]], rest: str = ""
) -> Callable[[Route], Route]:
    """The decorator of a route below the charts of every track."""

    def added(route: Route) -> Route:
        for prefix in PREFIXES.values():
            add(f"{prefix}{_CHART}{rest}")(route)
        return route

    return added

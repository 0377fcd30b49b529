"""How a form is answered: with the parts of the page that changed, or by going to a page."""

from typing import Any, Self
from urllib.parse import quote, urlencode

from fastapi import Response, status
from fastapi.responses import RedirectResponse

from service.people.records import Person
from service.ui.addresses import address_of, list_of
from service.ui.rendering import page
from service.ui.room import Room
from service.ui.showing import Shown, context_of, done_view


class Answer:
    """The chart as the answer to one form, being put together."""

    def __init__(self, room: Room, person: Person, shown: Shown) -> None:
        self.room, self.person, self.shown = room, person, shown
        self._context: dict[str, Any] = context_of(shown.view, person)

    def with_done(self, encounter_id: str, tag: str) -> Self:
        """Say which chart was left just before, with the way back to it."""
        if encounter_id:
            self._context["done"] = done_view(self.room, encounter_id, tag)
        return self

    def showing(self, **context: Any) -> Self:
        """Show a panel, or a choice, with it."""
        self._context |= context
        return self

    def response(
        self, *, key: str = "", code: int = status.HTTP_200_OK, said: str = ""
    ) -> Response:
        """The chart as it stands now; ``said`` is told to whoever listens."""
        view = self.shown.view
        if not self.room.fragment and code == status.HTTP_200_OK:
            place = f"#line-{quote(key)}" if key else ""
            return RedirectResponse(f"{view.address}{place}", status.HTTP_303_SEE_OTHER)
        self._context["with_note"] = self.room.marks != view.marks
        template = "_answer.html" if self.room.fragment else "chart.html"
        answer = page(template, person=self.person, status=code, **self._context)
        answer.headers.update({"X-Tag": view.tag, "X-Said": quote(said)})
        return answer


def left_for(room: Room, following: str | None, left: str, tag: str, *, is_final: bool) -> Response:
    """On to the next chart, or to the list where there is none.

    Args:
        room: Where the form came from, and on which track.
        following: The chart to go to; None where none is left.
        left: The chart that is left.
        tag: The state it is left in.
        is_final: Whether its claim was made final, and can be taken back from the next.
    """
    address = address_of(following, room.track) if following else list_of(room.track)
    done = {"done": left, "at": tag} if is_final and following else {}
    if not room.fragment:
        return RedirectResponse(f"{address}{_query(done)}", status.HTTP_303_SEE_OTHER)
    said = f"{'Finalized' if is_final else 'Parked'} {left}"
    headers = {"X-Next": address, "X-Tag": tag, "X-Said": quote(said), "X-Done": quote(left)}
    return Response(headers=headers if done else {**headers, "X-Done": ""}, media_type="text/html")


def back_to(room: Room, encounter_id: str) -> Response:
    """To a chart from another one."""
    address = address_of(encounter_id, room.track)
    if not room.fragment:
        return RedirectResponse(address, status.HTTP_303_SEE_OTHER)
    return Response(headers={"X-Next": address}, media_type="text/html")


def _query(fields: dict[str, str]) -> str:
    return f"?{urlencode(fields)}" if fields else ""

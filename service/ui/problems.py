"""Errors as pages, for whoever looks at the service with a browser."""

from urllib.parse import quote

from fastapi import Request, Response, status
from fastapi.responses import RedirectResponse

from service.people.errors import PasswordChangeNeeded, SignInNeeded
from service.ui.rendering import page

_HEADINGS = {
    403: "This is not yours to do",
    404: "There is no such page",
    405: "This page is not asked for that way",
    409: "Somebody was faster",
    413: "That is too much at once",
    429: "Too many attempts",
    503: "The service cannot do this now",
}


def wants_page(request: Request) -> bool:
    """Whether a person with a browser asks, rather than a program."""
    return "text/html" in request.headers.get("accept", "")


def error_page(
    request: Request, error: Exception | None, code: int, name: str, words: str
) -> Response:
    """An error as a page, or the way to where it is put right.

    Args:
        request: What was asked.
        error: What was raised; None where only its status is known.
        code: HTTP status.
        name: Stable code of the error.
        words: The error in words; nothing of a note is in them.
    """
    if isinstance(error, SignInNeeded):
        wanted = request.url.path if request.method == "GET" else ""
        back = f"?next={quote(wanted, safe='')}" if wanted not in ("", "/") else ""
        return RedirectResponse(f"/sign-in{back}", status.HTTP_303_SEE_OTHER)
    if isinstance(error, PasswordChangeNeeded):
        return RedirectResponse("/password", status.HTTP_303_SEE_OTHER)
    heading = _HEADINGS.get(code, "Something went wrong")
    shown = words[:1].upper() + words[1:]
    person = getattr(request.state, "person", None)
    return page("message.html", person=person, status=code, heading=heading, words=shown, code=name)

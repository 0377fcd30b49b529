"""Requests that a page of another site makes a browser send are turned away.

The service trusts the machine it runs on, so a browser on that machine is the way in: by a foreign
page that posts here, or by a foreign name that was made to point here (DNS rebinding). Programs
send neither Origin nor Sec-Fetch-Site and pass.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service import problems
from service.security.errors import HostUnknown, RequestForged, RequestRefused

_SAFE = {"GET", "HEAD", "OPTIONS"}
_OURS = {"same-origin", "none"}  # a page of ours; an address typed by a person


class OriginCheck:
    """Refuses foreign names and foreign pages."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        error = self._refused(scope) if scope["type"] == "http" else None
        if error is None:
            await self._app(scope, receive, send)
        else:
            await problems.shown(error)(scope, receive, send)

    def _refused(self, scope: Scope) -> RequestRefused | None:
        headers = Headers(scope=scope)
        if host_of(headers.get("host", "")) not in self._hosts:
            return HostUnknown()
        if is_foreign(scope["method"], scope["path"], headers):
            return RequestForged()
        return None


def host_of(authority: str) -> str:
    """The host of ``host:port``, in lower case; ``[::1]`` keeps its brackets."""
    host, bracket, _ = authority.lower().partition("]")
    return host + bracket if bracket else host.partition(":")[0]


def is_foreign(method: str, path: str, headers: Mapping[str, str]) -> bool:
    """Whether a page of another site is behind the request, as far as the browser tells.

    A link on another site may lead to a page of ours, and to nothing else.
    """
    site = headers.get("sec-fetch-site")
    if site is None:
        return not _is_from_here(headers)
    if site in _OURS:
        return False
    is_link = method in _SAFE and headers.get("sec-fetch-mode") == "navigate"
    return not is_link or path.startswith("/api/")


def _is_from_here(headers: Mapping[str, str]) -> bool:
    """Older browsers send Origin alone; programs send none."""
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()

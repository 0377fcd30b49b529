"""How often somebody may ask. Counted in this process: with several, each counts for itself."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

from starlette.types import ASGIApp, Receive, Scope, Send

from service import problems
from service.security.errors import RequestsTooMany

_MOST_KNOWN = 10_000
_ROUNDING = 1e-6
_A_MINUTE = timedelta(minutes=1)


class Rate:
    """So many requests in a while, by whom; what was not used is saved up, to no more than that.

    Safe to share between threads.
    """

    def __init__(
        self, most: int, per: timedelta, *, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._each = per.total_seconds() / most
        self._seconds = seconds
        self._paid_until: dict[str, float] = {}
        self._lock = threading.Lock()

    def take(self, who: str) -> None:
        """Count one request of ``who``.

        Raises:
            RequestsTooMany: There have been too many; this one is not counted.
        """
        now = self._seconds()
        with self._lock:
            paid = max(self._paid_until.get(who, now), now) + self._each
            beyond = paid - now - self._each * self._most
            if beyond > self._each * _ROUNDING:
                raise RequestsTooMany(timedelta(seconds=beyond))
            if who not in self._paid_until and len(self._paid_until) >= _MOST_KNOWN:
                self._forget(now)
            self._paid_until[who] = paid

    def reset(self, who: str) -> None:
        """Start anew with ``who``."""
        with self._lock:
            self._paid_until.pop(who, None)

    def _forget(self, now: float) -> None:
        """Drop those with nothing to pay; where all have, the whole list: memory comes first."""
        self._paid_until = {who: paid for who, paid in self._paid_until.items() if paid > now}
        if len(self._paid_until) >= _MOST_KNOWN:
            self._paid_until = {}


class ApiRate:
    """Lets each address send so many requests a minute to the API."""

    def __init__(self, app: ASGIApp, *, per_minute: int) -> None:
        self._app = app
        self._rate = Rate(per_minute, _A_MINUTE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or ask for patience."""
        try:
            if scope["type"] == "http" and scope["path"].startswith("/api/"):
                self._rate.take((scope.get("client") or ("",))[0])
        except RequestsTooMany as error:
            await problems.shown(error)(scope, receive, send)
            return
        await self._app(scope, receive, send)

"""Bodies larger than any real request are refused before they fill memory."""

from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service import problems


class TooLarge(Exception):
    """A body grew beyond the limit while it was read."""


class BodyLimit:
    """Refuses bodies of more than ``most`` bytes, said or found to be so."""

    def __init__(self, app: ASGIApp, *, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what it sends."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _said(scope) > self._most:
            await self._refuse(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most:
                raise TooLarge
            return message

        try:
            await self._app(scope, counted, send)
        except TooLarge:
            await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        title = f"the body has more than {self._most} bytes"
        await problems.answer(status, "request.too_large", title)(scope, receive, send)


def _said(scope: Scope) -> int:
    """The length a request announces; 0 where it announces none that can be read."""
    written = dict(scope["headers"]).get(b"content-length", b"0")
    return int(written) if written.isdigit() else 0

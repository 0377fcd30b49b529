"""Bodies larger than any real request are refused before they fill memory."""

from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service import problems


class BodyLimit:
    """Reads each body whole, up to ``most`` bytes, before anything of ours sees the request."""

    def __init__(self, app: ASGIApp, *, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        waiting = await self._read(scope, receive)
        if waiting is None:
            await self._refuse(scope, receive, send)
            return

        async def replayed() -> Message:
            return waiting.pop(0) if waiting else await receive()

        await self._app(scope, replayed, send)

    async def _read(self, scope: Scope, receive: Receive) -> list[Message] | None:
        """The messages of the body; None where it is too large, said to be or found to be."""
        if _said(scope) > self._most:
            return None
        messages, size = [await receive()], 0
        while True:
            size += len(messages[-1].get("body", b""))
            if size > self._most:
                return None
            if not messages[-1].get("more_body"):
                return messages
            messages.append(await receive())

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        title = f"the body has more than {self._most} bytes"
        await problems.answer(status, "request.too_large", title)(scope, receive, send)


def _said(scope: Scope) -> int:
    """The length a request announces; 0 where it announces none that can be read."""
    written = dict(scope["headers"]).get(b"content-length", b"0")
    return int(written) if written.isdigit() else 0

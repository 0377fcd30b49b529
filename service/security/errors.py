"""Why a request is turned away before anybody looks at it."""

from datetime import timedelta

from model.errors import NoteproofError


class RequestRefused(NoteproofError):
    """A request is turned away."""

    code = "request.refused"


class HostUnknown(RequestRefused):
    """The service was asked for by a name that is not among NOTEPROOF_ALLOWED_HOSTS."""

    code = "request.host"

    def __init__(self) -> None:
        super().__init__("this service is not known by that name; see NOTEPROOF_ALLOWED_HOSTS")


class RequestForged(RequestRefused):
    """A request came from another site, or without the token of the page it should come from."""

    code = "request.forged"

    def __init__(self) -> None:
        super().__init__("the request does not come from a page of ours")


class RequestsTooMany(RequestRefused):
    """More requests than allowed in a while.

    Attributes:
        wait: How long until the next one is looked at.
    """

    code = "request.too_many"

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__("too many requests; wait before the next one")

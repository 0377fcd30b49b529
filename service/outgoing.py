"""One request to somebody else's server. No redirect is followed."""

import http.client
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

_TIMEOUT_SECONDS = 10
UNANSWERED = (OSError, http.client.HTTPException)
"""Both kinds of error that ``asked`` raises where there is no answer."""


@contextmanager
def asked(
    address: str, body: bytes | None, headers: Mapping[str, str]
) -> Iterator[http.client.HTTPResponse]:
    """The answer of ``address``, whose body can be read while the block lasts.

    Args:
        address: Of http or https; whoever calls has judged whether it may be asked.
        body: What is posted; without one the request is a GET.
        headers: Sent beside those that HTTP itself needs.

    Raises:
        OSError: Nobody can be reached, or some step took longer than 10 seconds.
        http.client.HTTPException: The answer is no HTTP, or breaks off.
    """
    parts = urlsplit(address)
    is_secure = parts.scheme == "https"
    make = http.client.HTTPSConnection if is_secure else http.client.HTTPConnection
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    connection = make(parts.hostname or "", parts.port, timeout=_TIMEOUT_SECONDS)
    with closing(connection):
        connection.request("POST" if body is not None else "GET", path, body, headers)
        yield connection.getresponse()

"""One question to the identity provider, answered with a JSON object. No redirect is followed."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from service.outgoing import UNANSWERED, asked
from service.people.errors import OidcUnavailable
from service.people.oidc.configuration import is_safe

_MOST_BYTES = 1024 * 1024
_FORM = "application/x-www-form-urlencoded"


def ask(
    address: str,
    *,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The object that ``address`` answers; a ``form`` is posted.

    Raises:
        OidcUnavailable: Nobody answered, or with something else; nothing that was sent or answered
            is in the message.
    """
    if not is_safe(address):
        raise OidcUnavailable("names an address that is not https")
    told = {"Accept": "application/json", **(headers or {})}
    body = None
    if form is not None:
        body, told["Content-Type"] = urlencode(form).encode(), _FORM
    return _object(_answer(address, body, told))


def _answer(address: str, body: bytes | None, headers: Mapping[str, str]) -> bytes:
    try:
        with asked(address, body, headers) as response:
            answered = response.read(_MOST_BYTES + 1)
    except UNANSWERED:
        raise OidcUnavailable("cannot be reached") from None
    if response.status != HTTPStatus.OK:
        raise OidcUnavailable(f"answered with status {response.status}", status=response.status)
    if len(answered) > _MOST_BYTES:
        raise OidcUnavailable("answered with too much")
    return answered


def _object(answered: bytes) -> dict[str, Any]:
    try:
        found = json.loads(answered)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise OidcUnavailable("answered with no JSON object")
    return found

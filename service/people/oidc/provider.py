"""The identity provider: what it says of itself, its keys, and a token for a code."""

import base64
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode

from service.people.errors import OidcRefused, OidcUnavailable
from service.people.oidc.asking import ask
from service.people.oidc.configuration import OidcClient, is_safe
from service.people.oidc.passage import Passage, challenge

_DISCOVERY = "/.well-known/openid-configuration"
_KEPT_SECONDS = 3600
_ASKED_AGAIN_SECONDS = 60
_POST, _BASIC = "client_secret_post", "client_secret_basic"
Keys = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """Where the provider does what."""

    authorization: str
    token: str
    keys: str
    takes_basic: bool


class Provider:
    """The one provider of a service; what it says of itself is asked for when it is needed.

    Safe to share between threads.
    """

    def __init__(
        self, client: OidcClient, *, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self.client = client
        self._seconds = seconds
        self._lock = threading.Lock()
        self._endpoints: Endpoints | None = None
        self._keys: Keys = ()
        self._keys_at = float("-inf")

    def sign_in_address(self, passage: Passage, *, back_to: str) -> str:
        """Where somebody is sent to sign in.

        Raises:
            OidcUnavailable: The provider cannot be asked.
        """
        fields = {
            "response_type": "code",
            "client_id": self.client.client_id,
            "redirect_uri": back_to,
            "scope": self.client.scopes,
            "state": passage.state,
            "nonce": passage.nonce,
            "code_challenge": challenge(passage.verifier),
            "code_challenge_method": "S256",
        }
        address = self._found().authorization
        return f"{address}{'&' if '?' in address else '?'}{urlencode(fields)}"

    def id_token(self, code: str, passage: Passage, *, back_to: str) -> str:
        """The ID token that ``code`` is exchanged for.

        Raises:
            OidcUnavailable: The provider cannot be asked.
            OidcRefused: It does not take the code, or answers without an ID token.
        """
        found, client = self._found(), self.client
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back_to,
            "code_verifier": passage.verifier,
        }
        headers = {}
        if client.secret and found.takes_basic:
            headers["Authorization"] = _basic(client)
        else:
            form["client_id"] = client.client_id
            if client.secret:
                form["client_secret"] = client.secret
        try:
            token = ask(found.token, form=form, headers=headers).get("id_token")
        except OidcUnavailable as error:
            if error.status is not None and 400 <= error.status < 500:
                raise OidcRefused("was not confirmed there") from None
            raise
        if not isinstance(token, str):
            raise OidcRefused("came without an ID token")
        return token

    def keys(self, *, key_id: str | None) -> Keys:
        """The provider's keys; asked for anew where ``key_id`` is not among those known.

        Raises:
            OidcUnavailable: The provider cannot be asked.
        """
        with self._lock:
            age = self._seconds() - self._keys_at
            is_known = any(key.get("kid") == key_id for key in self._keys)
            if age > (_KEPT_SECONDS if is_known else _ASKED_AGAIN_SECONDS):
                self._keys = _keys(ask(self._discovered().keys))
                self._keys_at = self._seconds()
            return self._keys

    def _found(self) -> Endpoints:
        with self._lock:
            return self._discovered()

    def _discovered(self) -> Endpoints:
        if self._endpoints is None:
            issuer = self.client.issuer
            told = ask(f"{issuer.rstrip('/')}{_DISCOVERY}")
            if told.get("issuer") != issuer:
                raise OidcUnavailable("calls itself by another name than the one that is set")
            methods = told.get("token_endpoint_auth_methods_supported", [_BASIC])
            self._endpoints = Endpoints(
                authorization=_address(told, "authorization_endpoint"),
                token=_address(told, "token_endpoint"),
                keys=_address(told, "jwks_uri"),
                takes_basic=_BASIC in methods or _POST not in methods,
            )
        return self._endpoints


def _address(told: Mapping[str, Any], name: str) -> str:
    address = told.get(name)
    if not isinstance(address, str) or not is_safe(address):
        raise OidcUnavailable(f"names no {name} that is https")
    return address


def _keys(told: Mapping[str, Any]) -> Keys:
    """The keys that signatures are checked with; a provider may list others."""
    keys = told.get("keys")
    if not isinstance(keys, list):
        raise OidcUnavailable("lists no keys")
    return tuple(key for key in keys if isinstance(key, dict) and key.get("use", "sig") == "sig")


def _basic(client: OidcClient) -> str:
    """Source: RFC 6749, section 2.3.1."""
    pair = f"{quote_plus(client.client_id)}:{quote_plus(client.secret)}"
    return f"Basic {base64.b64encode(pair.encode()).decode('ascii')}"

"""Whether an ID token is what it says: signed by the provider, for us, for this sign-in, now.

Source: OpenID Connect Core 1.0, section 3.1.3.7.
"""

import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import isfinite
from typing import Any, TypeGuard

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key
from joserfc.util import urlsafe_b64decode

from service.people.errors import OidcRefused
from service.people.oidc.configuration import OidcClient
from service.people.oidc.provider import Provider

SKEW = timedelta(seconds=60)
"""How far the provider's clock may be from ours."""

_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures that only the provider can make; none that the client's secret could make."""

_UNSIGNED = "is not signed by your organisation"
Claims = Mapping[str, Any]


def checked(token: str, provider: Provider, *, nonce: str, now: datetime) -> Claims:
    """The claims of ``token``.

    Raises:
        OidcRefused: Its signature, issuer, audience, time or nonce is not right.
        OidcUnavailable: The provider's keys cannot be had.
    """
    claims = _signed(token, provider)
    _require_for_us(claims, provider.client)
    _require_now(claims, now)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise OidcRefused("belongs to another sign-in")
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise OidcRefused("names nobody")
    return claims


def _signed(token: str, provider: Provider) -> Claims:
    key_id = _key_id(token)
    for each in provider.keys(key_id=key_id):
        if key_id is None or each.get("kid") == key_id:
            claims = _decoded(token, each)
            if claims is not None:
                return claims
    raise OidcRefused(_UNSIGNED)


def _decoded(token: str, key: Mapping[str, Any]) -> Claims | None:
    """The claims, where ``key`` signed them."""
    try:
        public: Key = JWKRegistry.import_key(dict(key))
        return jwt.decode(token, public, algorithms=list(_ALGORITHMS)).claims
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def _key_id(token: str) -> str | None:
    """Which key the token says it was signed with; nothing else is believed of its head."""
    try:
        head = json.loads(urlsafe_b64decode(token.split(".")[0].encode("ascii")))
    except ValueError:
        raise OidcRefused(_UNSIGNED) from None
    key_id = head.get("kid") if isinstance(head, dict) else None
    return key_id if isinstance(key_id, str) else None


def _require_for_us(claims: Claims, client: OidcClient) -> None:
    if claims.get("iss") != client.issuer:
        raise OidcRefused("was made by another provider")
    given = claims.get("aud")
    audience: Sequence[Any] = given if isinstance(given, list) else [given]
    party = claims.get("azp")
    is_ours = client.client_id in audience and (len(audience) == 1 or party is not None)
    if not is_ours or party not in (None, client.client_id):
        raise OidcRefused("was made for another service")


def _require_now(claims: Claims, now: datetime) -> None:
    ends, made, begins = (claims.get(name) for name in ("exp", "iat", "nbf"))
    skew, seconds = SKEW.total_seconds(), now.timestamp()
    if not _is_moment(ends) or not _is_moment(made):
        raise OidcRefused("does not say when it was made and ends")
    if seconds >= ends + skew:
        raise OidcRefused("is over")
    is_early = made > seconds + skew or (_is_moment(begins) and begins > seconds + skew)
    if is_early:
        raise OidcRefused("is not good yet")


def _is_moment(value: Any) -> TypeGuard[float]:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and isfinite(value)

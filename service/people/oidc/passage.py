"""What is kept between leaving for the identity provider and coming back: in a sealed cookie.

The state binds the answer to this browser, the nonce binds the token to this sign-in, the verifier
binds the code to this service (PKCE). A state is good once: that it was used is written down.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.db.tables import IdempotencyRow
from service.keyring import KeyMissing, Keyring
from service.people.errors import OidcRefused

LASTS = timedelta(minutes=10)
_RANDOM_BYTES, _NONCE_BYTES = 32, 12
_PURPOSE = b"noteproof oidc passage"
_CALLER = "oidc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One way to the provider and back.

    Attributes:
        wanted: The page that was wanted; empty for none in particular.
        begun_at: Seconds since 1970.
    """

    state: str
    nonce: str
    verifier: str
    wanted: str
    begun_at: int


def begin(wanted: str, now: datetime) -> Passage:
    """A new passage, with everything random that it needs."""
    return Passage(
        state=secrets.token_urlsafe(_RANDOM_BYTES),
        nonce=secrets.token_urlsafe(_RANDOM_BYTES),
        verifier=secrets.token_urlsafe(_RANDOM_BYTES),
        wanted=wanted,
        begun_at=int(now.timestamp()),
    )


def challenge(verifier: str) -> str:
    """What the provider is told of ``verifier``. Source: RFC 7636, section 4.2."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def sealed(passage: Passage, keyring: Keyring) -> str:
    """``passage`` as a cookie holds it."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    words = json.dumps(asdict(passage)).encode()
    held = nonce + _cipher(keyring).encrypt(nonce, words, _PURPOSE)
    return base64.urlsafe_b64encode(held).decode("ascii")


def opened(cookie: str, keyring: Keyring, *, state: str, now: datetime) -> Passage:
    """The passage of ``cookie``, if it is the one that ``state`` came back from.

    Raises:
        OidcRefused: It is another one, or too old, or none at all.
    """
    try:
        held = base64.urlsafe_b64decode(cookie.encode("ascii"))
        words = _cipher(keyring).decrypt(held[:_NONCE_BYTES], held[_NONCE_BYTES:], _PURPOSE)
        passage = Passage(**json.loads(words))
    except (binascii.Error, InvalidTag, KeyMissing, UnicodeEncodeError, ValueError):
        raise OidcRefused("was not begun in this browser") from None
    if not hmac.compare_digest(passage.state.encode(), state.encode()):
        raise OidcRefused("was not begun in this browser")
    if now.timestamp() - passage.begun_at > LASTS.total_seconds():
        raise OidcRefused("took too long")
    return passage


def spend(session: Session, passage: Passage, now: datetime) -> None:
    """Write down that the state of ``passage`` was used; in every process, it is good once.

    Raises:
        OidcRefused: It was used before.
    """
    old = delete(IdempotencyRow).where(
        IdempotencyRow.caller == _CALLER, IdempotencyRow.made_at < now - 2 * LASTS
    )
    session.execute(old)
    digest = hashlib.sha256(passage.state.encode()).hexdigest()
    row = IdempotencyRow(
        caller=_CALLER, key=digest, body_sha256=digest, status=None, sealed=None, made_at=now
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        raise OidcRefused("was used before") from None


def _cipher(keyring: Keyring) -> AESGCM:
    """A key for this purpose alone."""
    key = keyring.key(keyring.current_id)
    return AESGCM(hmac.digest(key, _PURPOSE, "sha256"))

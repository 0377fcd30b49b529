"""How a receiver knows that an event came from us, and when."""

import hashlib
import hmac
from datetime import datetime

HEADER = "Noteproof-Signature"
FRESH_SECONDS = 300
"""How old a signed request may be before a receiver should refuse it."""


def signature(secret: bytes, body: bytes, at: datetime) -> str:
    """``t=<unix seconds>,v1=<hex>``: HMAC-SHA256 over the seconds, a point and the body."""
    seconds = int(at.timestamp())
    return f"t={seconds},v1={_mac(secret, body, seconds)}"


def is_signed(secret: bytes, body: bytes, given: str, now: datetime) -> bool:
    """Whether ``given`` is a fresh signature of ``body``; what receivers are told to check."""
    parts = dict(part.partition("=")[::2] for part in given.split(","))
    seconds = parts.get("t", "")
    if not seconds.isdigit() or abs(now.timestamp() - int(seconds)) > FRESH_SECONDS:
        return False
    return hmac.compare_digest(_mac(secret, body, int(seconds)), parts.get("v1", ""))


def _mac(secret: bytes, body: bytes, seconds: int) -> str:
    return hmac.new(secret, f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()

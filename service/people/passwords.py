"""Passwords: argon2id with the library's parameters, written into each hash."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from service.people.errors import PasswordWeak

MOST = 256
_HASHER = PasswordHasher()
_ONE_TIME_BYTES = 12


def hashed(password: str) -> str:
    """The hash to keep of ``password``."""
    return _HASHER.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether ``password`` is the one behind ``kept``.

    Where there is no such account (None) it takes as long and is wrong.
    """
    try:
        _HASHER.verify(kept or _nobodys(), password[:MOST])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def one_time() -> str:
    """A random password that is easy to type once."""
    return secrets.token_urlsafe(_ONE_TIME_BYTES)


def require_strong(password: str, *, at_least: int, name: str, previous: str | None = None) -> None:
    """Raise where ``password`` must not be chosen; length is what counts.

    Raises:
        PasswordWeak: The reason says what is wrong.
    """
    if len(password) < at_least:
        raise PasswordWeak(f"needs {at_least} characters or more")
    if len(password) > MOST:
        raise PasswordWeak(f"has more than {MOST} characters")
    if len(password.lower().replace(name, "")) < at_least // 2:
        raise PasswordWeak("is little more than the name")
    if len(set(password)) <= 2:
        raise PasswordWeak("repeats itself")
    if password == previous:
        raise PasswordWeak("is the one it should replace")


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_urlsafe())

"""The nouns: who asks, and what they may do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody is here for."""

    CODER = "coder"
    AUDITOR = "auditor"
    ADMIN = "admin"
    PLUGIN = "plugin"


class Scope(StrEnum):
    """What a program's key opens; a program acts in the role of a plugin and no further."""

    DRAFT = "draft"
    """Send encounters, and be answered with their drafts."""
    READ = "read"
    """Read encounters, decisions, codes and rules."""
    WEBHOOKS = "webhooks"
    """Say where events are sent."""
    METRICS = "metrics"
    """Read the numbers of the service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person who signs in.

    Attributes:
        name: In lower case, to sign in with and to be shown as.
        must_change_password: The password is a one-time one.
    """

    id: str
    name: str
    roles: frozenset[Role]
    must_change_password: bool = False
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who makes a request: a person signed in, or a program.

    Attributes:
        id: The account's id. A program with a key has that of the account the key was made for; one
            without a key, where that is allowed, has none.
        name: The account's name, with the key's prefix for a program.
        scopes: What a program's key opens; None for a person.
        csrf_token: What each form of this session must send back; empty for programs.
    """

    id: str | None
    name: str
    roles: frozenset[Role]
    scopes: frozenset[Scope] | None = None
    csrf_token: str = ""

    @property
    def account_id(self) -> str:
        """The id, where only somebody with an account can be; decisions carry it."""
        if self.id is None:
            raise ValueError("a program without a key has no account")
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A program's key, as listed: never the key itself."""

    prefix: str
    account: str
    label: str
    scopes: frozenset[Scope]
    made_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

"""Who may call a route. Each declares it, by ``needs`` or ``public``; a test asks every one."""

from collections.abc import Callable
from datetime import datetime
from hmac import compare_digest
from typing import Any
from urllib.parse import parse_qs

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from service.db.storage import Storage
from service.people import cookies
from service.people.api_keys import ApiKeys
from service.people.errors import ApiKeyInvalid, PasswordChangeNeeded, RoleNeeded, SignInNeeded
from service.people.records import Person, Role, Scope
from service.people.sessions import Sessions
from service.security.errors import RequestForged
from service.settings import Settings

LOCAL_PROGRAM = Person(
    id=None,
    name="local program",
    roles=frozenset({Role.PLUGIN}),
    scopes=frozenset({Scope.DRAFT, Scope.READ, Scope.METRICS}),
)
"""A program on this machine that shows no key, where none is asked for."""

CSRF_HEADER, CSRF_FIELD = "x-csrf-token", "csrf"
_SAFE = {"GET", "HEAD", "OPTIONS"}
_FORM = "application/x-www-form-urlencoded"


class Needs:
    """Finds out who asks, and lets them through if they may.

    Attributes:
        roles: Any of these is enough.
        scope: What a program's key must open besides.
        is_for_newcomers: Whether somebody with a one-time password may do it.
    """

    def __init__(
        self, roles: frozenset[Role], scope: Scope | None, *, is_for_newcomers: bool
    ) -> None:
        self.roles, self.scope, self.is_for_newcomers = roles, scope, is_for_newcomers

    async def __call__(self, request: Request) -> Person:
        """The person behind ``request``.

        Raises:
            SignInNeeded: Nobody is.
            ApiKeyInvalid: The key that was shown opens nothing.
            PasswordChangeNeeded: A one-time password has not been replaced.
            RoleNeeded: The work is another role's, or the key's scopes leave it out.
            RequestForged: A form or a fetch came without the token of the session.
        """
        person, is_newcomer = await run_in_threadpool(_who, request)
        if is_newcomer and not self.is_for_newcomers:
            raise PasswordChangeNeeded
        self._require(person)
        if person.csrf_token and request.method not in _SAFE:
            await _require_token(request, person.csrf_token)
        request.state.person = person
        return person

    def _require(self, person: Person) -> None:
        if not self.roles & person.roles:
            if person.id is None:
                raise SignInNeeded  # whoever signs in may turn out to have the role
            raise RoleNeeded(f"the role {' or '.join(sorted(self.roles))}")
        if person.scopes is not None and self.scope not in person.scopes:
            raise RoleNeeded(f"a key with the scope {self.scope}" if self.scope else "a person")


def needs(*roles: Role, scope: Scope | None = None, is_for_newcomers: bool = False) -> Any:
    """The dependency of a route that is for people with any of ``roles``.

    With ``Role.PLUGIN`` among them, programs whose key has ``scope`` may call it too.
    """
    if (Role.PLUGIN in roles) != (scope is not None):
        raise ValueError("programs need a scope, and only programs do")
    return Depends(Needs(frozenset(roles), scope, is_for_newcomers=is_for_newcomers))


def public() -> Any:
    """The dependency of a route that is for everybody; it shows nothing of anyone."""
    return Depends(is_public)


def is_public() -> None:
    """Nothing to check."""


def declared(call: Callable[..., Any] | None) -> bool:
    """Whether a dependency says who may call its route."""
    return isinstance(call, Needs) or call is is_public


def _who(request: Request) -> tuple[Person, bool]:
    """Who asks, and whether they still have a one-time password."""
    settings: Settings = request.app.state.settings
    shown, token = _bearer(request), cookies.token_of(request)
    if shown is not None:
        return _program(request, shown), False
    found = _signed_in(request, token) if token else None
    if found is not None:
        return found
    if settings.needs_keys or not request.url.path.startswith(("/api/", "/metrics")):
        raise SignInNeeded
    return LOCAL_PROGRAM, False


def _program(request: Request, key: str) -> Person:
    storage: Storage = request.app.state.storage
    with storage.database.reading() as session:
        return ApiKeys(session).person(key, request.app.state.clock())


def _signed_in(request: Request, token: str) -> tuple[Person, bool] | None:
    storage: Storage = request.app.state.storage
    settings: Settings = request.app.state.settings
    now: datetime = request.app.state.clock()
    with storage.database.reading() as session:
        found = Sessions(session, settings).find(token, now)
    if found is None:
        return None
    if found.was_seen_long_ago:
        with storage.database.writing() as session:
            Sessions(session, settings).seen(token, now)
    account = found.account
    person = Person(
        id=account.id, name=account.name, roles=account.roles, csrf_token=found.csrf_token
    )
    return person, account.must_change_password


def _bearer(request: Request) -> str | None:
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    if not scheme:
        return None
    if scheme.lower() != "bearer":
        raise ApiKeyInvalid
    return shown.strip()


async def _require_token(request: Request, token: str) -> None:
    given = request.headers.get(CSRF_HEADER) or await _form_token(request)
    if not compare_digest(given.encode(), token.encode()):
        raise RequestForged


async def _form_token(request: Request) -> str:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _FORM:
        return ""
    body = (await request.body()).decode("utf-8", errors="replace")
    return parse_qs(body).get(CSRF_FIELD, [""])[-1]

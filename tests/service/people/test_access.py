"""Every route says who may call it, and nobody else can."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts
from starlette.testclient import TestClient

from service.app import create_app
from service.people import access
from service.people.access import Needs, needs
from service.people.accounts import Accounts
from service.people.api_keys import ApiKeys
from service.people.records import Role, Scope
from tests.support.browser import sign_in, token_of
from tests.support.drafts import FixedCopilot
from tests.support.phi import MARKED_NOTE, leaks
from tests.support.storage import settings_for, settle

PUBLIC = {
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/sign-in/oidc"),
    ("GET", "/sign-in/oidc/callback"),
}
"""What anybody may ask for; the framework's own /openapi.json and /static come to it."""

CONTRACT = [
    ("GET", "/api/v1/rules"),
    ("GET", "/api/v1/rules/deleted-code"),
    ("POST", "/api/v1/encounters"),
]


def _routes() -> list[tuple[str, str, RouteContext]]:
    contexts = iter_route_contexts(create_app(settings_for("sqlite:///unused.db")).routes)
    return [
        (method, context.path or "", context)
        for context in contexts
        if getattr(context, "dependant", None) is not None
        for method in sorted(context.methods or ())
    ]


def _calls(dependant: Dependant) -> Iterator[Any]:
    for each in dependant.dependencies:
        yield each.call
        yield from _calls(each)


def _needs(route: RouteContext) -> list[Needs]:
    return [call for call in _calls(route.dependant) if isinstance(call, Needs)]


ROUTES = _routes()
GUARDED = [
    pytest.param(method, path, route, id=f"{method} {path}")
    for method, path, route in ROUTES
    if _needs(route)
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    path = tmp_path_factory.mktemp("access") / "notes.db"
    app = create_app(settings_for(f"sqlite:///{path}", api_access="keys"), load=FixedCopilot)
    with TestClient(app):
        for role in Role:
            settle(app.state.storage.database, role.value, role)
        yield app


@pytest.fixture(scope="module")
def client(app: FastAPI) -> TestClient:
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def signed_in(app: FastAPI) -> dict[Role, tuple[TestClient, str]]:
    """A browser for each role, and the token of its forms."""
    found = {}
    for role in set(Role) - {Role.PLUGIN}:
        browser = TestClient(app, raise_server_exceptions=False)
        sign_in(browser, role.value)
        found[role] = browser, token_of(browser)
    return found


def _key(app: FastAPI, *scopes: Scope) -> dict[str, str]:
    with app.state.storage.database.writing() as session:
        account = Accounts(session).named("plugin")
        assert account is not None
        key = ApiKeys(session).add(account.id, label="", scopes=scopes, now=app.state.clock())
    return {"authorization": f"Bearer {key}"}


def _filled(path: str) -> str:
    """``path`` with something in its places."""
    return "/".join("x" if part.startswith("{") else part for part in path.split("/"))


@pytest.mark.parametrize(
    ("method", "path", "route"),
    [pytest.param(*each, id=f"{each[0]} {each[1]}") for each in ROUTES],
)
def test_every_route_says_who_may_call_it(method: str, path: str, route: RouteContext) -> None:
    declared = [call for call in _calls(route.dependant) if access.declared(call)]

    assert declared != []
    assert (not _needs(route)) == ((method, path) in PUBLIC)


@pytest.mark.parametrize(("method", "path", "route"), GUARDED)
def test_nobody_gets_through_without_signing_in_or_a_key(
    client: TestClient, method: str, path: str, route: RouteContext
) -> None:
    answer = client.request(method, _filled(path), follow_redirects=False)

    assert answer.status_code in {401, 303}
    if answer.status_code == 303:
        assert answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize(("method", "path", "route"), GUARDED)
def test_no_other_role_gets_through(
    signed_in: dict[Role, tuple[TestClient, str]], method: str, path: str, route: RouteContext
) -> None:
    wanted = frozenset.intersection(*(need.roles for need in _needs(route)))

    for role in signed_in.keys() - wanted:
        browser, token = signed_in[role]
        answer = browser.request(method, _filled(path), headers={access.CSRF_HEADER: token})
        assert answer.status_code == 403, role


@pytest.mark.parametrize(("method", "path", "route"), GUARDED)
def test_no_key_gets_through_without_the_scope(
    app: FastAPI, client: TestClient, method: str, path: str, route: RouteContext
) -> None:
    wanted = {need.scope for need in _needs(route)}
    others = [scope for scope in Scope if scope not in wanted]

    answer = client.request(method, _filled(path), headers=_key(app, *others))

    assert answer.status_code == 403


@pytest.mark.parametrize(("method", "path"), CONTRACT)
def test_a_key_with_the_scope_gets_through(
    app: FastAPI, client: TestClient, method: str, path: str
) -> None:
    body = {"id": "enc-1", "text": "Gait training 15 min."} if method == "POST" else None

    answer = client.request(method, path, json=body, headers=_key(app, Scope.READ, Scope.DRAFT))

    assert answer.status_code == 200


@pytest.mark.parametrize("shown", ["Bearer npk_0_0", "Bearer ", "Basic ZGFuYTp4", "npk_0_0"])
def test_a_key_that_opens_nothing_is_refused_though_a_cookie_would_do(
    signed_in: dict[Role, tuple[TestClient, str]], shown: str
) -> None:
    browser, _ = signed_in[Role.CODER]

    answer = browser.get("/api/v1/rules", headers={"authorization": shown})

    assert (answer.status_code, answer.json()["code"]) == (401, "people.api_key_invalid")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("token", [None, "", "wrong"])
def test_a_fetch_with_the_cookie_needs_the_token_of_the_page(
    signed_in: dict[Role, tuple[TestClient, str]], token: str | None
) -> None:
    browser, right = signed_in[Role.CODER]
    body = {"id": "enc-1", "text": MARKED_NOTE}
    headers = {} if token is None else {access.CSRF_HEADER: token}

    refused = browser.post("/api/v1/encounters", json=body, headers=headers)
    done = browser.post("/api/v1/encounters", json=body, headers={access.CSRF_HEADER: right})

    assert (refused.status_code, refused.json()["code"]) == (403, "request.forged")
    assert leaks(refused.text) == []
    assert done.status_code == 200


@pytest.mark.parametrize(("method", "path"), CONTRACT)
def test_on_this_machine_programs_need_no_key_unless_that_is_set(
    tmp_path_factory: pytest.TempPathFactory, method: str, path: str
) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('open') / 'notes.db'}"
    body = {"id": "enc-1", "text": "Gait training 15 min."} if method == "POST" else None

    with TestClient(create_app(settings_for(url), load=FixedCopilot)) as client:
        assert client.request(method, path, json=body).status_code == 200


@pytest.mark.parametrize(
    ("host", "access_set", "needs_keys"),
    [
        ("127.0.0.1", "open", False),
        ("localhost", "open", False),
        ("::1", "open", False),
        ("127.0.0.1", "keys", True),
        ("0.0.0.0", "open", True),  # noqa: S104  (what is listened at, not what we listen at)
        ("192.168.1.5", "open", True),
        ("clinic.example", "open", True),
    ],
)
def test_at_an_address_others_can_reach_programs_always_need_a_key(
    host: str, access_set: str, needs_keys: bool
) -> None:
    settings = settings_for("sqlite:///unused.db", host=host, api_access=access_set)

    assert settings.needs_keys == needs_keys


def test_a_program_without_a_key_can_do_nothing_that_is_a_persons(tmp_path: Any) -> None:
    url = f"sqlite:///{tmp_path / 'notes.db'}"
    with TestClient(create_app(settings_for(url), load=FixedCopilot)) as client:
        faults = [
            (method, path)
            for method, path, route in ROUTES
            if _needs(route) and not all(Role.PLUGIN in n.roles for n in _needs(route))
            if client.request(method, _filled(path), follow_redirects=False).status_code
            not in {401, 303}
        ]

    assert faults == []


def test_a_route_for_programs_must_name_a_scope_and_no_other_may() -> None:
    with pytest.raises(ValueError, match="scope"):
        needs(Role.PLUGIN)
    with pytest.raises(ValueError, match="scope"):
        needs(Role.CODER, scope=Scope.READ)

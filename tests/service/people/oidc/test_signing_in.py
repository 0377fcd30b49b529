"""Signing in at an identity provider: a real one, in this process, over HTTP."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from httpx2 import Response
from pydantic import SecretStr
from starlette.testclient import TestClient

from service.audit.log import AuditLog
from service.people.accounts import Accounts
from service.people.records import Role
from service.security.headers import CONTENT_SECURITY_POLICY
from tests.support.browser import sign_in
from tests.support.identity import CLIENT, SECRET, Identity, a_key, identity
from tests.support.running import Service, serving
from tests.support.storage import Hand, settle

DANA = {"email": "Dana@clinic.example", "email_verified": True, "groups": ["coders", "all"]}
MAKES = {"oidc_makes_accounts": True, "oidc_roles": "coders=coder, qa=auditor"}


@pytest.fixture
def provider() -> Iterator[Identity]:
    with identity(Hand()) as found:
        yield found


def _settings(provider: Identity, **more: object) -> dict[str, Any]:
    return {
        "oidc_issuer": provider.url,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SecretStr(SECRET),
        "oidc_label": "Example Clinic",
        **more,
    }


@pytest.fixture
def service(url: str, provider: Identity) -> Iterator[Service]:
    with serving(url, **_settings(provider)) as found:
        provider.clock = found.clock
        provider.person = dict(DANA)
        settle(found.storage.database, "dana@clinic.example", Role.CODER)
        yield found


@pytest.fixture
def makes_accounts(url: str, provider: Identity) -> Iterator[Service]:
    with serving(url, **_settings(provider, **MAKES)) as found:
        provider.clock = found.clock
        provider.person = dict(DANA)
        yield found


def _leave(browser: TestClient, wanted: str = "") -> str:
    """The address somebody is sent to."""
    path = f"/sign-in/oidc?next={wanted}" if wanted else "/sign-in/oidc"
    answer = browser.get(path, follow_redirects=False)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def _sign_in_there(address: str) -> str:
    """The path the provider sends somebody back to, once they have signed in."""
    back = urlsplit(httpx2.get(address).headers["location"])
    return f"{back.path}?{back.query}"


def _through(browser: TestClient, wanted: str = "") -> Response:
    return browser.get(_sign_in_there(_leave(browser, wanted)), follow_redirects=False)


def _is_in(browser: TestClient) -> bool:
    return browser.get("/password", follow_redirects=False).status_code == 200


def test_somebody_with_an_account_comes_back_signed_in(
    service: Service, provider: Identity
) -> None:
    browser = service.program

    answer = _through(browser, wanted="/charts/enc-1")

    assert (answer.status_code, answer.headers["location"]) == (303, "/charts/enc-1")
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert _is_in(browser)
    assert "noteproof_passage" not in browser.cookies
    with service.storage.database.reading() as session:
        account = Accounts(session).named("dana@clinic.example")
        assert account is not None
        (last,) = AuditLog(session).of(f"accounts/{account.id}")
    assert (last.action, last.detail) == ("people.signed_in", {"by": "oidc"})


def test_the_provider_is_asked_with_a_challenge_and_gets_the_verifier(
    service: Service, provider: Identity
) -> None:
    query = parse_qs(urlsplit(_leave(service.program)).query)

    _through(service.program)

    assert query["response_type"] == ["code"]
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"] == ["http://testserver/sign-in/oidc/callback"]
    assert {len(query[name][0]) for name in ("state", "nonce", "code_challenge")} == {43}
    (form,) = provider.posted
    assert form["code_verifier"] not in str(query)
    assert "client_secret" not in form


def test_nobody_is_sent_to_another_site_afterwards(service: Service) -> None:
    assert _through(service.program, wanted="//evil.example").headers["location"] == "/"


@pytest.mark.parametrize(
    ("lies", "words"),
    [
        ({"nonce": "another"}, "belongs to another sign-in"),
        ({"nonce": None}, "belongs to another sign-in"),
        ({"aud": "another"}, "was made for another service"),
        ({"aud": [CLIENT, "another"]}, "was made for another service"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "was made for another service"),
        ({"azp": "another"}, "was made for another service"),
        ({"iss": "https://evil.example"}, "was made by another provider"),
        ({"sub": None}, "names nobody"),
        ({"exp": None}, "does not say when"),
        ({"iat": None}, "does not say when"),
        ({"email": None}, "does not say whose account"),
        ({"email_verified": False}, "was not verified"),
        ({"email_verified": None}, "was not verified"),
        ({"email": "nobody@clinic.example"}, "leads to no account here"),
    ],
    ids=str,
)
def test_a_token_that_is_not_right_lets_nobody_in(
    service: Service, provider: Identity, lies: dict[str, Any], words: str
) -> None:
    provider.lies = lies

    answer = _through(service.program)

    assert answer.status_code == 401
    assert words in answer.text
    assert "Sign in with Example Clinic" in answer.text
    assert not _is_in(service.program)


@pytest.mark.parametrize(
    ("claim", "seconds", "is_in"),
    [
        ("exp", -59, True),
        ("exp", -60, False),
        ("iat", 60, True),
        ("iat", 61, False),
        ("nbf", 60, True),
        ("nbf", 61, False),
    ],
)
def test_clocks_may_differ_by_a_minute(
    service: Service, provider: Identity, claim: str, seconds: int, is_in: bool
) -> None:
    provider.lies = {claim: int(service.clock().timestamp()) + seconds}

    _through(service.program)

    assert _is_in(service.program) is is_in


def test_a_changed_token_lets_nobody_in(service: Service, provider: Identity) -> None:
    settle(service.storage.database, "ada@clinic.example", Role.ADMIN)
    provider.is_tampered = True

    answer = _through(service.program)

    assert (answer.status_code, "is not signed" in answer.text) == (401, True)
    assert not _is_in(service.program)


@pytest.mark.parametrize("key_id", ["one", "two"])
def test_a_key_the_provider_does_not_list_signs_nothing(
    service: Service, provider: Identity, key_id: str
) -> None:
    provider.signs_with = a_key(key_id)

    assert _through(service.program).status_code == 401


def test_a_new_key_of_the_provider_is_asked_for(
    service: Service, provider: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    app: Any = service.program.app
    moments = iter(range(0, 10_000, 61))
    monkeypatch.setattr(app.state.oidc, "_seconds", lambda: next(moments))
    _through(service.program)
    provider.keys.insert(0, a_key("two"))

    _through(service.program)

    assert _is_in(service.program)
    assert provider.asked.count("/keys") == 2
    assert provider.asked.count("/.well-known/openid-configuration") == 1


def test_a_state_is_good_once(service: Service) -> None:
    browser = service.program
    address = _leave(browser)
    held = browser.cookies["noteproof_passage"]
    back = _sign_in_there(address)
    browser.get(back, follow_redirects=False)
    browser.cookies.clear()
    browser.cookies["noteproof_passage"] = held

    again = browser.get(back, follow_redirects=False)

    assert (again.status_code, "was used before" in again.text) == (401, True)
    assert not _is_in(browser)


@pytest.mark.parametrize("what", ["another browser", "another state", "nonsense", "too late"])
def test_a_way_back_belongs_to_the_browser_it_began_in(service: Service, what: str) -> None:
    browser = service.program
    back = _sign_in_there(_leave(browser))
    match what:
        case "another browser":
            browser.cookies.clear()
        case "another state":
            back = re.sub(r"state=[^&]+", "state=another", back)
        case "nonsense":
            browser.cookies.clear()
            browser.cookies["noteproof_passage"] = "bm9uc2Vuc2U="
        case _:
            service.clock.forward(timedelta(minutes=10, seconds=1))

    answer = browser.get(back, follow_redirects=False)

    assert answer.status_code == 401
    assert not _is_in(browser)


def test_whoever_breaks_off_there_is_told(service: Service) -> None:
    state = parse_qs(urlsplit(_leave(service.program)).query)["state"][0]

    answer = service.program.get(f"/sign-in/oidc/callback?state={state}&error=access_denied")

    assert (answer.status_code, "was broken off there" in answer.text) == (401, True)


def test_a_code_the_provider_does_not_know_lets_nobody_in(service: Service) -> None:
    state = parse_qs(urlsplit(_leave(service.program)).query)["state"][0]

    answer = service.program.get(f"/sign-in/oidc/callback?state={state}&code=guessed")

    assert (answer.status_code, "was not confirmed there" in answer.text) == (401, True)


def test_a_first_sign_in_makes_an_account_only_where_that_was_set(
    makes_accounts: Service,
) -> None:
    _through(makes_accounts.program)

    with makes_accounts.storage.database.reading() as session:
        account = Accounts(session).named("dana@clinic.example")
        assert account is not None
        made = AuditLog(session).of(f"accounts/{account.id}")[-1]
    assert (account.roles, account.must_change_password) == (frozenset({Role.CODER}), False)
    assert (made.action, made.actor, made.detail) == ("people.added", "oidc", {"roles": ["coder"]})
    assert _is_in(makes_accounts.program)


@pytest.mark.parametrize("groups", [["all"], [], None, "none", [["coders"]]])
def test_without_a_role_no_account_is_made(
    makes_accounts: Service, provider: Identity, groups: object
) -> None:
    provider.lies = {"groups": groups}

    answer = _through(makes_accounts.program)

    assert "leads to no account here" in answer.text
    with makes_accounts.storage.database.reading() as session:
        assert Accounts(session).named("dana@clinic.example") is None


def test_a_later_sign_in_changes_no_role(makes_accounts: Service, provider: Identity) -> None:
    _through(makes_accounts.program)
    provider.lies = {"groups": ["qa"]}

    _through(makes_accounts.program)

    with makes_accounts.storage.database.reading() as session:
        account = Accounts(session).named("dana@clinic.example")
    assert account is not None
    assert account.roles == {Role.CODER}


def test_a_closed_account_stays_closed(service: Service) -> None:
    with service.storage.database.writing() as session:
        account = Accounts(session).named("dana@clinic.example")
        assert account is not None
        Accounts(session).set_active(account.id, is_active=False)

    answer = _through(service.program)

    assert (answer.status_code, "is closed" in answer.text) == (401, True)


def test_a_one_time_password_is_void_once_its_owner_came_by_the_provider(
    service: Service,
) -> None:
    with service.storage.database.writing() as session:
        account = Accounts(session).named("dana@clinic.example")
        assert account is not None
        Accounts(session).set_password(account.id, "written-on-a-note", is_one_time=True)

    _through(service.program)

    assert _is_in(service.program)
    other = TestClient(service.program.app)
    assert sign_in(other, "dana@clinic.example", "written-on-a-note").status_code == 401


def test_a_name_is_compared_exactly_where_it_is_no_address(url: str, provider: Identity) -> None:
    with serving(url, **_settings(provider, oidc_name_claim="sub")) as found:
        provider.clock = found.clock
        settle(found.storage.database, "s-1", Role.CODER)

        provider.person = {"sub": "S-1"}
        other = _through(found.program)
        provider.person = {"sub": "s-1"}
        own = _through(found.program)

    assert (other.status_code, own.status_code) == (401, 303)


def test_a_role_may_lie_deeper_in_the_token(url: str, provider: Identity) -> None:
    more = {**MAKES, "oidc_role_claim": "realm_access.roles"}
    with serving(url, **_settings(provider, **more)) as found:
        provider.clock = found.clock
        provider.person = {**DANA, "realm_access": {"roles": ["qa"]}}

        assert _through(found.program).status_code == 303


def test_a_provider_that_is_away_is_said_to_be(service: Service, provider: Identity) -> None:
    app: Any = service.program.app
    with identity(service.clock) as gone:
        address = gone.url
    object.__setattr__(app.state.oidc.client, "issuer", address)

    answer = service.program.get("/sign-in/oidc", follow_redirects=False)

    assert (answer.status_code, "cannot be reached" in answer.text) == (503, True)


def test_nothing_that_is_secret_or_names_anybody_is_logged(
    service: Service, provider: Identity, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    _through(service.program)
    provider.lies = {"email": "lee@clinic.example"}
    _through(service.program)

    said = "\n".join(record.getMessage() for record in caplog.records if "service" in record.name)
    assert "signed in account=" in said
    assert "leads to no account here" in said
    for secret in (SECRET, "clinic.example", "code-1", "eyJ"):
        assert secret not in said
    app: Any = service.program.app
    assert SECRET not in repr(app.state.oidc.client)

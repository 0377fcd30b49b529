import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from service.app import create_app
from service.audit.log import AuditLog
from service.db.storage import Storage
from service.people.records import Role
from service.people.workflow import first_admin
from tests.support.browser import post, sign_in, token_of
from tests.support.drafts import FixedCopilot
from tests.support.phi import MARKS, leaks
from tests.support.storage import NOW, PASSWORD, Hand, settings_for, settle

CHOSEN = "graded-reach-to-shelf"


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def client(tmp_path: Path, hand: Hand) -> Iterator[TestClient]:
    settings = settings_for(f"sqlite:///{tmp_path / 'notes.db'}", sign_in_attempts=3)
    app = create_app(settings, load=FixedCopilot, clock=hand)
    with TestClient(app, raise_server_exceptions=False) as client:
        settle(app.state.storage.database, "dana", Role.CODER)
        yield client


@pytest.fixture
def storage(client: TestClient) -> Storage:
    found: Storage = client.app.state.storage  # type: ignore[attr-defined]
    return found


def _may_work(client: TestClient) -> bool:
    return client.get("/password", follow_redirects=False).status_code == 200


def test_who_signs_in_gets_a_cookie_out_of_reach_and_the_page_they_wanted(
    client: TestClient,
) -> None:
    answer = post(client, "/sign-in", name=" Dana ", password=PASSWORD, next="/charts/enc-1?p=why")

    cookie = answer.headers["set-cookie"].lower()
    assert (answer.status_code, answer.headers["location"]) == (303, "/charts/enc-1?p=why")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "expires" not in cookie
    assert _may_work(client)


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "x", "/a\r\nb: c", ""]
)
def test_nobody_is_sent_to_another_site(client: TestClient, wanted: str) -> None:
    answer = post(client, "/sign-in", name="dana", password=PASSWORD, next=wanted)

    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(("name", "password"), [("dana", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_look_the_same(
    client: TestClient, name: str, password: str
) -> None:
    answer = sign_in(client, name, password)

    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    assert answer.text.replace(f'value="{name}"', "") == sign_in(client, "lee", "x").text.replace(
        'value="lee"', ""
    )


def test_guessing_is_stopped_and_locks_nobody_else_out(
    client: TestClient, storage: Storage
) -> None:
    settle(storage.database, "lee", Role.CODER)

    tries = [sign_in(client, "dana", "wrong") for _ in range(4)]

    assert [answer.status_code for answer in tries] == [401, 401, 401, 429]
    assert int(tries[-1].headers["retry-after"]) > 0
    assert sign_in(client, "lee").status_code == 303


def test_wrong_attempts_are_forgiven_to_who_knows_the_password(client: TestClient) -> None:
    for _ in range(3):
        sign_in(client, "dana", "wrong")
        sign_in(client, "dana", "wrong")

        assert sign_in(client, "dana").status_code == 303


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(client: TestClient) -> None:
    sign_in(client, "dana")
    copied = dict(client.cookies)

    answer = post(client, "/sign-out", csrf=token_of(client))

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    client.cookies.update(copied)
    assert not _may_work(client)


def test_an_idle_session_ends_and_one_in_use_does_not(client: TestClient, hand: Hand) -> None:
    sign_in(client, "dana")
    for _ in range(3):
        hand.forward(timedelta(minutes=59))
        assert _may_work(client)

    hand.forward(timedelta(minutes=61))

    assert not _may_work(client)


def test_a_one_time_password_opens_nothing_but_the_choice_of_another(
    client: TestClient, storage: Storage, tmp_path: Path
) -> None:
    with storage.database.writing() as session:
        from service.people.workflow import add_account

        add_account(session, "new", PASSWORD, [Role.CODER, Role.ADMIN], NOW, by="system")
    sign_in(client, "new")

    refused = client.get("/api/v1/rules")
    answer = post(
        client,
        "/password",
        csrf=token_of(client),
        current=PASSWORD,
        password=CHOSEN,
        again=CHOSEN,
    )

    assert (refused.status_code, refused.json()["code"]) == (403, "people.password_change_needed")
    assert answer.status_code == 303
    assert client.get("/api/v1/rules").status_code == 200


def test_the_first_admin_signs_in_with_the_password_of_the_first_start(tmp_path: Path) -> None:
    settings = settings_for(f"sqlite:///{tmp_path / 'first.db'}")
    with TestClient(create_app(settings, load=FixedCopilot)) as client:
        database = client.app.state.storage.database  # type: ignore[attr-defined]
        password = first_admin(database, NOW)

        assert sign_in(client, "admin", password or "").status_code == 303


@pytest.mark.parametrize(
    ("current", "password", "again"),
    [
        ("wrong", CHOSEN, CHOSEN),
        (PASSWORD, CHOSEN, CHOSEN + "."),
        (PASSWORD, "short", "short"),
        (PASSWORD, PASSWORD, PASSWORD),
    ],
)
def test_a_password_is_not_replaced_without_the_present_one_and_a_good_new_one(
    client: TestClient, current: str, password: str, again: str
) -> None:
    sign_in(client, "dana")

    answer = post(
        client,
        "/password",
        csrf=token_of(client),
        current=current,
        password=password,
        again=again,
    )

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    client.cookies.clear()
    assert sign_in(client, "dana").status_code == 303


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(client: TestClient) -> None:
    sign_in(client, "dana")
    elsewhere = dict(client.cookies)
    client.cookies.clear()
    sign_in(client, "dana")

    token = token_of(client)
    post(client, "/password", csrf=token, current=PASSWORD, password=CHOSEN, again=CHOSEN)

    assert _may_work(client)
    client.cookies.clear()
    client.cookies.update(elsewhere)
    assert not _may_work(client)


@pytest.mark.parametrize("token", ["", "wrong"])
def test_a_form_without_the_token_of_its_page_does_nothing(client: TestClient, token: str) -> None:
    sign_in(client, "dana")

    answer = post(client, "/sign-out", csrf=token)

    assert answer.status_code == 403
    assert _may_work(client)


def test_signing_in_and_out_is_in_the_audit_log_and_so_is_a_refusal(
    client: TestClient, storage: Storage
) -> None:
    sign_in(client, "dana", "wrong")
    sign_in(client, "dana")
    post(client, "/sign-out", csrf=token_of(client))

    with storage.database.reading() as session:
        log = AuditLog(session)
        actions = [entry.action for entry in reversed(log.newest())]
        assert log.verify().broken_at is None
    assert actions == ["people.sign_in_refused", "people.signed_in", "people.signed_out"]


def test_what_was_typed_into_the_form_is_in_no_log(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="service"):
        sign_in(client, MARKS[0], MARKS[1])

    assert "sign-in refused" in caplog.text
    assert leaks(caplog.text) == []


def test_over_https_the_cookie_travels_by_no_other_way(tmp_path: Path) -> None:
    settings = settings_for(f"sqlite:///{tmp_path / 'tls.db'}", is_https=True)
    app = create_app(settings, load=FixedCopilot)
    with TestClient(app, base_url="https://testserver") as client:
        settle(app.state.storage.database, "dana", Role.CODER)
        answer = sign_in(client, "dana")

        assert answer.headers["set-cookie"].startswith("__Host-")
        assert "secure" in answer.headers["set-cookie"].lower()
        assert "max-age" in answer.headers["strict-transport-security"]

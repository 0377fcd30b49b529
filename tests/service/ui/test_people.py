"""An administrator's pages, as a browser without script uses them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from service.app import create_app
from service.audit.log import AuditLog
from service.people.accounts import Accounts
from service.people.records import Account, Role
from tests.support.sample_drafts import SampleCopilot
from tests.support.site import PASSWORD, Site, stocked


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with stocked(tmp_path) as site:
        yield site


@pytest.fixture
def admin(site: Site) -> Iterator[TestClient]:
    app = create_app(site.settings, load=SampleCopilot, clock=site.clock)
    with TestClient(app, headers={"accept": "text/html"}) as client:
        client.post("/sign-in", data={"name": "ada", "password": PASSWORD})
        yield client


def _send(client: TestClient, path: str, **fields: str | list[str]) -> Response:
    token = re.findall(r'name="csrf" value="([^"]+)"', client.get("/people").text)[-1]
    return client.post(path, data={"csrf": token, **fields})


def _secret(answer: Response) -> str:
    found = re.search(r"<p><code>([^<]+)</code></p>", answer.text)
    assert found is not None
    return found.group(1)


def _account(site: Site, name: str) -> Account:
    with site.storage.database.reading() as session:
        account = Accounts(session).named(name)
    assert account is not None
    return account


def test_who_only_administers_begins_with_people(admin: TestClient) -> None:
    answer = admin.get("/", follow_redirects=False)

    assert answer.headers["location"] == "/people"
    assert 'href="/worklist"' not in admin.get("/people").text
    assert admin.get("/keys").status_code == 200


def test_a_one_time_password_is_in_one_answer_and_no_other(admin: TestClient, site: Site) -> None:
    answer = _send(admin, "/people", name="Vera", role=["coder", "auditor", "owner"])

    secret, account = _secret(answer), _account(site, "vera")
    assert account.roles == frozenset({Role.CODER, Role.AUDITOR})
    assert secret not in admin.get(f"/people/{account.id}").text
    client = TestClient(admin.app, headers={"accept": "text/html"})
    entered = client.post("/sign-in", data={"name": "vera", "password": secret})
    assert str(entered.url).endswith("/password")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "dana", "role": "coder"}, "has a name that is taken"),
        ({"name": "a b", "role": "coder"}, "needs a name of letters"),
        ({"name": "vera"}, "needs a role"),
    ],
)
def test_what_cannot_be_added_is_said(
    admin: TestClient, fields: dict[str, str | list[str]], words: str
) -> None:
    answer = _send(admin, "/people", **fields)

    assert (answer.status_code, words in answer.text) == (422, True)
    assert f'value="{fields["name"]}"' in answer.text


def test_each_act_is_done_said_and_logged(admin: TestClient, site: Site) -> None:
    lee = site.id_of("lee")
    here = f"/people/{lee}"

    said = [
        _send(admin, f"{here}/roles", role="auditor").text,
        _send(admin, f"{here}/reset").text,
        _send(admin, f"{here}/close").text,
        _send(admin, f"{here}/reopen").text,
    ]
    key = _secret(_send(admin, f"{here}/keys", scope="read", days="30", label="nightly"))
    revoked = _send(admin, f"{here}/keys/{key.split('_')[1]}/revoke")

    assert "The roles are changed." in said[0]
    assert "New one-time password" in said[1]
    assert "The account is closed" in said[2]
    assert "The account is open again." in said[3]
    assert "opens nothing any more" in revoked.text
    assert key not in revoked.text
    with site.storage.database.reading() as session:
        acts = [
            each.action.removeprefix("people.")
            for each in AuditLog(session).of(f"accounts/{lee}")
            if each.actor == site.id_of("ada")
        ]
    assert acts[::-1] == [
        *("changed_roles", "reset_password", "closed", "reopened", "made_key", "revoked_key")
    ]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("keys", {"days": "30"}),
        ("keys", {"days": "0", "scope": "read"}),
        ("keys/none/revoke", {}),
        ("roles", {}),
        ("close", {}),
        ("reset", {}),
        ("roles", {"role": "coder"}),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    admin: TestClient, site: Site, path: str, fields: dict[str, str | list[str]]
) -> None:
    before = _account(site, "ada")

    answer = _send(admin, f"/people/{before.id}/{path}", **fields)

    assert (answer.status_code, "Nothing was changed" in answer.text) == (422, True)
    assert _account(site, "ada") == before


def test_nobody_else_gets_to_it(admin: TestClient, site: Site) -> None:
    admin.post("/sign-in", data={"name": "dana", "password": PASSWORD})

    paths = ("/people", f"/people/{site.id_of('lee')}")
    assert [admin.get(path).status_code for path in paths] == [403, 403]


def test_an_account_that_is_not_there_is_a_page_that_says_so(admin: TestClient) -> None:
    assert admin.get("/people/nobody").status_code == 404
    assert _send(admin, "/people/nobody/close").status_code == 404

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from model.records import Encounter
from model.records.claim import ClaimDraft
from service.app import create_app
from service.security.headers import HEADERS
from tests.support.drafts import NOTE
from tests.support.storage import settings_for

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


class Failing:
    def draft(self, encounter: Encounter) -> ClaimDraft:
        raise KeyError


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'notes.db'}"), load=Failing)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/sign-in", 200),
        ("GET", "/api/v1/rules/deleted-code", 200),
        ("GET", "/healthz", 200),
        ("GET", "/none", 404),
        ("DELETE", "/api/v1/encounters", 405),
        ("POST", "/api/v1/encounters", 500),
    ],
)
def test_every_answer_carries_the_headers_even_one_nobody_planned(
    client: TestClient, method: str, path: str, status: int
) -> None:
    answer = client.request(method, path, json={"id": "a", "text": NOTE})

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert answer.headers["cache-control"] == "no-store"


def test_nothing_foreign_may_be_loaded_framed_or_posted_to(client: TestClient) -> None:
    policy = client.get("/sign-in").headers["content-security-policy"]

    assert set(policy.split("; ")) == POLICY
    assert "unsafe" not in policy


def test_the_frameworks_pages_that_load_scripts_from_elsewhere_are_gone(client: TestClient) -> None:
    assert [client.get(path).status_code for path in ("/docs", "/redoc")] == [404, 404]


def test_a_page_without_https_does_not_ask_browsers_to_insist_on_it(client: TestClient) -> None:
    assert "strict-transport-security" not in client.get("/sign-in").headers

import pytest
from starlette.testclient import TestClient

from service.app import create_app
from service.security.origin import host_of, is_foreign
from service.settings import Settings
from tests.support.drafts import NOTE, FixedCopilot

PATH = "/api/v1/encounters"


@pytest.mark.parametrize(
    ("authority", "host"),
    [
        ("localhost", "localhost"),
        ("LocalHost:8000", "localhost"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]:8000", "[::1]"),
        ("[::1]", "[::1]"),
        ("", ""),
    ],
)
def test_a_host_is_what_stands_before_the_port(authority: str, host: str) -> None:
    assert host_of(authority) == host


@pytest.mark.parametrize(
    ("method", "path", "headers", "foreign"),
    [
        ("POST", PATH, {}, False),
        ("POST", PATH, {"sec-fetch-site": "same-origin"}, False),
        ("POST", PATH, {"sec-fetch-site": "none"}, False),
        ("POST", PATH, {"sec-fetch-site": "cross-site"}, True),
        ("POST", PATH, {"sec-fetch-site": "same-site"}, True),
        ("GET", PATH, {"sec-fetch-site": "cross-site"}, True),
        ("GET", PATH, {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, True),
        ("GET", "/charts/1", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, False),
        ("POST", "/sign-in", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, True),
        ("GET", "/charts/1", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, True),
        ("POST", PATH, {"origin": "http://127.0.0.1:8000"}, False),
        ("POST", PATH, {"origin": "http://127.0.0.1:8001"}, True),
        ("POST", PATH, {"origin": "http://evil.example"}, True),
        ("POST", PATH, {"origin": "null"}, True),
        ("GET", PATH, {"origin": "http://evil.example"}, True),
        ("POST", "/sign-in", {"origin": "null", "sec-fetch-site": "same-origin"}, False),
    ],
)
def test_what_a_page_of_another_site_sends_is_foreign(
    method: str, path: str, headers: dict[str, str], foreign: bool
) -> None:
    assert is_foreign(method, path, {"host": "127.0.0.1:8000", **headers}) == foreign


@pytest.fixture
def client() -> TestClient:
    return TestClient(create_app(Settings(), load=FixedCopilot))


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"host": "rebound.example"}, 400, "request.host"),
        ({"host": ""}, 400, "request.host"),
        ({"origin": "http://evil.example"}, 403, "request.forged"),
        ({"sec-fetch-site": "cross-site"}, 403, "request.forged"),
    ],
)
@pytest.mark.parametrize("path", [PATH, "/healthz", "/sign-in", "/no-such-page"])
def test_foreign_requests_are_refused_on_every_path(
    client: TestClient, path: str, headers: dict[str, str], status: int, code: str
) -> None:
    answer = client.post(path, json={"id": "a", "text": NOTE}, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:9", "[::1]:8000", "LOCALHOST"])
def test_this_machine_is_known_by_its_usual_names(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_other_names_are_known_once_they_are_set() -> None:
    app = create_app(Settings(allowed_hosts="coding.clinic.example"), load=FixedCopilot)
    client = TestClient(app)

    known = client.get("/healthz", headers={"host": "Coding.Clinic.Example:443"})
    unknown = client.get("/healthz", headers={"host": "localhost"})

    assert (known.status_code, unknown.status_code) == (200, 400)

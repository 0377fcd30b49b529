import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from model.errors import NoteEmpty, PolicyGap
from model.records import Encounter
from model.records.claim import ClaimDraft
from service.app import create_app
from service.settings import Settings
from service.wire import draft_json
from tests.support.drafts import NOTE, FixedCopilot, a_draft
from tests.support.phi import MARKED_NOTE, leaks

PATH = "/api/v1/encounters"
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = create_app(Settings(max_body_bytes=50_000, max_encounters=3), load=FixedCopilot)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_an_encounter_is_answered_with_its_draft(client: TestClient) -> None:
    answer = client.post(PATH, json={"id": "enc-1", "text": NOTE})

    assert (answer.status_code, answer.json()) == (200, draft_json(a_draft(), NOTE))


def test_a_list_is_answered_in_order(client: TestClient) -> None:
    answer = client.post(PATH, json=[{"id": name, "text": NOTE} for name in "ba"])

    assert [draft["id"] for draft in answer.json()] == ["b", "a"]


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"id": "a"}, 422, "request.invalid", "text"),
        ({"id": "a", "text": MARKED_NOTE, "payer": "x"}, 422, "request.invalid", "payer"),
        ([{"id": "a", "text": MARKED_NOTE, "txt": 1}], 422, "request.invalid", "0.txt"),
        ([{"id": "a", "text": MARKED_NOTE}] * 2, 422, "encounter.invalid", None),
        ([{"id": str(n), "text": "x"} for n in range(4)], 422, "encounter.invalid", None),
        ({"id": "a", "text": MARKED_NOTE * 200}, 413, "request.too_large", None),
        (MARKED_NOTE, 422, "request.invalid", "the body"),
    ],
)
def test_bad_bodies_are_problems_that_name_the_field_and_quote_nothing(
    client: TestClient, body: Any, status: int, code: str, field: str | None
) -> None:
    answer = client.post(PATH, json=body)

    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    assert (problem["code"], problem["status"], problem["type"]) == (
        code,
        status,
        f"urn:noteproof:{code}",
    )
    assert [fault["field"] for fault in problem.get("errors", [])] == ([field] if field else [])
    assert leaks(answer.text) == []


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b'{"id": "a", "te', "application/json", 422),
        (b"\x80{}", "application/json", 400),
        (b"[" * 20_000, "application/json", 400),
        (b'{"id": "a", "text": "\\ud800"}', "application/json", 422),
        (json.dumps({"id": "a", "text": NOTE}).encode(), "text/plain", 415),
    ],
)
def test_bodies_that_are_no_json_are_problems(
    client: TestClient, content: bytes, kind: str, status: int
) -> None:
    answer = client.post(PATH, content=content, headers={"content-type": kind})

    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)


def test_a_body_that_does_not_say_its_length_is_cut_off(client: TestClient) -> None:
    answer = client.post(
        PATH, content=iter([b"x" * 30_000] * 3), headers={"content-type": "application/json"}
    )

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NoteEmpty("a"), 422, "note.empty"),
        (PolicyGap("cms.x", a_draft().date_of_service), 422, "policy.gap"),
        (KeyError(MARKED_NOTE), 500, "internal"),
    ],
)
def test_errors_of_the_journey_are_problems(error: Exception, status: int, code: str) -> None:
    class Failing:
        def draft(self, encounter: Encounter) -> ClaimDraft:
            raise error

    with TestClient(create_app(Settings(), load=Failing), raise_server_exceptions=False) as client:
        answer = client.post(PATH, json={"id": "a", "text": MARKED_NOTE})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert leaks(answer.text) == []


def test_the_event_loop_answers_while_the_model_works() -> None:
    """One request waits for the model; health is asked meanwhile, and more requests are refused."""
    started, go_on = threading.Event(), threading.Event()

    class Slow:
        def draft(self, encounter: Encounter) -> ClaimDraft:
            started.set()
            assert go_on.wait(10)
            return a_draft(encounter.id)

    with TestClient(create_app(Settings(max_waiting=1), load=Slow)) as client:
        first = threading.Thread(
            target=client.post, args=(PATH,), kwargs={"json": {"id": "a", "text": NOTE}}
        )
        first.start()
        assert started.wait(10)
        health, second = client.get("/healthz"), client.post(PATH, json={"id": "b", "text": NOTE})
        go_on.set()
        first.join()

    assert (health.status_code, second.status_code) == (200, 429)
    assert (second.json()["code"], second.headers["retry-after"]) == ("worker.busy", "1")


def test_ready_once_the_models_are_loaded(client: TestClient) -> None:
    cold = TestClient(create_app(Settings(), load=FixedCopilot))  # its lifespan has not begun

    assert (cold.get("/readyz").status_code, client.get("/readyz").status_code) == (503, 200)


def test_rules_are_listed_and_shown_one_by_one(client: TestClient) -> None:
    listed = client.get("/api/v1/rules").json()
    one = client.get("/api/v1/rules/deleted-code").json()

    assert one in listed
    assert client.get("/api/v1/rules/no-such").json()["code"] == "rule.unknown"


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/no", 404), ("DELETE", PATH, 405)])
def test_wrong_paths_and_methods_are_problems(
    client: TestClient, method: str, path: str, status: int
) -> None:
    answer = client.request(method, path)

    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)


def test_openapi_tells_the_whole_wire(client: TestClient) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]

    assert {"EncounterIn", "DraftOut", "Problem"} <= schemas.keys()
    assert "HTTPValidationError" not in schemas

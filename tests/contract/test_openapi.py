"""Every operation of the API, asked for whatever its schema allows: refusals, but never a 500."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from starlette.testclient import TestClient

from service.app import create_app
from service.db.tables import RoleRow
from service.people.records import Role
from tests.support.phi import MARKED_NOTE, leaks
from tests.support.running import serving

EXAMPLES = 12
"""Of each operation; the whole takes about a minute."""
SCHEMA = create_app().openapi()
schema = schemathesis.openapi.from_dict(SCHEMA)


@pytest.fixture(scope="module")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Somebody with every role of a person, and encounters whose ids are easily guessed."""
    folder: Path = tmp_path_factory.mktemp("api")
    with serving(f"sqlite:///{folder / 'notes.db'}", requests_per_minute=1_000_000) as service:
        with service.storage.database.writing() as session:
            roles = (Role.AUDITOR, Role.ADMIN)
            session.add_all(RoleRow(account_id=service.accounts["dana"], role=r) for r in roles)
        for encounter_id in ("0", "a", "enc-1"):
            body = {"id": encounter_id, "text": MARKED_NOTE}
            assert service.program.post("/api/v1/encounters", json=body).status_code == 200
        client = service.enter("dana")
        client.headers["if-match"] = "*"
        yield client


@schema.parametrize()
@settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
def test_nothing_that_can_be_asked_breaks_it(
    case: schemathesis.Case[Any], everybody: TestClient
) -> None:
    sent: dict[str, Any] = case.as_transport_kwargs(base_url="http://testserver")

    answer = everybody.request(
        sent["method"],
        sent["url"],
        params=sent.get("params"),
        headers={**everybody.headers, **(sent.get("headers") or {})},
        json=sent.get("json"),
        content=sent.get("data"),
    )

    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert leaks(answer.text) == []


def test_every_operation_says_what_it_answers() -> None:
    silent = [
        f"{method} {path}"
        for path, operations in SCHEMA["paths"].items()
        for method, operation in operations.items()
        if not any(status.startswith("2") for status in operation["responses"])
    ]

    assert silent == []

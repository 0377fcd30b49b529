from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from service.app import create_app
from service.db.engine import Database
from tests.support.drafts import FixedCopilot
from tests.support.full_disk import full_file
from tests.support.phi import MARKED_NOTE, leaks
from tests.support.storage import settings_for

ENCOUNTER = {"id": "enc-1", "text": MARKED_NOTE}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    app = create_app(settings_for(f"sqlite:///{folder / 'notes.db'}"), load=FixedCopilot)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def _database(client: TestClient) -> Database:
    found: Database = client.app.state.storage.database  # type: ignore[attr-defined]
    return found


def test_ready_where_models_are_loaded_and_the_database_takes_what_is_written(
    client: TestClient,
) -> None:
    assert client.get("/readyz").json() == {"status": "ready"}


def test_not_ready_before_the_models_are_loaded(folder: Path) -> None:
    app = create_app(settings_for(f"sqlite:///{folder / 'notes.db'}"), load=FixedCopilot)

    answer = TestClient(app).get("/readyz")

    assert (answer.status_code, answer.json()["code"]) == (503, "worker.starting")


def test_not_ready_with_the_tables_of_another_version(client: TestClient) -> None:
    with _database(client).writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["code"]) == (503, "storage.behind")
    assert client.get("/healthz").status_code == 200


def test_a_database_that_is_away_is_a_clear_problem_until_it_is_back(
    client: TestClient, folder: Path
) -> None:
    _database(client).close()
    folder.rename(folder.with_name("unplugged"))

    ready, draft = client.get("/readyz"), client.post("/api/v1/encounters", json=ENCOUNTER)

    for answer in (ready, draft):
        assert (answer.status_code, answer.json()["code"]) == (503, "storage.unavailable")
        assert answer.headers["content-type"] == "application/problem+json"
        assert leaks(answer.text) == []
    folder.with_name("unplugged").rename(folder)
    assert client.get("/readyz").status_code == 200
    assert client.post("/api/v1/encounters", json=ENCOUNTER).status_code == 200


def test_a_full_disk_is_a_clear_problem_until_there_is_room(client: TestClient) -> None:
    # Readings are deflated before they are sealed: only noise takes more room than there is.
    noise = Random(7).randbytes(40_000).hex()  # noqa: S311 - noise, no secret
    with full_file(_database(client)):
        full = client.post("/api/v1/encounters", json={**ENCOUNTER, "text": MARKED_NOTE + noise})

    assert (full.status_code, full.json()["code"]) == (503, "storage.full")
    assert leaks(full.text) == []
    assert client.post("/api/v1/encounters", json=ENCOUNTER).status_code == 200


def test_no_word_of_a_note_is_in_the_files_of_the_database(
    client: TestClient, folder: Path
) -> None:
    answer = client.post("/api/v1/encounters", json=ENCOUNTER, headers={"Idempotency-Key": "once"})

    kept = b"".join(path.read_bytes() for path in folder.iterdir())
    assert answer.status_code == 200
    assert b"enc-1" in kept
    assert leaks(kept.decode("latin-1")) == []

"""A full disk and a database that is away, met while claims are made final and notes taken in."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text
from starlette.testclient import TestClient

from service.db.engine import Database
from tests.support.drafts import NOTE
from tests.support.full_disk import full_file
from tests.support.running import ENCOUNTER, EVERYTHING, Service, serving
from tests.support.storage import PostgresServer

PATH = "/api/v1/encounters"
DECISIONS = f"{PATH}/enc-1/decisions"
NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON decisions EXECUTE FUNCTION no_room();
CREATE TRIGGER no_room BEFORE INSERT ON readings EXECUTE FUNCTION no_room();
"""
"""What PostgreSQL says when its disk is full, at the same place and with the same code."""


@contextmanager
def _full(database: Database) -> Iterator[None]:
    with full_file(database) if database.is_sqlite else _full_server(database):
        yield


@contextmanager
def _full_server(database: Database) -> Iterator[None]:
    with database.writing() as session:
        session.execute(text(NO_ROOM))
    yield
    with database.writing() as session:
        session.execute(text("DROP FUNCTION no_room() CASCADE"))


@contextmanager
def _unplugged(service: Service, folder: Path) -> Iterator[None]:
    service.storage.database.close()
    folder.rename(folder.with_name("unplugged"))
    yield
    folder.with_name("unplugged").rename(folder)


@contextmanager
def _stopped(server: PostgresServer) -> Iterator[None]:
    server.stop()
    yield
    server.start()


def _decide(client: TestClient, act: dict[str, Any]) -> Any:
    return client.post(DECISIONS, json=act, headers={"if-match": "*"})


def _until_refused(client: TestClient) -> tuple[int, Any]:
    """How many times the claim was made final or opened again, and the answer that ended it."""
    for number in range(500):
        answer = _decide(client, {"kind": "undo" if number % 2 else "finalize"})
        if answer.status_code != 201:
            return number, answer
    raise AssertionError("there is always room")


def _final(service: Service) -> tuple[str, int, int]:
    """Status and version as the worklist has them, and how many decisions there are."""
    row = service.program.get(PATH).json()["encounters"][0]
    return row["status"], row["version"], len(service.program.get(DECISIONS).json())


def test_claims_made_final_on_a_full_disk_are_final_or_refused_whole(service: Service) -> None:
    service.program.post(PATH, json=ENCOUNTER)
    dana = service.enter("dana")
    _decide(dana, EVERYTHING)

    with _full(service.storage.database):
        done, refused = _until_refused(dana)
        held = _final(service)

    assert (refused.status_code, refused.json()["code"]) == (503, "storage.full")
    assert refused.headers["retry-after"] == "1"
    stands = "in_review" if not done else "finalized" if done % 2 else "amending"
    assert held == (stands, done + 1, done + 1)
    act = {"kind": "undo" if stands == "finalized" else "finalize"}
    assert _decide(dana, act).status_code == 201


def test_claims_made_final_while_the_database_is_away_are_refused_until_it_is_back(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    with serving(f"sqlite:///{folder / 'notes.db'}") as service:
        _require_refused_meanwhile(service, lambda: _unplugged(service, folder))


def test_claims_made_final_while_the_server_restarts_are_refused_until_it_is_back() -> None:
    with PostgresServer.running() as server, serving(server.fresh_url()) as service:
        _require_refused_meanwhile(service, lambda: _stopped(server))


def _require_refused_meanwhile(
    service: Service, away: Callable[[], AbstractContextManager[None]]
) -> None:
    service.program.post(PATH, json=ENCOUNTER)
    dana = service.enter("dana")
    _decide(dana, EVERYTHING)

    with away():
        answers = [
            _decide(dana, {"kind": "finalize"}),
            service.program.post(PATH, json={"id": "enc-2", "text": NOTE}),
        ]

    told = {(answer.status_code, answer.json()["code"]) for answer in answers}
    assert told == {(503, "storage.unavailable")}
    assert _final(service) == ("in_review", 1, 1)
    assert _decide(dana, {"kind": "finalize"}).status_code == 201
    assert service.program.post(PATH, json={"id": "enc-2", "text": NOTE}).status_code == 200

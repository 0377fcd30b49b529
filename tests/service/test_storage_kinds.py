"""The whole service on either database, and many at once."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from service.app import create_app
from service.audit.log import AuditLog
from service.db.engine import Database
from service.envelope import Seals, encounter_cell
from service.keyring import Keyring, new_key, written
from service.people.records import Role
from tests.support.browser import post, sign_in, token_of
from tests.support.drafts import NOTE, FixedCopilot
from tests.support.storage import NOW, settings_for, settle

THREADS = 4
PATH = "/api/v1/encounters"


@pytest.fixture
def client(url: str) -> Iterator[TestClient]:
    app = create_app(settings_for(url, key=written(new_key())), load=FixedCopilot)
    with TestClient(app) as client:
        yield client


def _at_once(work: Callable[[int], object]) -> list[object]:
    """What ``work`` gives in several threads that begin together."""
    barrier = threading.Barrier(THREADS)

    def run(n: int) -> object:
        barrier.wait(10)
        return work(n)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_encounters_are_drafted_and_kept_and_people_sign_in(client: TestClient) -> None:
    settle(client.app.state.storage.database, "dana", Role.CODER)  # type: ignore[attr-defined]

    draft = client.post(PATH, json={"id": "enc-1", "text": NOTE})
    signed_in = sign_in(client, "dana")
    signed_out = post(client, "/sign-out", csrf=token_of(client))

    assert (draft.status_code, signed_in.status_code, signed_out.status_code) == (200, 303, 303)
    assert client.get(f"{PATH}/enc-1").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_encounters_that_come_at_once_are_all_kept(client: TestClient) -> None:
    found = _at_once(lambda n: client.post(PATH, json={"id": f"enc-{n}", "text": NOTE}).status_code)

    assert found == [200] * THREADS
    kept = [client.get(f"{PATH}/enc-{n}").status_code for n in range(THREADS)]
    assert kept == [200] * THREADS


def test_acts_of_many_at_once_stand_in_one_unbroken_chain(database: Database) -> None:
    def act(n: int) -> None:
        for _ in range(5):
            with database.writing() as session:
                AuditLog(session).add(at=NOW, actor=str(n), action="x", subject="y")

    _at_once(act)

    with database.reading() as session:
        found = AuditLog(session).verify()
    assert (found.entries, found.broken_at) == (THREADS * 5, None)


def test_sessions_that_seal_the_words_of_one_owner_at_once_share_its_data_key(
    database: Database, keyring: Keyring
) -> None:
    cell = encounter_cell("readings", "enc-1", 1)

    def seal(n: int) -> bytes:
        with database.writing() as session:
            return Seals(session, keyring).seal(str(n).encode(), cell)

    sealed = _at_once(seal)

    with database.reading() as session:
        seals = Seals(session, keyring)
        opened = [seals.open(each, cell) for each in sealed if isinstance(each, bytes)]
    assert opened == [str(n).encode() for n in range(THREADS)]

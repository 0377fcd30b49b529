"""Killed in the middle: what was acknowledged is there, and nothing is there by half."""

import http.client
import json
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from queue import Queue
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import func, select

from service.clock import utc_now
from service.db.storage import Storage, open_storage
from service.db.tables import AccountRow, DecisionRow, DeliveryRow, EncounterRow, RoleRow
from service.keyring import new_key, written
from service.people import cookies
from service.people.records import Role
from service.people.sessions import Sessions
from service.reviews.deps import desk_of
from service.reviews.workflow import chart
from service.settings import Settings
from service.webhooks.events import Event
from service.webhooks.repository import Webhooks
from tests.support.served import post, served
from tests.support.storage import settings_for

PATH = "/api/v1/encounters"
NOTE = "OT daily. Dressing retraining 23 min. 97530 x 2 GO. dx I69.354. J. Doe, OTR/L"
ACKNOWLEDGED = 12
"""So many answers are waited for before the service is killed; requests go on meanwhile."""
KILLS = 2
Send = Callable[[http.client.HTTPConnection, int], str | None]


@pytest.fixture
def key() -> str:
    return written(new_key())


@pytest.fixture
def settings(url: str, key: str) -> Settings:
    """Of a service whose webhook nobody listens to: events pile up in the outbox."""
    return settings_for(url, key=key, webhook_seconds=3600)


@contextmanager
def _stored(settings: Settings) -> Iterator[Storage]:
    storage = open_storage(settings)
    try:
        yield storage
    finally:
        storage.close()


@pytest.fixture
def headers(settings: Settings) -> dict[str, str]:
    """Of a coder who is signed in, in a database with one webhook."""
    now = utc_now()
    with _stored(settings) as storage, storage.database.writing() as session:
        account = AccountRow(
            id="account-dana", name="dana", password="none", is_active=True,  # noqa: S106
            must_change_password=False, made_at=now,
        )  # fmt: skip
        session.add(account)
        session.flush()
        session.add(RoleRow(account_id=account.id, role=Role.CODER))
        sessions = Sessions(session, settings)
        token = sessions.begin(account.id, now)
        session.flush()
        found = sessions.find(token, now)
        desk = desk_of(session, storage.keyring, now, settings)
        address, events = "http://127.0.0.1:9/hook", list(Event)
        Webhooks(session, desk.seals).add(address, events, by=account.id, now=now)
    assert found is not None
    return {"Cookie": f"{cookies.NAME}={token}", "X-CSRF-Token": found.csrf_token}


def _killed(url: str, key: str, send: Send, first: int) -> list[str]:
    """What was acknowledged until the service was killed while requests went on."""
    acknowledged: Queue[str] = Queue()
    with served(url, key, NOTEPROOF_DRAFT_PROCESSES="2") as (process, port):
        sender = Thread(target=_keep_sending, args=(port, send, first, acknowledged))
        sender.start()
        seen = [acknowledged.get(timeout=60) for _ in range(ACKNOWLEDGED)]
        process.send_signal(signal.SIGKILL)
        sender.join()
    while not acknowledged.empty():
        seen.append(acknowledged.get())
    return seen


def _keep_sending(port: int, send: Send, first: int, acknowledged: Queue[str]) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        for number in range(first, first + 10_000):
            try:
                done = send(connection, number)
            except (OSError, http.client.HTTPException):
                return
            if done is not None:
                acknowledged.put(done)


def _decide(connection: http.client.HTTPConnection, act: Any, headers: dict[str, str]) -> Any:
    status, answer = post(connection, f"{PATH}/a/decisions", act, {**headers, "If-Match": "*"})
    assert status == 201, answer
    return answer


@pytest.mark.slow
def test_no_encounter_that_was_answered_is_lost(url: str, key: str, settings: Settings) -> None:
    """Slow: starts and kills the service twice."""

    def send(connection: http.client.HTTPConnection, number: int) -> str | None:
        bodies = [{"id": f"{number}-{letter}", "text": NOTE} for letter in "ab"]
        status, _ = post(connection, PATH, bodies, {"Idempotency-Key": f"key-{number}"})
        return str(number) if status == 200 else None

    acknowledged = [n for kill in range(KILLS) for n in _killed(url, key, send, kill * 10_000)]

    with _stored(settings) as storage, storage.database.reading() as session:
        desk = desk_of(session, storage.keyring, utc_now(), settings)
        kept = set(session.scalars(select(EncounterRow.id)))
        assert {f"{n}-{letter}" for n in acknowledged for letter in "ab"} <= kept
        assert {each.partition("-")[0] + "-a" for each in kept} <= kept  # lists are whole
        assert {each.partition("-")[0] + "-b" for each in kept} <= kept
        assert [each for each in kept if chart(desk, each).reading.encounter.text != NOTE] == []


@pytest.mark.slow
@pytest.mark.parametrize("acts", ["comment", "finalize"])
def test_no_decision_that_was_answered_is_lost(
    url: str, key: str, settings: Settings, headers: dict[str, str], acts: str
) -> None:
    """Slow: starts and kills the service twice, in the middle of decisions."""
    given = {
        "comment": [{"kind": "comment", "text": "see page 2"}],
        "finalize": [{"kind": "finalize"}, {"kind": "undo"}],
    }

    def send(connection: http.client.HTTPConnection, number: int) -> str | None:
        if number % 10_000 == 0:
            post(connection, PATH, {"id": "a", "text": NOTE}, {})
            return None
        cycle = given[acts]
        connection.request("GET", f"{PATH}/a")
        before = json.loads(connection.getresponse().read())["review"]
        act = cycle[1] if before["is_final"] else cycle[0]
        return str(_decide(connection, act, headers)["version"])

    acknowledged = [n for kill in range(KILLS) for n in _killed(url, key, send, kill * 10_000)]

    with _stored(settings) as storage, storage.database.reading() as session:
        found = chart(desk_of(session, storage.keyring, utc_now(), settings), "a")
        numbers = session.scalars(select(DecisionRow.number).order_by(DecisionRow.number)).all()
        events = session.scalar(select(func.count()).select_from(DeliveryRow).where(
            DeliveryRow.event.in_([Event.REVIEW_FINALIZED, Event.REVIEW_AMENDED])
        ))  # fmt: skip
        assert max(map(int, acknowledged)) <= len(numbers)
        assert list(numbers) == list(range(1, len(numbers) + 1))
        assert (found.summary.version, found.summary.status) == (
            found.state.version,
            found.state.status,
        )
        assert events == (len(numbers) if acts == "finalize" else 0)

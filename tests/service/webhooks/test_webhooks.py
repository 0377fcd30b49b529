import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from service.background import beside
from service.db.storage import Storage
from service.keyring import FileKeyring, new_key, write_file
from service.webhooks.repository import MOST_ATTEMPTS
from service.webhooks.sender import Sender, post
from service.webhooks.signing import is_signed
from tests.support.drafts import NOTE
from tests.support.phi import MARKED_NOTE, leaks
from tests.support.running import EVERYTHING, Service

PATH = "/api/v1/encounters"
EVENTS = ["encounter.read", "review.finalized", "review.amended", "query.sent", "query.withdrawn"]


class Receiver:
    """Takes what is sent, as long as ``status`` says so."""

    def __init__(self) -> None:
        self.status: int | None = 200
        self.taken: list[tuple[bytes, dict[str, str]]] = []

    def __call__(self, url: str, body: bytes, headers: dict[str, str]) -> int | None:
        self.taken.append((body, headers))
        return self.status

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body, _ in self.taken]


def _hook(service: Service, url: str = "https://clinic.example/hook") -> dict[str, Any]:
    answer = service.enter("ada").post("/api/v1/webhooks", json={"url": url, "events": EVENTS})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def _decide(service: Service, *acts: dict[str, Any]) -> None:
    dana = service.enter("dana")
    for act in acts:
        dana.post(f"{PATH}/a/decisions", json=act, headers={"if-match": "*"})


def test_each_event_is_sent_once_it_happened_and_says_nothing_of_the_note(service: Service) -> None:
    receiver = Receiver()
    _hook(service)
    service.program.post(PATH, json={"id": "a", "text": NOTE + MARKED_NOTE})
    query = {"kind": "query", "text": "How long did the whole treatment take?"}
    _decide(service, query, {"kind": "undo"}, EVERYTHING, {"kind": "finalize"}, {"kind": "undo"})

    Sender(service.storage, service.clock, post=receiver).send_due()

    found = {each["event"]: each["data"] for each in receiver.events}
    assert sorted(found) == sorted(EVENTS)
    assert found["encounter.read"] == {"encounter_id": "a", "reading": 1}
    assert (found["query.sent"]["query"], found["query.sent"]["track"]) == ("q1", "first")
    assert (found["review.finalized"]["claim"], found["review.finalized"]["is_final"]) == (1, True)
    assert found["review.amended"]["is_final"] is False
    assert leaks(json.dumps(receiver.events)) == []


def test_an_event_is_signed_with_the_secret_that_was_shown_once(service: Service) -> None:
    receiver, hook = Receiver(), _hook(service)
    service.program.post(PATH, json={"id": "a", "text": NOTE})
    Sender(service.storage, service.clock, post=receiver).send_due()

    [(body, headers)] = receiver.taken
    given, secret = headers["Noteproof-Signature"], hook["secret"].encode()

    assert is_signed(secret, body, given, service.clock.now)
    assert not is_signed(secret, body + b" ", given, service.clock.now)
    assert not is_signed(b"another", body, given, service.clock.now)
    assert not is_signed(secret, body, given, service.clock.now + timedelta(minutes=6))
    assert "secret" not in service.enter("ada").get("/api/v1/webhooks").json()[0]


@pytest.mark.parametrize("status", [None, 500, 302])
def test_what_is_not_taken_is_sent_again_later_and_later(
    service: Service, status: int | None
) -> None:
    receiver = Receiver()
    receiver.status = status
    _hook(service)
    service.program.post(PATH, json={"id": "a", "text": NOTE})
    sender, sent = Sender(service.storage, service.clock, post=receiver), []

    for seconds in (0, 5, 5, 10, 10, 40):
        service.clock.forward(timedelta(seconds=seconds))
        sender.send_due()
        sent.append(len(receiver.taken))
    receiver.status = 204
    service.clock.forward(timedelta(minutes=5))

    assert sent == [1, 1, 2, 2, 3, 4]
    assert (sender.send_due(), sender.send_due()) == (1, 0)
    assert len({each["event_id"] for each in receiver.events}) == 1


def test_what_is_never_taken_is_given_up(service: Service) -> None:
    receiver = Receiver()
    receiver.status = 500
    _hook(service)
    service.program.post(PATH, json={"id": "a", "text": NOTE})
    sender = Sender(service.storage, service.clock, post=receiver)

    for _ in range(MOST_ATTEMPTS + 3):
        sender.send_due()
        service.clock.forward(timedelta(days=1))

    assert len(receiver.taken) == MOST_ATTEMPTS


def test_nothing_is_sent_to_a_webhook_that_was_stopped(service: Service) -> None:
    receiver, hook = Receiver(), _hook(service)
    service.program.post(PATH, json={"id": "a", "text": NOTE})

    service.enter("ada").delete(f"/api/v1/webhooks/{hook['id']}")
    service.program.post(PATH, json={"id": "b", "text": NOTE})

    assert Sender(service.storage, service.clock, post=receiver).send_due() == 0
    assert receiver.taken == []


@pytest.mark.parametrize(
    "address", ["ftp://clinic.example", "https://", "https://me:word@clinic.example", "http://a:b/"]
)
def test_an_address_nothing_can_be_sent_to_is_refused(service: Service, address: str) -> None:
    body = {"url": address, "events": ["encounter.read"]}

    answer = service.enter("ada").post("/api/v1/webhooks", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "webhook.invalid")


def test_only_an_administrator_says_where_events_go(service: Service) -> None:
    body = {"url": "https://clinic.example/hook", "events": EVENTS}

    answers = [service.enter("dana").post("/api/v1/webhooks", json=body)]
    answers.append(service.program.post("/api/v1/webhooks", json=body))

    assert [answer.status_code for answer in answers] == [403, 401]


@contextmanager
def _listening(status: int) -> Iterator[tuple[str, list[bytes]]]:
    """A receiver on this machine that answers ``status``."""
    got: list[bytes] = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Silent."""

    with HTTPServer(("127.0.0.1", 0), Taker) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/hook?clinic=1", got
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("status", [200, 302])
def test_events_travel_by_http_and_follow_no_redirect(status: int) -> None:
    with _listening(status) as (url, got):
        answered = post(url, b"{}", {"Content-Type": "application/json"})

    assert (answered, got) == (status, [b"{}"])


def test_an_address_where_nobody_listens_is_no_answer() -> None:
    with _listening(200) as (url, _):
        pass

    assert post(url, b"{}", {}) is None


def test_a_sender_that_is_stopped_finishes_the_event_on_its_way_and_leaves_the_others(
    service: Service,
) -> None:
    _hook(service)
    for name in "abc":
        service.program.post(PATH, json={"id": name, "text": NOTE})
    on_its_way, go_on, taken = Event(), Event(), []

    def slow(url: str, body: bytes, headers: dict[str, str]) -> int:
        on_its_way.set()
        assert go_on.wait(10)
        taken.append(body)
        return 200

    async def stopped() -> None:
        task = asyncio.create_task(
            Sender(service.storage, service.clock, post=slow).run(every_seconds=60)
        )
        await asyncio.to_thread(on_its_way.wait, 10)
        task.cancel()
        go_on.set()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(asyncio.wait_for(stopped(), 30))
    service.clock.forward(timedelta(hours=1))
    later = Receiver()
    Sender(service.storage, service.clock, post=later).send_due()

    assert (len(taken), len(later.taken)) == (1, 2)


def test_a_sender_that_cannot_open_a_secret_goes_on_when_it_can(
    service: Service, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Its key is put into the file only later, as may happen when a backup was restored."""
    receiver, path, keys = Receiver(), tmp_path / "other.key", service.storage.keyring
    write_file(path, new_key())
    storage = Storage(service.storage.database, FileKeyring(path))
    _hook(service)
    service.program.post(PATH, json={"id": "a", "text": NOTE})

    async def run() -> None:
        sender = Sender(storage, service.clock, post=receiver)
        async with beside(sender.run(every_seconds=0.01), "sending"):
            while "outbox not read error=seal.key_missing" not in caplog.text:
                await asyncio.sleep(0)
            await asyncio.to_thread(write_file, path, keys.key(keys.current_id))
            while not receiver.taken:
                await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(run(), 30))

    assert [each["event"] for each in receiver.events] == ["encounter.read"]

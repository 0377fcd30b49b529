"""Several at once: each is answered, and what is kept is as if they had come one after another."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from sqlalchemy import select

from service.db.tables import DecisionRow, IdempotencyRow, ReadingRow
from tests.support.drafts import NOTE
from tests.support.running import ENCOUNTER, Service

PATH = "/api/v1/encounters"
AT_ONCE = 4


def _together(ask: Any) -> list[Any]:
    """What ``ask(number)`` answers, asked by several threads in one moment."""
    ready = Barrier(AT_ONCE)

    def one(number: int) -> Any:
        ready.wait(30)
        return ask(number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def _column(service: Service, column: Any) -> list[Any]:
    with service.storage.database.reading() as session:
        return list(session.scalars(select(column).order_by(column)))


def test_one_key_sent_at_once_by_several_is_one_request(service: Service) -> None:
    headers = {"idempotency-key": "visit-1"}

    answers = _together(lambda _: service.program.post(PATH, json=ENCOUNTER, headers=headers))

    assert {answer.status_code for answer in answers} == {200}
    assert all(answer.json() == answers[0].json() for answer in answers)
    assert _column(service, ReadingRow.number) == [1]
    assert _column(service, IdempotencyRow.key) == ["visit-1"]


def test_readings_sent_at_once_are_numbered_one_by_one(service: Service) -> None:
    def send(number: int) -> Any:
        return service.program.post(PATH, json={"id": "a", "text": f"{NOTE}\nCopy {number}."})

    answers = _together(send)

    assert {answer.status_code for answer in answers} == {200}
    assert _column(service, ReadingRow.number) == [1, 2, 3, 4]


def test_of_decisions_on_one_state_one_is_recorded(service: Service) -> None:
    service.program.post(PATH, json=ENCOUNTER)
    clients = [service.enter("dana") for _ in range(AT_ONCE)]

    def decide(number: int) -> Any:
        body = {"kind": "comment", "text": str(number)}
        path = f"{PATH}/enc-1/decisions"
        return clients[number].post(path, json=body, headers={"if-match": '"1.0"'})

    answers = _together(decide)

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert _column(service, DecisionRow.number) == [1]

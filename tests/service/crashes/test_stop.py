"""Asked to stop in the middle of work: what was begun is answered, what was answered is kept."""

import http.client
import os
import signal
from contextlib import closing
from queue import Queue
from threading import Thread

import pytest
from sqlalchemy import select

from service.db.storage import open_storage
from service.db.tables import EncounterRow
from service.keyring import new_key, written
from tests.support.served import post, served
from tests.support.storage import settings_for

PATH = "/api/v1/encounters"
NOTE = "OT daily. Dressing retraining 23 min. 97530 x 2 GO. dx I69.354. J. Doe, OTR/L"
SENDERS, ANSWERED = 4, 12


def _keep_sending(port: int, sender: int, answered: Queue[tuple[str, int]]) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        for number in range(100_000):
            name = f"{sender}-{number}"
            try:
                status, _ = post(connection, PATH, {"id": name, "text": NOTE}, {})
            except ConnectionRefusedError:
                return  # it stopped, and said nothing to this one
            except (OSError, http.client.HTTPException):
                connection.close()
                continue
            answered.put((name, status))


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_service_that_is_stopped_keeps_what_it_answered_and_answers_what_it_began(
    url: str, stop: signal.Signals
) -> None:
    """Slow: starts the service with its processes, and stops the group as a supervisor does."""
    key = written(new_key())
    answered: Queue[tuple[str, int]] = Queue()
    with served(url, key, NOTEPROOF_DRAFT_PROCESSES="2") as (process, port):
        senders = [
            Thread(target=_keep_sending, args=(port, sender, answered)) for sender in range(SENDERS)
        ]
        for sender in senders:
            sender.start()
        seen = [answered.get(timeout=60) for _ in range(ANSWERED)]
        os.killpg(process.pid, stop)
        said, _ = process.communicate(timeout=60)  # until nobody of the group is left
        for sender in senders:
            sender.join(60)
    while not answered.empty():
        seen.append(answered.get())

    storage = open_storage(settings_for(url, key=key))
    with storage.database.reading() as session:
        kept = set(session.scalars(select(EncounterRow.id)))
    storage.close()
    assert said == b""
    assert {status for _, status in seen} <= {200, 503}
    assert {name for name, status in seen if status == 200} == kept

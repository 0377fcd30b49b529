import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from service.audit.log import AuditLog
from service.db.engine import Database
from service.db.storage import Storage
from service.db.tables import EncounterRow, ReadingRow
from service.envelope import SealForgotten, Seals, encounter_cell
from service.keyring import Keyring
from service.retention import forget_due, keep_forgetting
from tests.support.storage import NOW, an_encounter

KEPT_DAYS = 30
FINAL_SINCE = {
    "open": None,
    "yesterday": timedelta(days=1),
    "almost": timedelta(days=KEPT_DAYS) - timedelta(seconds=1),
    "due": timedelta(days=KEPT_DAYS),
    "long": timedelta(days=400),
}


@pytest.fixture
def storage(database: Database, keyring: Keyring) -> Storage:
    """Encounters that were final for a while, each with a sealed reading."""
    with database.writing() as session:
        seals = Seals(session, keyring)
        for name, since in FINAL_SINCE.items():
            session.add(an_encounter(name, finalized_at=NOW - since if since else None))
            session.flush()
            sealed = seals.seal(b"words", encounter_cell("readings", name, 1))
            session.add(
                ReadingRow(encounter_id=name, number=1, made_at=NOW, versions={}, sealed=sealed)
            )
    return Storage(database, keyring)


def _readable(storage: Storage) -> set[str]:
    found = set()
    with storage.database.reading() as session:
        for name in FINAL_SINCE:
            row, cell = session.get_one(ReadingRow, (name, 1)), encounter_cell("readings", name, 1)
            try:
                Seals(session, storage.keyring).open(row.sealed, cell)
            except SealForgotten:
                continue
            found.add(name)
    return found


def test_words_of_encounters_final_for_long_enough_are_gone_and_no_others(storage: Storage) -> None:
    assert forget_due(storage, keep_days=KEPT_DAYS, now=NOW) == 2

    assert _readable(storage) == {"open", "yesterday", "almost"}


def test_what_was_forgotten_says_so_and_keeps_its_numbers(storage: Storage) -> None:
    forget_due(storage, keep_days=KEPT_DAYS, now=NOW)

    with storage.database.reading() as session:
        row = session.get_one(EncounterRow, "due")
        log = AuditLog(session)
        assert (row.forgotten_at, row.lines) == (NOW, 2)
        assert [entry.action for entry in log.of("encounters/due")] == ["encounter.forgotten"]
        assert session.scalar(text("SELECT count(*) FROM readings")) == len(FINAL_SINCE)


def test_nothing_is_forgotten_twice(storage: Storage) -> None:
    forget_due(storage, keep_days=KEPT_DAYS, now=NOW)

    assert forget_due(storage, keep_days=KEPT_DAYS, now=NOW) == 0


def test_the_service_forgets_by_itself_until_it_is_stopped(storage: Storage) -> None:
    async def run() -> None:
        work = keep_forgetting(storage, keep_days=KEPT_DAYS, clock=lambda: NOW)
        task = asyncio.create_task(work)
        while await asyncio.to_thread(_readable, storage) != {"open", "yesterday", "almost"}:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(asyncio.wait_for(run(), 30))

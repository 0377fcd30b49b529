import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from service.audit.log import FIRST, AuditEntry, AuditLog, Verified
from service.db.engine import Database
from service.db.tables import AuditRow
from tests.support.storage import NOW


@pytest.fixture
def entries(database: Database) -> list[AuditEntry]:
    """Five acts on two encounters."""
    with database.writing() as session:
        log = AuditLog(session)
        return [
            log.add(
                at=NOW + timedelta(minutes=n),
                actor="a-1",
                action="encounter.opened",
                subject=f"encounters/enc-{n % 2}",
                detail={"number": n},
            )
            for n in range(5)
        ]


def _tamper(database: Database, statement: str) -> None:
    """As somebody does who owns the database: the triggers are taken away first."""
    with database.writing() as session:
        if database.is_sqlite:
            for act in ("update", "delete"):
                session.execute(text(f"DROP TRIGGER audit_entries_no_{act}"))
        else:
            session.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER ALL"))
        session.execute(text(statement))


def _verify(database: Database, known: dict[int, str] | None = None) -> Verified:
    with database.reading() as session:
        return AuditLog(session).verify(known=known)


def test_each_entry_holds_the_hash_of_the_one_before(entries: list[AuditEntry]) -> None:
    assert [entry.previous for entry in entries] == [FIRST, *(e.hash for e in entries[:-1])]
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]


def test_a_chain_nobody_touched_holds(database: Database, entries: list[AuditEntry]) -> None:
    found = _verify(database, {3: entries[2].hash})

    assert found == Verified(entries=5, last_hash=entries[-1].hash)


def test_a_log_without_entries_holds(database: Database) -> None:
    assert _verify(database) == Verified(entries=0, last_hash=FIRST)


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit_entries SET actor = 'a-2' WHERE seq = 3", 3),
        ("UPDATE audit_entries SET detail = '{}' WHERE seq = 1", 1),
        ("UPDATE audit_entries SET hash = previous WHERE seq = 5", 5),
        ("UPDATE audit_entries SET seq = 9 WHERE seq = 4", 4),
        ("DELETE FROM audit_entries WHERE seq = 1", 1),
        ("DELETE FROM audit_entries WHERE seq = 2", 2),
    ],
)
def test_the_first_entry_that_was_tampered_with_is_named(
    database: Database, statement: str, broken_at: int
) -> None:
    _tamper(database, statement)

    assert _verify(database).broken_at == broken_at


def test_entries_left_out_show_though_the_rest_was_hashed_anew(
    database: Database, entries: list[AuditEntry]
) -> None:
    _tamper(database, "DELETE FROM audit_entries WHERE seq >= 2")
    told = {
        "seq": 3,
        "at": NOW.isoformat(),
        "actor": "x",
        "action": "y",
        "subject": "z",
        "detail": {},
        "previous": entries[0].hash,
    }
    written = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    with database.writing() as session:
        session.add(AuditRow(**{**told, "at": NOW, "hash": written}))

    assert _verify(database).broken_at == 2


def test_an_end_cut_off_shows_against_a_hash_written_down_before(
    database: Database, entries: list[AuditEntry]
) -> None:
    _tamper(database, "DELETE FROM audit_entries WHERE seq >= 4")

    assert _verify(database).broken_at is None
    assert _verify(database, {5: entries[4].hash}).broken_at == 4


def test_a_chain_made_anew_shows_against_a_hash_written_down_before(
    database: Database, entries: list[AuditEntry]
) -> None:
    known = {5: entries[4].hash}
    _tamper(database, "DELETE FROM audit_entries")
    with database.writing() as session:
        for entry in entries:
            AuditLog(session).add(at=NOW, actor="x", action=entry.action, subject=entry.subject)

    assert _verify(database).broken_at is None
    assert _verify(database, known).broken_at == 5


def test_what_was_done_to_a_subject_is_listed_newest_first(
    database: Database, entries: list[AuditEntry]
) -> None:
    with database.reading() as session:
        log = AuditLog(session)

        assert [e.seq for e in log.of("encounters/enc-1")] == [4, 2]
        assert log.newest(before=4, most=2) == [entries[2], entries[1]]


def test_an_act_that_failed_leaves_no_entry(database: Database) -> None:
    def fail() -> None:
        with database.writing() as session:
            AuditLog(session).add(at=NOW, actor="a", action="b", subject="c")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert _verify(database).entries == 0

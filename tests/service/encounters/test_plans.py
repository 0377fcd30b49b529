"""How the databases find a page of the worklist: along an index, and never by sorting it all."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, text

from service.db.engine import Database
from service.encounters.records import Place, WorklistFilter
from service.encounters.worklist import Worklist
from service.ui.worklist import wanted_by
from tests.support.storage import NOW, an_encounter

HERE = Place(due_on=date(2026, 3, 4), received_at=NOW, id="enc-400")


@pytest.fixture
def filled(database: Database) -> Database:
    """Of 2,000 encounters, one in ten is open."""
    with database.writing() as session:
        for number in range(2_000):
            is_final = number % 10 > 0
            received = NOW - timedelta(minutes=number)
            session.add(
                an_encounter(
                    f"enc-{number}",
                    status="finalized" if is_final else "waiting",
                    finalized_at=received if is_final else None,
                    received_at=received,
                    due_on=received.date() + timedelta(days=3),
                )
            )
    with database.writing() as session:
        session.execute(text("ANALYZE"))
    return database


def _plan(database: Database, wanted: WorklistFilter, after: Place | None) -> str:
    """What the database says of the query it was really asked."""
    asked: list[tuple[str, object]] = []

    def note(
        connection: object, cursor: object, statement: str, parameters: object, *others: object
    ) -> None:
        asked.append((statement, parameters))

    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
    with database.reading() as session:
        event.listen(database.engine, "before_cursor_execute", note)
        Worklist(session).page(wanted, now=NOW, after=after, most=51)
        event.remove(database.engine, "before_cursor_execute", note)
        statement, parameters = asked[-1]
        found = session.connection().exec_driver_sql(f"{explain} {statement}", parameters)  # type: ignore[arg-type]
        return "\n".join(str(row[-1]) for row in found)


@pytest.mark.parametrize("after", [None, HERE])
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (wanted_by({}, "account-dana"), "ix_encounters_open"),
        (wanted_by({"lane": "review"}, "account-dana"), "ix_encounters_open"),
        (WorklistFilter(), "ix_encounters_due_on_received_at_id"),
    ],
)
def test_a_page_is_read_along_its_index_and_sqlite_sorts_nothing(
    filled: Database, wanted: WorklistFilter, index: str, after: Place | None
) -> None:
    plan = _plan(filled, wanted, after)

    assert index in plan
    assert "TEMP B-TREE" not in plan  # SQLite's words for sorting

"""Triggers that let tables grow and nothing else, on both databases.

Migrations write them; nobody with a session can change a decision, a reading or an audit entry.
"""

from collections.abc import Iterator

APPEND_ONLY = ("readings", "decisions", "audit_entries")

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION noteproof_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23001'; END $$
"""


def triggers(backend: str, tables: tuple[str, ...]) -> Iterator[str]:
    """The statements that close ``tables``, for ``sqlite`` or ``postgresql``."""
    yield from _sqlite(tables) if backend == "sqlite" else _postgresql(tables)


def _sqlite(tables: tuple[str, ...]) -> Iterator[str]:
    for table in tables:
        for act in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _postgresql(tables: tuple[str, ...]) -> Iterator[str]:
    yield _POSTGRESQL_FUNCTION
    for table in tables:
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION noteproof_append_only()"
        )

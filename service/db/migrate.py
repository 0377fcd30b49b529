"""Bring the tables up to this version; Alembic does it, from inside the package."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from service.db.engine import Database, translated
from service.db.errors import StorageBehind

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 0x6E6F7465  # any number, so long as every process of ours takes the same


@cache
def head() -> str:
    """The revision this version of the program works with."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    assert found is not None  # noqa: S101  (the first migration is always there)
    return found


def revision(connection: Connection) -> str | None:
    """The revision the tables are at; None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def migrate(database: Database, *, to: str = "head") -> tuple[str | None, str | None]:
    """Run the migrations that are missing, one process at a time.

    Returns:
        The revision before and after.

    Raises:
        StorageBehind: A later version has been at work here.
        StorageError: The database is away or full; nothing has changed then.
    """
    with translated(), database.engine.connect() as connection:
        connection = connection.execution_options(noteproof_begin="BEGIN IMMEDIATE")
        with connection.begin():
            if not database.is_sqlite:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            before = revision(connection)
            _require_known(before)
            upgrade(connection, to=to)
            return before, revision(connection)


def upgrade(connection: Connection, *, to: str = "head") -> None:
    """Run the migrations that are missing, in the transaction of ``connection``."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def require_head(connection: Connection) -> None:
    """Raise where the tables are not this version's.

    Raises:
        StorageBehind: They are older, newer, or not there.
    """
    found = revision(connection)
    if found != head():
        raise StorageBehind(found, head())


def _require_known(found: str | None) -> None:
    """A revision we do not know was made by a later version; going back is not ours to do."""
    script = ScriptDirectory.from_config(_config())
    if found and found not in {known.revision for known in script.walk_revisions()}:
        raise StorageBehind(found, head())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config

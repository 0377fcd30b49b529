"""Putting a table into the user's folder: wholly, or not at all.

The table is written first, under a name that carries its checksum, so that nothing in use is
touched; then the manifest, which alone says what is in use, takes its new name in one step.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import mkstemp

from model.errors import ImportRefused
from model.importing.published import Plan
from model.importing.sources import Source
from model.policy_folder import (
    MANIFEST,
    ImportedTable,
    ImportRecord,
    Manifest,
    Period,
    imported,
    manifest,
    manifest_json,
)

_LOCK = ".importing"
_TABLES = "tables"
_READABLE = 0o644
"""The service may run as another user than the one who imports."""


def was_imported(folder: Path | None, source: Source) -> bool:
    """Whether this very file is in the folder already."""
    if folder is None or not folder.is_dir():
        return False
    return any(entry.sha256 == source.sha256 for entry in manifest(folder).imports)


def changes_nothing(plan: Plan) -> bool:
    """Whether the table in use is the plan's, byte for byte, and reaches as far."""
    own = imported().get(plan.published.table)
    if own is None or own.sha256 != hashlib.sha256(plan.content).hexdigest():
        return False
    return not plan.is_complete or plan.published.period in (None, *own.periods)


def apply(plan: Plan, source: Source, folder: Path, *, on: date) -> ImportedTable:
    """Write the plan's table into ``folder`` and name it in the manifest.

    Args:
        plan: What the file makes of the table in use.
        source: The file it came from.
        folder: The user's folder; made if it is not there.
        on: The day of the import.

    Raises:
        ImportRefused: Another import is under way.
        OSError: The folder cannot be written; what was in use still is.
    """
    (folder / _TABLES).mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        held = manifest(folder)
        table = _table(plan, source, held)
        _write(folder / table.file, plan.content)
        record = ImportRecord(
            source=source.name,
            sha256=source.sha256,
            kind=plan.published.kind.value,
            table=plan.published.table,
            release=plan.published.release,
            imported_on=on,
            rows_read=plan.published.rows_read,
            rows_kept=plan.rows_kept,
        )
        tables = {**held.tables, table.table: table}
        changed = Manifest(tables=tables, imports=(*held.imports, record))
        _write(folder / MANIFEST, manifest_json(changed).encode("utf-8"))
    return table


def _table(plan: Plan, source: Source, held: Manifest) -> ImportedTable:
    published = plan.published
    digest = hashlib.sha256(plan.content).hexdigest()
    before = held.tables.get(published.table)
    table = before or ImportedTable(table=published.table, file="", sha256="")
    table = replace(
        table,
        file=f"{_TABLES}/{published.table}-{digest[:12]}{plan.suffix}",
        sha256=digest,
        parts=tuple((low, high, date.fromisoformat(to)) for low, high, to in plan.parts),
    )
    if not plan.is_complete or published.period is None:
        return table
    return replace(
        table,
        periods=_with(table.periods, published.period),
        locator=f"{published.release}, imported from {source.name}",
    )


def _with(periods: tuple[Period, ...], period: Period) -> tuple[Period, ...]:
    return tuple(sorted({*periods, period}))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let no second import read the manifest before this one has written it."""
    lock = folder / _LOCK
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        reason = "another import is under way; if none is, remove this file"
        raise ImportRefused(str(lock), reason) from None
    try:
        os.close(handle)
        yield
    finally:
        lock.unlink()


def _write(path: Path, content: bytes) -> None:
    """Write beside ``path``, make it last, and only then give it the name."""
    handle, name = mkstemp(prefix=f".{path.name}.", dir=path.parent)
    hidden = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        hidden.chmod(_READABLE)
        hidden.replace(path)
    except BaseException:
        hidden.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

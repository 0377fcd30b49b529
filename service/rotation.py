"""Wrap data keys anew. No record is touched, so it may stop anywhere and go on later."""

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.db.storage import Storage
from service.db.tables import DataKeyRow
from service.envelope import unwrapped, wrap
from service.keyring import Keyring, new_key, read_keys, write_file

_BATCH = 500


def waiting(session: Session, keyring: Keyring) -> int:
    """Data keys that are wrapped by a key that is no longer in use."""
    query = select(func.count()).select_from(DataKeyRow)
    return session.scalar(query.where(DataKeyRow.wrapped_by != keyring.current_id)) or 0


def rewrap(storage: Storage, *, batch: int = _BATCH) -> int:
    """Wrap every data key by the key in use; returns how many were wrapped by another.

    Each batch is committed by itself.

    Raises:
        SealError: A data key was changed, or the key that wrapped it was not given.
        StorageError: The database is away or full; the batches before stay done.
    """
    done = 0
    while found := _one_batch(storage, batch):
        done += found
    return done


def put_new_key(path: Path) -> None:
    """Add a new key to the key file, in use from now on; those before it stay in the file."""
    write_file(path, *read_keys(path), new_key())


def drop_old_keys(path: Path) -> int:
    """Leave only the key in use in the key file; returns how many others went."""
    *old, current = read_keys(path)
    write_file(path, current)
    return len(old)


def _one_batch(storage: Storage, batch: int) -> int:
    others = DataKeyRow.wrapped_by != storage.keyring.current_id
    query = select(DataKeyRow).where(others).order_by(DataKeyRow.id).limit(batch)
    with storage.database.writing() as session:
        rows = session.scalars(query.with_for_update()).all()
        for row in rows:
            wrap(row, unwrapped(row, storage.keyring), storage.keyring)
    return len(rows)

"""Worklists somebody wants again, by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.db.tables import SavedFilterRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilter:
    """A name and the query string it stands for."""

    name: str
    query: str


class SavedFilters:
    """Saved filters within one database session; the caller commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, account_id: str) -> Sequence[SavedFilter]:
        """What the account saved, by name."""
        query = (
            select(SavedFilterRow)
            .where(SavedFilterRow.account_id == account_id)
            .order_by(SavedFilterRow.name)
        )
        return [SavedFilter(name=row.name, query=row.query) for row in self._session.scalars(query)]

    def save(self, account_id: str, name: str, query: str) -> None:
        """Keep ``query`` under ``name``, in place of what had that name."""
        self._session.merge(SavedFilterRow(account_id=account_id, name=name, query=query))
        self._session.flush()

    def remove(self, account_id: str, name: str) -> None:
        """Let a saved filter go; nothing happens where there is none."""
        self._session.execute(
            delete(SavedFilterRow).where(
                SavedFilterRow.account_id == account_id, SavedFilterRow.name == name
            )
        )

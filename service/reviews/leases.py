"""One reviewer at a time: a lease on an open chart, renewed with each act, over when it is left."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.db.tables import AccountRow, LeaseRow
from service.reviews.errors import LeaseHeld
from service.reviews.records import Lease, Track


class Leases:
    """Leases within one database session; the caller commits."""

    def __init__(self, session: Session, *, lasts: timedelta) -> None:
        self._session = session
        self._lasts = lasts

    def current(self, encounter_id: str, track: Track, now: datetime) -> Lease | None:
        """Who has the chart open; None where nobody has, or their lease is over."""
        query = (
            select(LeaseRow, AccountRow.name)
            .join(AccountRow, AccountRow.id == LeaseRow.holder)
            .where(LeaseRow.encounter_id == encounter_id, LeaseRow.track == track)
            .where(LeaseRow.until > now)
        )
        found = self._session.execute(query).one_or_none()
        if found is None:
            return None
        row, name = found
        return Lease(holder=row.holder, name=name, until=row.until)

    def take(self, encounter_id: str, track: Track, holder: str, now: datetime) -> Lease:
        """A lease for ``holder``: new, renewed, or taken over from one that is over.

        Raises:
            LeaseHeld: Somebody else's has not ended.
        """
        held = self.current(encounter_id, track, now)
        if held is not None and held.holder != holder:
            raise LeaseHeld(held.name, held.until)
        return self.give(encounter_id, track, holder, now)

    def give(self, encounter_id: str, track: Track, holder: str, now: datetime) -> Lease:
        """A lease for ``holder``, whoever has one."""
        until = now + self._lasts
        self._session.merge(
            LeaseRow(encounter_id=encounter_id, track=track, holder=holder, until=until)
        )
        self._session.flush()
        taken = self.current(encounter_id, track, now)
        assert taken is not None  # noqa: S101  (it was written one line above)
        return taken

    def release(self, encounter_id: str, track: Track, holder: str) -> None:
        """Let the chart go, where ``holder`` had it."""
        self._session.execute(
            delete(LeaseRow).where(
                LeaseRow.encounter_id == encounter_id,
                LeaseRow.track == track,
                LeaseRow.holder == holder,
            )
        )

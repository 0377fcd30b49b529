"""One database session with everything a review needs in it, at one moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from sqlalchemy.orm import Session

from service.audit.log import AuditLog
from service.encounters.due import Due
from service.encounters.repository import EncounterRepository
from service.encounters.worklist import Worklist
from service.envelope import Seals
from service.reviews.leases import Leases
from service.reviews.repository import ReviewRepository
from service.webhooks.events import Outbox


@dataclass(frozen=True)
class Desk:
    """Repositories over one session; whoever opened it commits.

    Attributes:
        now: The moment of everything that is decided here.
        due: When a claim should be final.
        lease_lasts: How long an open chart is kept for whoever opened it.
    """

    session: Session
    seals: Seals
    now: datetime
    due: Due
    lease_lasts: timedelta

    @cached_property
    def reviews(self) -> ReviewRepository:
        """Readings and decisions."""
        return ReviewRepository(self.session, self.seals)

    @cached_property
    def encounters(self) -> EncounterRepository:
        """Where encounters stand."""
        return EncounterRepository(self.session, due=self.due)

    @cached_property
    def worklist(self) -> Worklist:
        """Questions about many encounters."""
        return Worklist(self.session)

    @cached_property
    def leases(self) -> Leases:
        """Who has which chart open."""
        return Leases(self.session, lasts=self.lease_lasts)

    @cached_property
    def outbox(self) -> Outbox:
        """Events for other programs."""
        return Outbox(self.session)

    @cached_property
    def audit(self) -> AuditLog:
        """Who did what."""
        return AuditLog(self.session)

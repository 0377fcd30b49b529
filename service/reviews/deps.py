"""What a route of reviews may ask for: a desk to write at, or one to read at."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session

from service.deps import AppSettings, DbSeals, DbSession, Now, ReadSeals, ReadSession
from service.encounters.due import due_of
from service.envelope import Seals
from service.keyring import Keyring
from service.reviews.desk import Desk
from service.settings import Settings


def desk_of(session: Session, keyring: Keyring, now: datetime, settings: Settings) -> Desk:
    """A desk over ``session``; whoever opened that commits."""
    return _desk(session, Seals(session, keyring), now, settings)


def _desk(session: Session, seals: Seals, now: datetime, settings: Settings) -> Desk:
    return Desk(
        session=session,
        seals=seals,
        now=now,
        due=due_of(settings),
        lease_lasts=timedelta(minutes=settings.lease_minutes),
    )


def _writing(session: DbSession, seals: DbSeals, now: Now, settings: AppSettings) -> Desk:
    return _desk(session, seals, now, settings)


def _reading(session: ReadSession, seals: ReadSeals, now: Now, settings: AppSettings) -> Desk:
    return _desk(session, seals, now, settings)


WriteDesk = Annotated[Desk, Depends(_writing, scope="function")]
ReadDesk = Annotated[Desk, Depends(_reading, scope="function")]

"""What a route of the screen works in: one person, one moment, and a desk whenever one is needed.

A form that is refused is answered from what stands now, read in a transaction of its own: so routes
open their transactions here instead of getting one for the whole request.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from service.db.storage import Storage
from service.deps import AppSettings, AppStorage, Now
from service.people.access import needs
from service.people.accounts import Accounts
from service.people.errors import RoleNeeded
from service.people.records import Person, Role
from service.reviews.deps import desk_of
from service.reviews.desk import Desk
from service.reviews.records import Track
from service.settings import Settings
from service.ui.addresses import track_at
from service.ui.worklist import listed_by

FRAGMENT, MARKS = "x-fragment", "x-marks"
LIST_COOKIE = "noteproof_list"
"""What the worklist was narrowed by when it was last shown: next and previous follow it."""

Reader = Annotated[Person, needs(Role.CODER, Role.AUDITOR)]
Coder = Annotated[Person, needs(Role.CODER)]
Anybody = Annotated[Person, needs(Role.CODER, Role.AUDITOR, Role.ADMIN)]


@dataclass(frozen=True, slots=True)
class Room:
    """The things around one request.

    Attributes:
        filters: What the worklist was narrowed by when it was last shown.
        fragment: The part of the page that is asked for; empty for all of it.
        marks: The marks of the note that the page shows already.
        track: Which review of an encounter the page is about.
    """

    storage: Storage
    settings: Settings
    now: datetime
    filters: Mapping[str, str]
    fragment: str
    marks: str
    track: Track = Track.FIRST

    @contextmanager
    def reading(self) -> Iterator[Desk]:
        """A desk to look at things."""
        with self.storage.database.reading() as session:
            yield self._desk(session)

    @contextmanager
    def writing(self) -> Iterator[Desk]:
        """A desk to decide at; what was decided is kept when it is left."""
        with self.storage.database.writing() as session:
            yield self._desk(session)

    def _desk(self, session: Session) -> Desk:
        return desk_of(session, self.storage.keyring, self.now, self.settings)


def names_at(desk: Desk) -> dict[str, str]:
    """The name of every account, by id."""
    return {account.id: account.name for account in Accounts(desk.session).every()}


def _room(request: Request, storage: AppStorage, settings: AppSettings, now: Now) -> Room:
    filters = listed_by(request.cookies.get(LIST_COOKIE, ""))
    headers = request.headers
    return Room(
        storage=storage,
        settings=settings,
        now=now,
        filters=filters,
        fragment=headers.get(FRAGMENT, ""),
        marks=headers.get(MARKS, ""),
        track=track_at(request.url.path),
    )


Here = Annotated[Room, Depends(_room)]


def may_decide(person: Person, track: Track) -> bool:
    """Whether deciding on a track is the work of somebody with these roles.

    Coders code. Whoever codes a second time, or settles two claims, may be an auditor too; which
    of them it is, is asked when they decide.
    """
    return Role.CODER in person.roles or track is not Track.FIRST


def _decider(person: Reader, room: Here) -> Person:
    if not may_decide(person, room.track):
        raise RoleNeeded("the role coder")
    return person


Decider = Annotated[Person, Depends(_decider)]
"""Whoever may decide on the chart of the page."""

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
from service.people.records import Person, Role
from service.reviews.deps import desk_of
from service.reviews.desk import Desk
from service.settings import Settings
from service.ui.worklist import listed_by

FRAGMENT, MARKS = "x-fragment", "x-marks"
LIST_COOKIE = "noteproof_list"
"""What the worklist was narrowed by when it was last shown: next and previous follow it."""

Reader = Annotated[Person, needs(Role.CODER, Role.AUDITOR)]
Coder = Annotated[Person, needs(Role.CODER)]


@dataclass(frozen=True, slots=True)
class Room:
    """The things around one request.

    Attributes:
        filters: What the worklist was narrowed by when it was last shown.
        fragment: The part of the page that is asked for; empty for all of it.
        marks: The marks of the note that the page shows already.
    """

    storage: Storage
    settings: Settings
    now: datetime
    filters: Mapping[str, str]
    fragment: str
    marks: str

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
    return Room(storage, settings, now, filters, headers.get(FRAGMENT, ""), headers.get(MARKS, ""))


Here = Annotated[Room, Depends(_room)]

"""A running service with the sample notes in it, for tests with a browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from socket import socket

import uvicorn
from pydantic import SecretStr

from model.records import Encounter
from model.records.review import Act
from service.app import create_app
from service.db.storage import Storage, open_storage
from service.encounters.intake import keep
from service.people.accounts import Accounts
from service.people.records import Role
from service.reviews.deps import desk_of
from service.reviews.desk import Desk
from service.reviews.double import assign_second
from service.reviews.records import Track
from service.reviews.view import ReviewState
from service.reviews.workflow import Chart, chart, decide
from service.settings import Settings
from tests.support.sample_drafts import SAMPLE_DRAFTS, SampleCopilot, sample_text
from tests.support.storage import Hand

PASSWORD = "a password of some length"  # noqa: S105  (of a database that lasts one test)
CODERS = ("dana", "lee")
PEOPLE = {**dict.fromkeys(CODERS, Role.CODER), "ruth": Role.AUDITOR, "ada": Role.ADMIN}
RECEIVED = datetime(2026, 5, 12, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Site:
    """Where the service answers, and what it keeps."""

    url: str
    clock: Hand
    storage: Storage
    settings: Settings

    def chart(self, encounter_id: str, track: Track = Track.FIRST) -> Chart:
        """The chart as it is kept."""
        with self.storage.database.reading() as session:
            desk = desk_of(session, self.storage.keyring, self.clock(), self.settings)
            return chart(desk, encounter_id, track=track)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """A desk to decide at."""
        with self.storage.database.writing() as session:
            yield desk_of(session, self.storage.keyring, self.clock(), self.settings)

    def id_of(self, name: str) -> str:
        """The account id of somebody."""
        with self.storage.database.reading() as session:
            account = Accounts(session).named(name)
        assert account is not None
        return account.id

    def give_second(self, encounter_id: str, reviewer: str) -> None:
        """Have somebody code a chart a second time."""
        with self.desk() as desk:
            assign_second(desk, encounter_id, reviewer=self.id_of(reviewer), by=self.id_of("ruth"))

    def decide(
        self, encounter_id: str, by: str, *acts: Act, track: Track = Track.FIRST
    ) -> ReviewState:
        """Somebody decides, one act after the other, and leaves the chart."""
        with self.desk() as desk:
            for act in acts:
                state = decide(
                    desk, encounter_id, act, by=self.id_of(by), expected=None, track=track
                )
            desk.leases.release(encounter_id, track, self.id_of(by))
        return state

    def take_in(self, encounter: Encounter) -> None:
        """Read a note and keep it."""
        draft = SampleCopilot().draft(encounter)
        with self.storage.database.writing() as session:
            keep(
                desk_of(session, self.storage.keyring, self.clock(), self.settings),
                encounter,
                draft,
            )


@contextmanager
def stocked(folder: Path) -> Iterator[Site]:
    """Two coders, an auditor, an admin, and the sample notes; nothing serves them yet."""
    settings = Settings(database_url=SecretStr(f"sqlite:///{folder / 'site.db'}"))
    storage = open_storage(settings)
    try:
        site = Site(url="", clock=Hand(RECEIVED), storage=storage, settings=settings)
        _people(storage)
        for name in SAMPLE_DRAFTS:
            site.take_in(Encounter(id=name, text=sample_text(name)))
        yield site
    finally:
        storage.close()


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """A stocked service on a free port of this machine."""
    with stocked(folder) as site, socket() as listening:
        listening.bind(("127.0.0.1", 0))
        app = create_app(site.settings, load=SampleCopilot, clock=site.clock)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        with _serving(server, listening):
            yield replace(site, url=f"http://127.0.0.1:{listening.getsockname()[1]}")


def _people(storage: Storage) -> None:
    with storage.database.writing() as session:
        for name, role in PEOPLE.items():
            Accounts(session).add(name, PASSWORD, {role}, RECEIVED)


@contextmanager
def _serving(server: uvicorn.Server, listening: socket) -> Iterator[None]:
    """Connections wait in the socket until the server takes them, so nobody needs to poll."""
    listening.listen()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(20)

"""A service in this process, with people who review; the fixture `service` runs one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import SecretStr
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from service.app import create_app
from service.db.storage import Storage
from service.db.tables import AccountRow, RoleRow
from service.keyring import new_key, written
from service.people import cookies
from service.people.records import Role
from service.people.sessions import Sessions
from service.worker import Worker
from tests.support.drafts import NOTE, FixedCopilot
from tests.support.storage import Hand, settings_for

PEOPLE = {
    "dana": {Role.CODER},
    "lee": {Role.CODER},
    "ruth": {Role.AUDITOR},
    "ada": {Role.ADMIN},
}
ENCOUNTER = {"id": "enc-1", "text": NOTE}
EVERYTHING = {"kind": "accept", "keys": ["1", "2", "d1"]}
"""Accepts all that the fixed draft proposes."""


@dataclass
class Service:
    """A running service; ``program`` shows no key, the others are people signed in."""

    program: TestClient
    clock: Hand
    enter: Callable[[str], TestClient]
    accounts: dict[str, str]
    storage: Storage
    worker: Worker


@contextmanager
def serving(url: str, **settings: object) -> Iterator[Service]:
    """A service on ``url`` with the people of ``PEOPLE`` and the fixed copilot."""
    clock = Hand()
    key = SecretStr(written(new_key()))
    # Events are sent when a test says so.
    told = settings_for(url, **{"key": key, "webhook_seconds": 3600, **settings})
    app = create_app(told, load=FixedCopilot, clock=clock)
    with TestClient(app) as program:
        with app.state.storage.database.writing() as session:
            accounts = {name: _account(session, name, clock) for name in PEOPLE}

        def enter(name: str) -> TestClient:
            """Signed in without the page that is tested elsewhere."""
            with app.state.storage.database.writing() as session:
                sessions = Sessions(session, app.state.settings)
                token = sessions.begin(accounts[name], clock.now)
                session.flush()
                found = sessions.find(token, clock.now)
            assert found is not None
            headers = {"x-csrf-token": found.csrf_token}
            return TestClient(app, cookies={cookies.NAME: token}, headers=headers)

        yield Service(program, clock, enter, accounts, app.state.storage, app.state.worker)


def _account(session: Session, name: str, clock: Hand) -> str:
    """Without a password: hashing one takes longer than most tests."""
    session.add(
        AccountRow(
            id=f"account-{name}", name=name, password="none", is_active=True,  # noqa: S106
            must_change_password=False, made_at=clock.now,
        )
    )  # fmt: skip
    session.flush()
    session.add_all(RoleRow(account_id=f"account-{name}", role=role) for role in PEOPLE[name])
    return f"account-{name}"

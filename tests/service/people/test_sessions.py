from datetime import timedelta

import pytest
from sqlalchemy import select, update

from service.db.engine import Database
from service.db.tables import AccountRow, SessionRow
from service.people.records import Role
from service.people.sessions import Sessions
from service.settings import Settings
from tests.support.storage import NOW, settle

SETTINGS = Settings(session_hours=8, session_idle_minutes=30)
ALMOST = timedelta(microseconds=-1)


@pytest.fixture
def token(database: Database) -> str:
    account = settle(database, "dana", Role.CODER)
    with database.writing() as session:
        return Sessions(session, SETTINGS).begin(account.id, NOW)


@pytest.mark.parametrize(
    ("after", "holds"),
    [
        (timedelta(0), True),
        (timedelta(minutes=30) + ALMOST, True),
        (timedelta(minutes=30), False),
    ],
)
def test_a_session_ends_when_it_is_not_used(
    database: Database, token: str, after: timedelta, holds: bool
) -> None:
    with database.reading() as session:
        found = Sessions(session, SETTINGS).find(token, NOW + after)

    assert (found is not None) == holds


@pytest.mark.parametrize(
    ("after", "holds"), [(timedelta(hours=8) + ALMOST, True), (timedelta(hours=8), False)]
)
def test_a_session_ends_at_last_even_when_it_is_used(
    database: Database, token: str, after: timedelta, holds: bool
) -> None:
    with database.writing() as session:
        Sessions(session, SETTINGS).seen(token, NOW + after)
        found = Sessions(session, SETTINGS).find(token, NOW + after)

    assert (found is not None) == holds


def test_the_token_is_not_kept_and_another_opens_nothing(database: Database, token: str) -> None:
    with database.reading() as session:
        row = session.scalars(select(SessionRow)).one()

        assert token not in {row.token_sha256, row.csrf_token}
        assert Sessions(session, SETTINGS).find(row.token_sha256, NOW) is None


def test_a_session_that_was_ended_holds_no_more(database: Database, token: str) -> None:
    with database.writing() as session:
        Sessions(session, SETTINGS).end(token)
        assert Sessions(session, SETTINGS).find(token, NOW) is None


def test_sessions_that_are_over_are_removed_when_somebody_signs_in(
    database: Database, token: str
) -> None:
    other = settle(database, "lee", Role.CODER)

    with database.writing() as session:
        Sessions(session, SETTINGS).begin(other.id, NOW + timedelta(hours=9))

    with database.reading() as session:
        owners = session.scalars(select(SessionRow.account_id)).all()
    assert owners == [other.id]


def test_use_is_written_down_once_a_minute(database: Database, token: str) -> None:
    with database.reading() as session:
        sessions = Sessions(session, SETTINGS)
        soon = sessions.find(token, NOW + timedelta(seconds=59))
        later = sessions.find(token, NOW + timedelta(seconds=60))

    assert soon is not None
    assert later is not None
    assert (soon.was_seen_long_ago, later.was_seen_long_ago) == (False, True)


def test_a_session_that_outlived_its_account_holds_no_more(database: Database, token: str) -> None:
    """As when somebody signs in at the very moment in which the account is closed."""
    with database.writing() as session:
        session.execute(update(AccountRow).values(is_active=False))

    with database.reading() as session:
        assert Sessions(session, SETTINGS).find(token, NOW) is None

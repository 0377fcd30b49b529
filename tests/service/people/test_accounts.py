import pytest

from service.db.engine import Database
from service.people.accounts import Accounts
from service.people.errors import AccountInvalid
from service.people.passwords import is_right
from service.people.records import Role
from service.people.sessions import Sessions
from service.people.workflow import FIRST_ADMIN, first_admin
from service.settings import Settings
from tests.support.storage import NOW, PASSWORD, settle


def test_an_account_is_found_by_its_name_in_any_case(database: Database) -> None:
    made = settle(database, " Dana ", Role.CODER, Role.AUDITOR)

    with database.reading() as session:
        accounts = Accounts(session)
        assert accounts.named("DANA") == made == accounts.get(made.id)
        assert made.roles == {Role.CODER, Role.AUDITOR}
        assert [account.name for account in accounts.every()] == ["dana"]
        assert accounts.named("lee") is None


@pytest.mark.parametrize("name", ["", "two words", "-dash", "a" * 101, "née", "dana"])
def test_a_name_that_cannot_be_one_or_is_taken_is_refused(database: Database, name: str) -> None:
    settle(database, "dana", Role.CODER)

    with pytest.raises(AccountInvalid):
        settle(database, name, Role.CODER)


def test_nobody_is_without_a_role(database: Database) -> None:
    with pytest.raises(AccountInvalid):
        settle(database, "dana")
    account = settle(database, "dana", Role.CODER)

    with pytest.raises(AccountInvalid), database.writing() as session:
        Accounts(session).set_roles(account.id, [])
    with database.writing() as session:
        Accounts(session).set_roles(account.id, [Role.ADMIN])

    with database.reading() as session:
        assert (found := Accounts(session).get(account.id)) is not None
        assert found.roles == {Role.ADMIN}


@pytest.mark.parametrize("act", ["password", "close"])
def test_a_new_password_and_a_closed_account_end_every_session(
    database: Database, act: str
) -> None:
    account = settle(database, "dana", Role.CODER)
    with database.writing() as session:
        token = Sessions(session, Settings()).begin(account.id, NOW)

    with database.writing() as session:
        if act == "password":
            Accounts(session).set_password(account.id, "another-password")
        else:
            Accounts(session).set_active(account.id, is_active=False)

    with database.reading() as session:
        assert Sessions(session, Settings()).find(token, NOW) is None


def test_a_closed_account_has_no_password_until_it_is_opened_again(database: Database) -> None:
    account = settle(database, "dana", Role.CODER)
    with database.writing() as session:
        Accounts(session).set_active(account.id, is_active=False)
        assert Accounts(session).password_of("dana") is None
        Accounts(session).set_active(account.id, is_active=True)

    with database.reading() as session:
        assert is_right(PASSWORD, Accounts(session).password_of("dana"))


def test_the_first_account_may_do_all_with_a_one_time_password_and_is_made_once(
    database: Database,
) -> None:
    password = first_admin(database, NOW)

    with database.reading() as session:
        account = Accounts(session).named(FIRST_ADMIN)
        kept = Accounts(session).password_of(FIRST_ADMIN)
    assert account is not None
    assert (account.roles, account.must_change_password) == (
        frozenset(set(Role) - {Role.PLUGIN}),
        True,
    )
    assert is_right(password or "", kept)
    assert first_admin(database, NOW) is None


def test_somebody_who_is_not_there_cannot_be_changed(database: Database) -> None:
    with pytest.raises(AccountInvalid), database.writing() as session:
        Accounts(session).set_roles("nobody", [Role.CODER])

from datetime import timedelta

import pytest
from sqlalchemy import select

from service.db.engine import Database
from service.db.tables import ApiKeyRow
from service.people.accounts import Accounts
from service.people.api_keys import ApiKeys
from service.people.errors import AccountInvalid, ApiKeyInvalid
from service.people.records import Account, Role, Scope
from tests.support.storage import NOW, settle

END = NOW + timedelta(days=30)


@pytest.fixture
def account(database: Database) -> Account:
    return settle(database, "ehr", Role.PLUGIN)


@pytest.fixture
def key(database: Database, account: Account) -> str:
    with database.writing() as session:
        return ApiKeys(session).add(
            account.id, label="EHR", scopes=[Scope.READ, Scope.DRAFT], now=NOW, expires_at=END
        )


def test_a_key_opens_its_scopes_in_the_role_of_a_plugin(
    database: Database, account: Account, key: str
) -> None:
    with database.reading() as session:
        person = ApiKeys(session).person(key, NOW)

    assert (person.id, person.roles) == (account.id, frozenset({Role.PLUGIN}))
    assert person.scopes == frozenset({Scope.READ, Scope.DRAFT})
    assert key.split("_")[1] in person.name


@pytest.mark.parametrize(
    "change",
    [
        lambda key: "",
        lambda key: key[:-1],
        lambda key: key + "0",
        lambda key: key.replace("npk", "sk"),
        lambda key: "_".join(key.split("_")[:2]),
        lambda key: "npk_0000000000_" + key.split("_")[2],
    ],
)
def test_a_key_that_is_not_exactly_the_one_opens_nothing(
    database: Database, key: str, change: object
) -> None:
    assert callable(change)
    with pytest.raises(ApiKeyInvalid), database.reading() as session:
        ApiKeys(session).person(change(key), NOW)


def test_a_key_is_good_until_its_end_and_not_at_it(database: Database, key: str) -> None:
    with database.reading() as session:
        keys = ApiKeys(session)
        keys.person(key, END - timedelta(microseconds=1))
        with pytest.raises(ApiKeyInvalid):
            keys.person(key, END)


def test_a_revoked_key_and_one_of_a_closed_account_open_nothing(
    database: Database, account: Account, key: str
) -> None:
    with database.writing() as session:
        other = ApiKeys(session).add(account.id, label="", scopes=[Scope.READ], now=NOW)
        ApiKeys(session).revoke(key.split("_")[1], NOW)
    with pytest.raises(ApiKeyInvalid), database.reading() as session:
        ApiKeys(session).person(key, NOW)

    with database.writing() as session:
        ApiKeys(session).person(other, NOW)
        Accounts(session).set_active(account.id, is_active=False)
    with pytest.raises(ApiKeyInvalid), database.reading() as session:
        ApiKeys(session).person(other, NOW)


def test_the_key_itself_is_not_kept(database: Database, key: str) -> None:
    with database.reading() as session:
        row = session.scalars(select(ApiKeyRow)).one()
        listed = ApiKeys(session).every()

    secret = key.split("_")[2]
    assert secret not in f"{vars(row)} {listed}"
    assert [(each.account, each.label, each.expires_at) for each in listed] == [("ehr", "EHR", END)]


def test_a_key_needs_a_scope_and_revoking_one_needs_it_to_exist(
    database: Database, account: Account
) -> None:
    with pytest.raises(AccountInvalid), database.writing() as session:
        ApiKeys(session).add(account.id, label="", scopes=[], now=NOW)
    with pytest.raises(ApiKeyInvalid), database.writing() as session:
        ApiKeys(session).revoke("none", NOW)

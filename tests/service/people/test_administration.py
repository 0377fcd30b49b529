"""What an administrator does with accounts leaves its trace, and locks nobody out by mistake."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from service.audit.log import AuditLog
from service.db.engine import Database
from service.people import administration, passwords
from service.people.accounts import Accounts
from service.people.api_keys import ApiKeys
from service.people.errors import AccountInvalid, ApiKeyInvalid
from service.people.records import Account, Role, Scope
from tests.support.storage import NOW, settle


@pytest.fixture
def admin(database: Database) -> Account:
    return settle(database, "ada", Role.ADMIN)


def _acts(session: Session, account_id: str) -> list[tuple[str, str]]:
    found = AuditLog(session).of(f"accounts/{account_id}")
    return [(each.action, each.actor) for each in reversed(found)]


def test_each_act_says_who_did_it(database: Database, admin: Account) -> None:
    with database.writing() as session:
        account, first = administration.add_person(session, "dana", {Role.CODER}, NOW, by=admin.id)
        administration.change_roles(session, account.id, {Role.AUDITOR}, NOW, by=admin.id)
        second = administration.reset_password(session, account.id, NOW, by=admin.id)
        administration.close(session, account.id, NOW, by=admin.id)
        administration.reopen(session, account.id, NOW, by=admin.id)
        key = administration.make_key(
            session, account.id, {Scope.READ}, NOW, by=admin.id, days=30, label="nightly"
        )
        administration.revoke_key(session, key.split("_")[1], NOW, by=admin.id)

    with database.reading() as session:
        kept = Accounts(session).password_of("dana")
        acts = _acts(session, account.id)
    assert passwords.is_right(second, kept)
    assert not passwords.is_right(first, kept)
    assert [action.removeprefix("people.") for action, _ in acts] == [
        *("added", "changed_roles", "reset_password", "closed", "reopened"),
        *("made_key", "revoked_key"),
    ]
    assert {actor for _, actor in acts} == {admin.id}


def test_a_key_is_good_until_its_days_are_over(database: Database, admin: Account) -> None:
    with database.writing() as session:
        key = administration.make_key(session, admin.id, {Scope.READ}, NOW, by=admin.id, days=1)

    with database.reading() as session:
        keys = ApiKeys(session)
        assert keys.person(key, NOW + timedelta(hours=23)).scopes == frozenset({Scope.READ})
        with pytest.raises(ApiKeyInvalid):
            keys.person(key, NOW + timedelta(hours=24))


@pytest.mark.parametrize("days", [0, 3661])
def test_a_key_is_good_for_some_days(database: Database, admin: Account, days: int) -> None:
    with database.writing() as session, pytest.raises(AccountInvalid, match="1 to 3660"):
        administration.make_key(session, admin.id, {Scope.READ}, NOW, by=admin.id, days=days)


def test_nobody_locks_themselves_out(database: Database, admin: Account) -> None:
    with database.writing() as session:
        with pytest.raises(AccountInvalid, match="is yours"):
            administration.close(session, admin.id, NOW, by=admin.id)
        with pytest.raises(AccountInvalid, match="is yours"):
            administration.reset_password(session, admin.id, NOW, by=admin.id)
        with pytest.raises(AccountInvalid, match="is yours"):
            administration.change_roles(session, admin.id, {Role.CODER}, NOW, by=admin.id)
        both = frozenset({Role.ADMIN, Role.CODER})
        administration.change_roles(session, admin.id, both, NOW, by=admin.id)

    with database.reading() as session:
        found = Accounts(session).get(admin.id)
    assert found is not None
    assert (found.is_active, found.roles) == (True, both)

"""Pages of an administrator: who works here, with which roles, and the keys of programs.

Plain forms. What must be shown once is in the answer to its form, and nowhere after that.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, TypeVar

from fastapi import APIRouter, HTTPException, status
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from service.people import administration
from service.people.access import needs
from service.people.accounts import Accounts
from service.people.api_keys import ApiKeys
from service.people.errors import AccountInvalid, ApiKeyInvalid
from service.people.records import Account, ApiKey, Person, Role, Scope
from service.ui.pages import SentForm
from service.ui.people_showing import PEOPLE, one_person_view, people_view
from service.ui.people_views import OnePersonView, SecretView
from service.ui.rendering import page
from service.ui.room import Here, Room

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Admin = Annotated[Person, needs(Role.ADMIN)]
Known = TypeVar("Known", Role, Scope)
_ONCE = "It is shown this one time. Hand it over in private; it is replaced at the first sign-in."
_KEY_ONCE = "It is shown this one time. Put it where the program keeps its secrets."
_UNFIT = status.HTTP_422_UNPROCESSABLE_CONTENT
_LONGEST_LABEL = 100


@router.get("/people")
def show_people(person: Admin, room: Here) -> HTMLResponse:
    """Everybody who may sign in, and the form that adds somebody."""
    with room.reading() as desk:
        view = people_view(_accounts(desk.session), _keys(desk.session), room.now)
    return page("people.html", person=person, section=PEOPLE, people=view)


@router.post("/people")
def add(form: SentForm, person: Admin, room: Here) -> HTMLResponse:
    """Make an account; its one-time password is in the answer."""
    roles = _known(Role, form.every("role"))
    try:
        with room.writing() as desk:
            account, password = administration.add_person(
                desk.session, form.one("name"), roles, room.now, by=person.account_id
            )
    except AccountInvalid as error:
        with room.reading() as desk:
            view = people_view(
                _accounts(desk.session),
                _keys(desk.session),
                room.now,
                name=form.one("name")[:100],
                roles=roles,
                refused=f"Nobody was added: {error}.",
            )
        return page("people.html", person=person, status=_UNFIT, section=PEOPLE, people=view)
    secret = SecretView(says=f"One-time password of {account.name}", secret=password, hint=_ONCE)
    return _page(_view(room, person, account.id, secret=secret), person)


@router.get("/people/{account_id}")
def show_person(account_id: str, person: Admin, room: Here) -> HTMLResponse:
    """One account: its roles, its keys, and what can be done with it."""
    return _page(_view(room, person, account_id), person)


@router.post("/people/{account_id}/roles")
def change_roles(account_id: str, form: SentForm, person: Admin, room: Here) -> HTMLResponse:
    """Give these roles and no others."""

    def change(session: Session, by: str, now: datetime) -> None:
        roles = _known(Role, form.every("role"))
        administration.change_roles(session, account_id, roles, now, by=by)

    return _changed(room, person, account_id, change, "The roles are changed.")


@router.post("/people/{account_id}/close")
def close(account_id: str, person: Admin, room: Here) -> HTMLResponse:
    """Close the account."""

    def change(session: Session, by: str, now: datetime) -> None:
        administration.close(session, account_id, now, by=by)

    said = "The account is closed: its sessions have ended, its keys open nothing."
    return _changed(room, person, account_id, change, said)


@router.post("/people/{account_id}/reopen")
def reopen(account_id: str, person: Admin, room: Here) -> HTMLResponse:
    """Open the account again."""

    def change(session: Session, by: str, now: datetime) -> None:
        administration.reopen(session, account_id, now, by=by)

    return _changed(room, person, account_id, change, "The account is open again.")


@router.post("/people/{account_id}/reset")
def reset(account_id: str, person: Admin, room: Here) -> HTMLResponse:
    """A new one-time password, shown in the answer."""

    def change(session: Session, by: str, now: datetime) -> SecretView:
        password = administration.reset_password(session, account_id, now, by=by)
        return SecretView(says="New one-time password", secret=password, hint=_ONCE)

    said = "The password is replaced, and every session has ended."
    return _changed(room, person, account_id, change, said)


@router.post("/people/{account_id}/keys")
def make_key(account_id: str, form: SentForm, person: Admin, room: Here) -> HTMLResponse:
    """A key for a program, shown in the answer."""

    def change(session: Session, by: str, now: datetime) -> SecretView:
        key = administration.make_key(
            session,
            account_id,
            _known(Scope, form.every("scope")),
            now,
            by=by,
            days=form.number("days") or 0,
            label=form.one("label")[:_LONGEST_LABEL],
        )
        return SecretView(says="New key", secret=key, hint=_KEY_ONCE)

    return _changed(room, person, account_id, change, "The key is made.")


@router.post("/people/{account_id}/keys/{prefix}/revoke")
def revoke_key(account_id: str, prefix: str, person: Admin, room: Here) -> HTMLResponse:
    """End a key."""

    def change(session: Session, by: str, now: datetime) -> None:
        administration.revoke_key(session, prefix, now, by=by)

    return _changed(room, person, account_id, change, f"Key {prefix} opens nothing any more.")


def _changed(
    room: Room,
    person: Person,
    account_id: str,
    change: Callable[[Session, str, datetime], SecretView | None],
    said: str,
) -> HTMLResponse:
    """The account after ``change``, or as it was and why."""
    try:
        with room.writing() as desk:
            secret = change(desk.session, person.account_id, room.now)
    except (AccountInvalid, ApiKeyInvalid) as error:
        view = _view(room, person, account_id)
        return _page(replace(view, refused=f"Nothing was changed: {error}."), person, code=_UNFIT)
    return _page(replace(_view(room, person, account_id, secret=secret), done=said), person)


def _view(
    room: Room, person: Person, account_id: str, *, secret: SecretView | None = None
) -> OnePersonView:
    with room.reading() as desk:
        account = Accounts(desk.session).get(account_id)
        if account is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND)
        is_self = account.id == person.id
        view = one_person_view(account, _keys(desk.session), room.now, is_self=is_self)
    return replace(view, secret=secret)


def _page(view: OnePersonView, person: Person, *, code: int = status.HTTP_200_OK) -> HTMLResponse:
    return page("person.html", person=person, status=code, section=PEOPLE, one=view)


def _known(kind: type[Known], written: Iterable[str]) -> frozenset[Known]:
    """Those of ``written`` that there are."""
    return frozenset(each for each in kind if each in set(written))


def _accounts(session: Session) -> Sequence[Account]:
    return Accounts(session).every()


def _keys(session: Session) -> Sequence[ApiKey]:
    return ApiKeys(session).every()

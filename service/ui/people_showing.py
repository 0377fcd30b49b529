"""Accounts and keys as the pages of people show them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from service.people.administration import MOST_KEY_DAYS
from service.people.records import Account, ApiKey, Role, Scope
from service.ui.people_views import KeyView, OnePersonView, PeopleView, PersonView, TickView

PEOPLE = "/people"
_ROLES: Mapping[Role, str] = {
    Role.CODER: "reviews charts and decides",
    Role.AUDITOR: "reads every chart, gives out second codings, settles them",
    Role.ADMIN: "manages people and keys",
    Role.PLUGIN: "owns keys of programs, and reviews nothing",
}
_SCOPES: Mapping[Scope, str] = {
    Scope.DRAFT: "send encounters, and get their drafts",
    Scope.READ: "read encounters, decisions, codes and rules",
    Scope.WEBHOOKS: "say where events are sent",
    Scope.METRICS: "read the numbers of the service",
}


def people_view(
    accounts: Iterable[Account],
    keys: Sequence[ApiKey],
    now: datetime,
    *,
    name: str = "",
    roles: Collection[str] = (Role.CODER,),
    refused: str = "",
) -> PeopleView:
    """Everybody, by name; ``name`` and ``roles`` are what the form holds."""
    return PeopleView(
        people=tuple(_person(each, keys, now) for each in accounts),
        roles=_ticks(_ROLES, roles),
        name=name,
        refused=refused,
    )


def one_person_view(
    account: Account, keys: Sequence[ApiKey], now: datetime, *, is_self: bool
) -> OnePersonView:
    """One account with all of its keys, the newest first."""
    own = [each for each in keys if each.account == account.name]
    return OnePersonView(
        person=_person(account, keys, now),
        roles=_ticks(_ROLES, account.roles),
        keys=tuple(_key(each, now) for each in reversed(own)),
        scopes=_ticks(_SCOPES, ()),
        is_self=is_self,
        most_days=MOST_KEY_DAYS,
    )


def address_of_person(account_id: str) -> str:
    """Where the page of an account is."""
    return f"{PEOPLE}/{account_id}"


def _person(account: Account, keys: Iterable[ApiKey], now: datetime) -> PersonView:
    state = "has a one-time password" if account.must_change_password else ""
    return PersonView(
        id=account.id,
        name=account.name,
        address=address_of_person(account.id),
        roles=", ".join(role for role in _ROLES if role in account.roles),
        state=state if account.is_active else "closed",
        is_active=account.is_active,
        keys=sum(each.account == account.name and not _is_over(each, now) for each in keys),
    )


def _key(key: ApiKey, now: datetime) -> KeyView:
    ends = f"{key.expires_at:%Y-%m-%d}" if key.expires_at else "no end"
    if key.expires_at and key.expires_at <= now:
        ends = f"ended {ends}"
    if key.revoked_at:
        ends = f"revoked {key.revoked_at:%Y-%m-%d}"
    return KeyView(
        prefix=key.prefix,
        label=key.label,
        scopes=", ".join(scope for scope in _SCOPES if scope in key.scopes),
        made=f"{key.made_at:%Y-%m-%d}",
        ends=ends,
        is_over=_is_over(key, now),
    )


def _is_over(key: ApiKey, now: datetime) -> bool:
    is_past = key.expires_at is not None and key.expires_at <= now
    return is_past or key.revoked_at is not None


def _ticks(
    words: Mapping[Role, str] | Mapping[Scope, str], ticked: Collection[str]
) -> tuple[TickView, ...]:
    return tuple(
        TickView(value=value, does=does, is_ticked=value in ticked) for value, does in words.items()
    )

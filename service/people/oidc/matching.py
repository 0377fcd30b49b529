"""Whose account a sign-in at the provider is; a new one only where that was set."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from service.people.accounts import Accounts
from service.people.errors import AccountInvalid, OidcRefused
from service.people.oidc.configuration import OidcClient
from service.people.oidc.tokens import Claims
from service.people.records import Account, Role
from service.people.workflow import note

ACTOR = "oidc"
_EMAIL = "email"
_PASSWORD_BYTES = 48


def account_of(session: Session, claims: Claims, client: OidcClient, now: datetime) -> Account:
    """The account that ``claims`` name.

    A one-time password that nobody has used is void from now on: its owner has another way in.

    Raises:
        OidcRefused: There is none and none may be made, or it is closed.
    """
    name = _name(claims, client)
    account = Accounts(session).named(name)
    if account is None:
        return _made(session, name, claims, client, now)
    if not account.is_active:
        raise OidcRefused("leads to an account that is closed")
    if account.must_change_password:
        Accounts(session).set_password(account.id, _nobodys_password())
    return account


def _name(claims: Claims, client: OidcClient) -> str:
    """The name of the account. Addresses are compared without case, everything else exactly."""
    told = claims.get(client.name_claim)
    if not isinstance(told, str) or not told:
        raise OidcRefused("does not say whose account it is")
    if client.name_claim == _EMAIL:
        if claims.get("email_verified") is not True:
            raise OidcRefused("names an address that was not verified")
        return told.lower()
    if told != told.strip().lower():
        raise OidcRefused("gives a name that no account here can have")
    return told


def _made(
    session: Session, name: str, claims: Claims, client: OidcClient, now: datetime
) -> Account:
    roles = _roles(claims, client)
    if not client.makes_accounts or not roles:
        raise OidcRefused("leads to no account here; ask an administrator for one")
    try:
        account = Accounts(session).add(name, _nobodys_password(), roles, now)
    except AccountInvalid:
        raise OidcRefused("gives a name that no account here can have") from None
    note(session, now, ACTOR, "people.added", account.id, roles=sorted(roles))
    return account


def _roles(claims: Claims, client: OidcClient) -> frozenset[Role]:
    """The roles of every value of the claim that stands for one."""
    told = _told(claims, client.role_claim)
    values = told if isinstance(told, list) else [told]
    known = (client.roles.get(value) for value in values if isinstance(value, str))
    return frozenset(role for role in known if role is not None)


def _told(claims: Claims, name: str) -> Any:
    """The claim ``name``; with points, the one within those before."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _nobodys_password() -> str:
    return secrets.token_urlsafe(_PASSWORD_BYTES)

"""The settings of signing in at an identity provider, refused where they do not hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from service.people.errors import OidcMisconfigured
from service.people.records import Role
from service.settings import Settings

_LOCAL = "localhost"
_GIVEN = frozenset({Role.CODER, Role.AUDITOR, Role.ADMIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcClient:
    """What this service is at the identity provider, and what it believes of what it is told.

    Attributes:
        secret: Never shown, not even by ``repr``; empty for a client without one.
        name_claim: The claim that is the name of an account.
        roles: By the value of ``role_claim``, the role of a new account.
    """

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    label: str
    scopes: str
    name_claim: str
    makes_accounts: bool
    role_claim: str
    roles: Mapping[str, Role]


def configured(settings: Settings) -> OidcClient | None:
    """The client of ``settings``; None where no provider is set.

    Raises:
        OidcMisconfigured: A setting is missing or malformed; no value is in the message.
    """
    if settings.oidc_issuer is None:
        return None
    if not is_safe(settings.oidc_issuer):
        raise OidcMisconfigured("NOTEPROOF_OIDC_ISSUER must be an https address")
    if not settings.oidc_client_id:
        raise OidcMisconfigured("NOTEPROOF_OIDC_CLIENT_ID is needed with an issuer")
    if "openid" not in settings.oidc_scopes.split():
        raise OidcMisconfigured("NOTEPROOF_OIDC_SCOPES must have openid among them")
    roles = _roles(settings.oidc_roles)
    if settings.oidc_makes_accounts and not roles:
        raise OidcMisconfigured("NOTEPROOF_OIDC_ROLES is needed where sign-ins make accounts")
    return OidcClient(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        secret=_secret(settings),
        label=settings.oidc_label,
        scopes=settings.oidc_scopes,
        name_claim=settings.oidc_name_claim,
        makes_accounts=settings.oidc_makes_accounts,
        role_claim=settings.oidc_role_claim,
        roles=roles,
    )


def is_safe(address: str) -> bool:
    """Whether nobody on the way can read what is sent to ``address``."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        return bool(parts.hostname)
    return parts.scheme == "http" and _is_here(parts.hostname or "")


def _is_here(host: str) -> bool:
    try:
        return host == _LOCAL or ip_address(host).is_loopback
    except ValueError:
        return False


def _secret(settings: Settings) -> str:
    if settings.oidc_client_secret is not None:
        return settings.oidc_client_secret.get_secret_value()
    path = settings.oidc_client_secret_file
    return _read(path) if path else ""


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise OidcMisconfigured("NOTEPROOF_OIDC_CLIENT_SECRET_FILE cannot be read") from None


def _roles(written: str) -> dict[str, Role]:
    """The pairs of ``VALUE=role``, with commas between."""
    found: dict[str, Role] = {}
    for pair in filter(None, (each.strip() for each in written.split(","))):
        value, _, role = pair.rpartition("=")
        if not value.strip() or role.strip() not in _GIVEN:
            raise OidcMisconfigured(
                f"NOTEPROOF_OIDC_ROLES must be VALUE=role, of {', '.join(sorted(_GIVEN))}"
            )
        found[value.strip()] = Role(role.strip())
    return found
